import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

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
  generations: {
    title: 'Générations',
    description:
      'Comment plusieurs états se trouvent sur le disque : complets, partageant par liens physiques les fichiers inchangés, ou instantanés Btrfs, qui partagent aussi les parties inchangées des fichiers ; automatique prend des instantanés là où le disque est en Btrfs. Un miroir est un seul état, transformé en le suivant : pour petits disques, et sans point de restauration valable tant que dure une exécution',
    values: {
      auto: 'Automatique',
      'hard-links': 'Liens physiques',
      snapshots: 'Instantanés Btrfs',
      mirror: 'Miroir',
    },
  },
  compare: {
    title: 'Comparer par',
    description:
      'Ce qui révèle un fichier modifié : taille et date, ou la lecture de chaque fichier des deux côtés, ce qui prend des heures avec des téraoctets ; seulement pour des programmes qui modifient des fichiers en gardant taille et date',
    values: { times: 'Taille et date', contents: 'Contenu' },
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
  'guards.newExtensionPercent': {
    title: 'Part de nouvelles extensions',
    description:
      'L’exécution est retenue lorsque des fichiers ont été remplacés par plus de cette part de fichiers portant tous une nouvelle extension, comme .locked, en pourcentage',
  },
  'guards.minFiles': {
    title: 'Nombre minimal de fichiers',
    description:
      'Les parts ne sont pas examinées tant que le dernier point de restauration compte moins de fichiers',
  },
  'restore.existing': {
    title: 'Si des fichiers existent',
    description:
      'Que faire lorsque la destination n’est pas vide : refuser, ou écraser les fichiers de même nom. Les autres fichiers ne sont jamais touchés',
    values: { refuse: 'Refuser', overwrite: 'Écraser' },
  },
}

