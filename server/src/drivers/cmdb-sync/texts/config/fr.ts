import type { SchemaTexts } from '@holdfast/contract'

const KINDS = {
  server: 'Serveurs du système de sauvegarde',
  storage: 'Stockages',
  job: 'Jobs',
  machine: 'Machines protégées',
  database: 'Bases de données',
  folder: 'Dossiers',
}

export const configFr: SchemaTexts = {
  '.': {
    title: 'Tenir une CMDB à jour',
    description:
      'Écrit dans une CMDB l’inventaire d’un système de sauvegarde et n’écrase rien de ce qu’une personne y tient',
  },
  source: { title: 'Source', description: 'Ce qui est écrit dans la CMDB' },
  'source.system': {
    title: 'Inventaire',
    description:
      'L’inventaire qui est écrit dans la CMDB : celui d’un serveur Veeam, ou tout ce dont s’occupe ce Holdfast',
    values: { veeam: 'Veeam Backup & Replication', holdfast: 'Holdfast lui-même' },
  },
  'source.node': { title: 'Serveur Veeam', description: 'Nom du serveur Veeam dont l’inventaire est lu' },
  infrastructure: {
    title: 'Infrastructure',
    description: 'La fiche qui représente le système de sauvegarde',
  },
  'infrastructure.code': {
    title: 'Code',
    description: 'Code de la fiche qui représente l’ensemble : à défaut VEEAM-BACKUP ou HOLDFAST',
  },
  'infrastructure.name': {
    title: 'Nom',
    description: 'Son nom lorsqu’elle est créée ; CMDBuild refuse le même pour deux infrastructures',
  },
  'infrastructure.type': {
    title: 'Type',
    description: 'Code de son type parmi les valeurs de lookup de la CMDB : à défaut VeeamBackup ou Holdfast',
  },
  include: {
    title: 'Seulement ces machines',
    description:
      'Noms des machines, bases de données et dossiers à prendre : `*` remplace tout, `?` un caractère ; tous si la liste est vide',
  },
  exclude: {
    title: 'Exclure',
    description: 'Noms des machines, bases de données et dossiers à exclure, même s’ils sont inclus',
  },
  leaveOut: {
    title: 'Genres à exclure',
    description: 'Genres d’éléments qui ne sont pas écrits',
    values: KINDS,
  },
  relations: {
    title: 'Relations',
    description: 'Quelles relations sont tenues à jour',
    values: {
      'in-infrastructure': 'Ce qui appartient à l’infrastructure',
      'job-on-storage': 'Du job à son stockage',
      'machine-in-job': 'De la machine à ses jobs',
      'machine-by-proxy': 'De la machine à son proxy',
    },
  },
  shortNames: {
    title: 'Noms courts',
    description:
      'Que faire d’une machine que la source connaît sans domaine, `mail01`, s’il y a une fiche dont le nom d’hôte complet commence ainsi, `mail01.example.org`',
    values: {
      report: 'Ne rien écrire et le signaler',
      match: 'Prendre la fiche',
      ignore: 'Créer une autre fiche',
    },
  },
  onAmbiguous: {
    title: 'Si plusieurs fiches conviennent',
    description: 'Que faire d’un élément que plusieurs fiches pourraient représenter',
    values: {
      report: 'Ne rien écrire et le signaler',
      create: 'Créer une autre fiche',
      first: 'Prendre la plus ancienne',
    },
  },
  backupsOfLast: {
    title: 'Sauvegardes des derniers',
    description:
      'Jusqu’où les points de restauration de Veeam sont lus pour l’heure de la dernière sauvegarde ; pour une plus ancienne, la CMDB garde ce qu’elle a',
  },
  sizeTolerancePercent: {
    title: 'Tolérance des tailles',
    description: 'Les tailles qui diffèrent de moins que ce pourcentage restent telles quelles',
  },
  orphans: {
    title: 'Ce qui a disparu',
    description: 'Ce que deviennent les fiches dont l’élément n’est plus là',
  },
  'orphans.action': {
    title: 'Que faire',
    description:
      'Que faire des fiches dont l’élément n’est plus là : `mark` change l’état des fiches créées et vide ce qui a été écrit sur les autres, `unlink` les retire de l’infrastructure, `delete` supprime les fiches créées, `ignore` ne fait rien',
    values: { mark: 'Les marquer', unlink: 'Les détacher', delete: 'Les supprimer', ignore: 'Les laisser' },
  },
  'orphans.afterRuns': {
    title: 'Après combien d’exécutions',
    description: 'Pendant combien d’exécutions de suite un élément doit manquer',
  },
  'orphans.afterDays': {
    title: 'Après combien de jours',
    description: 'Pendant combien de jours il doit manquer en outre',
  },
  'orphans.holdAbove': {
    title: 'Retenir au-delà de',
    description: 'Une exécution qui traiterait ainsi plus de fiches d’un genre attend une personne',
  },
  'orphans.holdAbovePercent': {
    title: 'Retenir au-delà de (pour cent)',
    description: 'La même chose en part des fiches de ce genre ; le plus grand des deux compte',
  },
  mapping: {
    title: 'Noms dans la CMDB',
    description: 'Classes, attributs et domaines, lorsqu’ils ne sont pas ceux de READY2USE',
  },
  'mapping.keyAttribute': {
    title: 'Attribut de la clé',
    description:
      'Attribut dans lequel chaque fiche garde ce qu’elle représente ; avec une classe qui ne l’a pas, on travaille par le code et les noms seuls',
  },
  'mapping.classes': { title: 'Classes', description: 'Noms des classes' },
  'classes.infrastructure': {
    title: 'Infrastructure',
    description: 'Classe de la fiche qui représente l’ensemble',
  },
  'classes.virtualServer': { title: 'Serveurs virtuels', description: 'Classe des machines virtuelles' },
  'classes.physicalServer': { title: 'Serveurs physiques', description: 'Classe des machines physiques' },
  'classes.storage': { title: 'Stockages', description: 'Classe des dépôts et des coffres' },
  'classes.job': {
    title: 'Jobs',
    description: 'Classe des jobs de sauvegarde ; si la CMDB ne l’a pas, la préparation la crée sous CI',
  },
  'classes.database': { title: 'Bases de données', description: 'Classe des bases de données' },
  'mapping.infrastructureDomain': {
    title: 'Domaine de l’infrastructure',
    description: 'Domaine des relations entre l’infrastructure et ce qui lui appartient',
  },
  'mapping.dependencyDomain': {
    title: 'Domaine des dépendances',
    description: 'Domaine des relations qui disent ce qui dépend de quoi',
  },
  'mapping.attributes': {
    title: 'Attributs',
    description: 'Lorsque la CMDB nomme autrement des attributs, ou que d’autres règles valent pour eux',
  },
  'attributes.of': {
    title: 'De',
    description: 'De quel genre d’élément',
    values: {
      infrastructure: 'Infrastructure',
      server: 'Serveur du système de sauvegarde',
      storage: 'Stockage',
      job: 'Job',
      machine: 'Machine protégée',
      database: 'Base de données',
      folder: 'Dossier',
    },
  },
  'attributes.fact': {
    title: 'Donnée',
    description: 'Ce que l’on en sait',
    values: {
      name: 'Nom',
      hostname: 'Nom d’hôte',
      address: 'Adresse',
      role: 'Rôle',
      type: 'Type',
      status: 'État',
      description: 'Description',
      os: 'Système',
      path: 'Chemin',
      capacityGb: 'Capacité (Go)',
      freeGb: 'Espace libre (Go)',
      lastRun: 'Dernière exécution',
      nextRun: 'Prochaine exécution',
      lastResult: 'Dernier résultat',
      lastBackup: 'Dernière sauvegarde',
      coverage: 'Couverture',
      job: 'Job',
      storage: 'Stockage',
      code: 'Code',
      updatedAt: 'Heure de la dernière modification',
    },
  },
  'attributes.attribute': {
    title: 'Attribut',
    description: 'Nom de l’attribut qui la reçoit ; à défaut l’habituel',
  },
  'attributes.policy': {
    title: 'Règle',
    description: 'Quand elle est écrite ; à défaut comme d’habitude',
    values: {
      own: 'Toujours comme le dit la source',
      fillIfEmpty: 'Seulement là où il n’y a rien',
      createOnly: 'Seulement sur les nouvelles fiches',
      never: 'Jamais',
    },
  },
}
