import type { SchemaTexts } from '@holdfast/contract'

export const fr: SchemaTexts = {
  '.': {
    title: 'Copier un dossier sur un disque',
    description: 'États complets qui partagent les fichiers inchangés',
  },
  source: { title: 'Source', description: 'Chemin absolu du dossier à copier' },
  exclude: {
    title: 'Exclure',
    description: 'Motifs de rsync(1) pour ce qui est à exclure ; un motif commençant par / part de la source',
  },
  oneFileSystem: {
    title: 'Un seul système de fichiers',
    description: 'Activé, les systèmes de fichiers montés sous la source sont exclus',
  },
  bandwidthLimit: {
    title: 'Limite de débit',
    description: 'Octets par seconde que la copie peut utiliser au plus ; sans limite si absent',
  },
  hash: {
    title: 'Conserver les empreintes',
    description:
      'Conserve le SHA-256 de chaque fichier, afin qu’une vérification puisse en prouver le contenu ; désactivé, la lecture est épargnée',
  },
  guards: {
    title: 'Garde-fous',
    description: 'Ampleur des changements qui exige l’accord d’une personne avant qu’une exécution continue',
  },
  'guards.deletedPercent': {
    title: 'Part de fichiers supprimés',
    description:
      'L’exécution est retenue lorsque plus de cette part des fichiers du dernier point de restauration a disparu, en pourcentage',
  },
  'guards.changedPercent': {
    title: 'Part de fichiers modifiés',
    description: 'L’exécution est retenue lorsque plus de cette part des fichiers a changé, en pourcentage',
  },
  'guards.minFiles': {
    title: 'Nombre minimal de fichiers',
    description:
      'Les deux parts ne sont pas examinées tant que le dernier point de restauration compte moins de fichiers',
  },
  'restore.existing': {
    title: 'Si des fichiers existent',
    description:
      'Que faire lorsque la destination n’est pas vide : refuser, ou écraser les fichiers de même nom. Les autres fichiers ne sont jamais touchés',
    values: { refuse: 'Refuser', overwrite: 'Écraser' },
  },
}