export const frPhrases: Translated<typeof en> = {
  'step.check-source-and-vault': 'Contrôler la source et le coffre',
  'step.lock-job': 'Verrouiller le job sur le coffre',
  'step.finish-earlier-runs': 'Terminer ce que des exécutions précédentes ont laissé',
  'step.check-free-space': 'Contrôler l’espace libre',
  'step.check-unfinished-copy': 'Contrôler la copie inachevée',
  'step.prepare-copy': 'Préparer la copie',
  'step.copy': 'Copier',
  'step.write-to-disk': 'Tout écrire sur le disque',
  'step.list-and-hash': 'Lister et calculer les empreintes',
  'step.commit': 'Valider le point de restauration',
  'step.compare-with-listings': 'Comparer aux listes',
  'step.take-out-of-list': 'Retirer le point de restauration de la liste',
  'step.delete-files': 'Supprimer ses fichiers',
  'step.check-point-and-target': 'Contrôler le point de restauration et la destination',
  'step.compare-with-point': 'Comparer au point de restauration',

  'count.new': 'nouveaux',
  'count.changed': 'modifiés',
  'count.deleted': 'supprimés',
  'count.files': 'fichiers',
  'count.leftOut': 'omis',
  'count.items': 'éléments restaurés',
  'count.overwritten': 'écrasés',

  'guard.source-empty': 'La source est vide',
  'guard.mass-deletion': 'Un nombre inhabituel de fichiers a disparu',
  'guard.mass-change': 'Un nombre inhabituel de fichiers a changé',
  'guard.new-extension': 'Beaucoup de fichiers ont été remplacés par d’autres avec une nouvelle extension',
  'guard.source-unmounted': 'Un autre système de fichiers se trouve à la source',
  'guard.source-unreadable': 'Une partie de la source est illisible',

  'plan.changes': 'Fichiers : {created} nouveaux, {changed} modifiés, {deleted} supprimés',
  'plan.incremental': 'incrémentielle depuis le {takenAt, date}',
  'plan.full': 'complète : aucun point de restauration antérieur',
  'plan.continued': 'poursuit une copie inachevée, une fois comparée à la source',
  'plan.compared':
    'les contenus sont comparés, car le dernier point de restauration a échoué à sa vérification',
  'plan.comparedAlways': 'les contenus sont comparés, comme le job le demande',
  'plan.beside':
    'à côté de ce qui existe : un miroir ne prend la place du dernier point de restauration que si celui-ci n’est pas protégé et ne partage aucun fichier avec un autre',
  'plan.replace': 'remplacer le point de restauration du {takenAt, date}',
  'plan.replaceReason':
    'la seule copie sur ce disque est mise à jour : tant que dure l’exécution, ce disque n’a pas de point de restauration valable',
  'plan.attributesSet': 'ajuster des fichiers : {files}',
  'plan.copy': 'copier {source}',
  'plan.newFiles': 'copier les nouveaux fichiers : {files}',
  'plan.newReason': 'absents du dernier point de restauration',
  'plan.changedFiles': 'copier les fichiers modifiés : {files}',
  'plan.changedReason': 'taille ou date différente',
  'plan.attributeFiles': 'réécrire des fichiers : {files}',
  'plan.attributeReason': 'propriétaire, droits ou attributs différents',
  'plan.deletedFiles': 'laisser de côté des fichiers : {files}',
  'plan.deletedReason': 'supprimés dans la source',

  'found.noFiles':
    'La source ne contient aucun fichier : est-ce le bon dossier, et son disque est-il monté ?',
  'found.emptied': {
    one: 'La source est vide ; le dernier point de restauration contient {count} fichier.',
    other: 'La source est vide ; le dernier point de restauration contient {count} fichiers.',
  },
  'found.deleted':
    '{gone} des {files} fichiers du dernier point de restauration ({share, percent}) ont disparu.',
  'found.changed':
    '{changed} des {files} fichiers du dernier point de restauration ({share, percent}) ont changé.',
  'found.where': 'Surtout dans les dossiers {folders} ; extensions : {extensions}.',
  'found.newExtension':
    '{files} nouveaux fichiers portent l’extension {extension}, qu’aucun fichier du dernier point de restauration n’a, et {gone} fichiers ont disparu. Surtout dans les dossiers {folders}.',
  'found.unmounted':
    'Au dernier point de restauration, {mountPoint} était monté depuis {was} ; maintenant la source se trouve sur {is}.',
  'found.unreadable': {
    one: 'Le dossier {names} n’a pas pu être lu : il est omis avec tout ce qu’il contient.',
    other: '{count} dossiers n’ont pas pu être lus, chacun est omis avec tout ce qu’il contient : {names}',
  },

  'run.summary': {
    one: '{moved, bytes} copiés ; le point de restauration contient {count} fichier',
    other: '{moved, bytes} copiés ; le point de restauration contient {count} fichiers',
  },
  'run.noFiles': 'Le point de restauration ne contient aucun fichier.',
  'run.notRemoved':
    'Une partie de la source n’a pas pu être lue : la copie garde ce qu’elle en avait, et peut contenir d’autres éléments qui ont disparu de la source.',
  'run.vanished': {
    one: '{count} fichier a été supprimé de la source pendant sa lecture.',
    other: '{count} fichiers ont été supprimés de la source pendant sa lecture.',
  },
  'run.leftOut': {
    one: '{count} fichier n’a pas pu être copié : {names}',
    other: '{count} fichiers n’ont pas pu être copiés : {names}',
  },
  'run.unlisted': {
    one: '{count} chemin est trop long pour la liste ; lui et ce qu’il contient ne sont pas vérifiés : {names}',
    other:
      '{count} chemins sont trop longs pour la liste ; eux et ce qu’ils contiennent ne sont pas vérifiés : {names}',
  },
  'run.notDeleted':
    '{name}, d’une exécution précédente, n’a pas pu être supprimé et occupe de la place : {reason}',
  'verify.noHashes': 'Aucun contenu n’a été vérifié : le job ne conserve pas d’empreintes (`hash: false`).',

  'restore.plan': 'écrire {written} fichiers et en écraser {overwritten} dans {target}',
  'restore.everything': 'tout restaurer',
  'restore.paths': 'restaurer {paths}',
  'restore.from': 'depuis {location}',
  'restore.overwrite': 'écraser des fichiers : {files}',
  'restore.overwriteReason': 'ils diffèrent du point de restauration',
  'restore.summary': {
    one: '{count} élément restauré dans {target} et comparé',
    other: '{count} éléments restaurés dans {target} et comparés',
  },
  'restore.noOwners':
    'Les propriétaires n’ont pas été restaurés : il faut un worker exécuté en tant que root ou doté de CAP_CHOWN.',
}
