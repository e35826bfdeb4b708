import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const fr: SchemaTexts = {
  '.': {
    title: 'Copier des bases de données InfluxDB',
    description: 'Copie des bases de données d’InfluxDB 1.x vers un autre serveur et les y compare',
  },
  destination: {
    title: 'Destination',
    description: 'Où copier ; un job avec un coffre y enregistre et n’en a pas',
  },
  'destination.node': {
    title: 'Nœud',
    description: 'Nom du nœud vers lequel copier ; ce peut être celui d’où l’on copie',
  },
  'destination.prefix': {
    title: 'Préfixe',
    description: 'Placé devant le nom de chaque base de données à la destination',
  },
  'destination.existing': {
    title: 'Si des bases de données existent',
    description:
      'Que faire d’une base de données qui se trouve à la destination avant la première copie et contient des données : `ask` retient l’exécution jusqu’à l’accord d’une personne, `merge` y copie ; les points de même série et de même horodatage sont écrasés',
    values: { ask: 'Demander d’abord', merge: 'Y copier' },
  },
  'destination.suffix': {
    title: 'Suffixe',
    description: 'Placé derrière le nom de chaque base de données à la destination',
  },
  databases: {
    title: 'Bases de données',
    description: 'Bases de données à copier ; toutes sauf _internal si la liste est vide',
  },
  'databases.name': {
    title: 'Base de données',
    description: 'Nom de la base de données à la source',
  },
  'databases.as': {
    title: 'Nom à la destination',
    description: 'Si absent, le même nom, avec préfixe et suffixe',
  },
  mode: {
    title: 'Mode',
    description:
      'Ce que lit une exécution : `incremental` les shards dans lesquels la source a écrit depuis la dernière exécution, `full` tous',
    values: { incremental: 'Ce qui a changé', full: 'Tout' },
  },
  verify: {
    title: 'Comparer ensuite',
    description:
      'Relit chaque fenêtre copiée et en compare chaque champ à la source ; désactivé (`false`), l’exécution ne prouve rien',
  },
  retentionPolicies: {
    title: 'Retention policies',
    description: 'Quelles retention policies copier',
  },
  measurements: { title: 'Measurements', description: 'Quels measurements copier' },
  include: {
    title: 'Seulement ceux-ci',
    description: 'Noms à copier : `*` remplace tout, `?` un caractère ; tous si la liste est vide',
  },
  exclude: { title: 'Exclure', description: 'Noms à exclure, même si l’autre liste les inclut' },
  fields: {
    title: 'Champs',
    description: 'Quels champs de certains measurements copier ; des autres, tous les champs',
  },
  'fields.measurement': {
    title: 'Measurement',
    description: 'Nom ou motif des measurements concernés',
  },
  'fields.types': {
    title: 'Types',
    description: 'Seulement les champs de ces types ; de tous les types si la liste est vide',
    values: { float: 'float', integer: 'integer', string: 'string', boolean: 'boolean' },
  },
  tags: {
    title: 'Tags',
    description: 'Ne copie que les séries dont les tags ont, ou n’ont pas, de telles valeurs',
  },
  'tags.tag': { title: 'Tag', description: 'Clé du tag' },
  'tags.include': {
    title: 'Seulement ces valeurs',
    description: 'Valeurs à copier : `*` remplace tout, `?` un caractère ; toutes si la liste est vide',
  },
  'tags.exclude': { title: 'Exclure', description: 'Valeurs à exclure' },
  range: { title: 'Période', description: 'Ne copie que les points de cette période' },
  'range.from': { title: 'De', description: 'Premier instant copié' },
  'range.to': { title: 'À', description: 'Premier instant qui n’est plus copié' },
  continuousQueries: {
    title: 'Continuous queries',
    description:
      'Crée les continuous queries de la source après une copie de tout ; les copies de ce qui a changé les omettent, car elles calculeraient à partir de données pas encore arrivées',
  },
  relay: {
    title: 'Copier des shards entiers',
    description:
      'Si une nouvelle base de données est remplie de shards entiers par le port de sauvegarde, ce qui est bien des fois plus rapide ; les deux nœuds doivent indiquer ce port',
    values: { auto: 'Si possible', never: 'Jamais' },
  },
  pageSize: {
    title: 'Points par bloc',
    description: 'Combien de points la source rassemble avant de les envoyer',
  },
  maxPointsPerSecond: {
    title: 'Points par seconde',
    description:
      'Nombre maximal de points copiés en une seconde, pour ménager les serveurs ; sans limite si absent',
  },
  pauseBetweenWindowsMs: {
    title: 'Pause entre les fenêtres',
    description: 'Durée du repos de chaque lecteur après une fenêtre, pour ménager les serveurs',
  },
}

export const frPhrases: Translated<typeof en> = {
  'step.check-servers': 'Contrôler la source et la destination',
  'step.prepare-destination': 'Préparer la destination',
  'step.relay-shards': 'Copier des shards entiers',
  'step.copy-windows': 'Copier et comparer',
  'step.continuous-queries': 'Créer les continuous queries',

  'count.windows': 'fenêtres',
  'count.copied': 'fenêtres copiées',
  'count.unchanged': 'fenêtres inchangées',
  'count.points': 'points',
  'count.values': 'valeurs',
  'count.shards': 'shards copiés en entier',

  'guard.database-exists': 'Une base de données de ce nom se trouve déjà à la destination',

  'plan.summary': {
    one: 'examiner {count} fenêtre',
    other: 'examiner {count} fenêtres',
  },
  'plan.databases': {
    one: 'dans {count} base de données',
    other: 'dans {count} bases de données',
  },
  'plan.database': 'copier la base de données {database} vers {target}',
  'plan.relay':
    'des shards entiers par le port de sauvegarde : la base de données est nouvelle, et les deux nœuds indiquent ce port',
  'plan.fill': 'tout par HTTP, fenêtre par fenêtre',
  'plan.compare':
    'compare par HTTP ce qui a pu changer et copie ce qui diffère : {changed} shards sur {shards}',
  'plan.compareAll': 'compare chaque fenêtre par HTTP et copie celles qui diffèrent',
  'plan.nothing':
    'rien à faire : depuis la dernière exécution, la source n’a écrit dans aucun des {shards} shards',
  'plan.leftover':
    'une copie précédente de shards entiers a été interrompue : la base de données {target}, qu’elle avait créée, est supprimée et créée à nouveau',
  'plan.resumed': 'poursuit une copie inachevée, fenêtres déjà terminées : {count}',
  'plan.severalTypes':
    'le champ {field} de {measurement} ({policy}) a les types {types} dans différents shards : chaque shard garde le sien',
  'plan.severalTypesReason': 'une requête ne lit jamais des shards de types différents',
  'plan.policyDiffers': 'la retention policy {policy} reste telle quelle à la destination',
  'plan.policyDurations':
    'elle conserve {kept} là-bas et {original} à la source : ce qui est plus ancien que la durée la plus courte n’est pas copié',

  'why.new': 'la base de données est nouvelle à la destination',
  'why.empty': 'la base de données est vide à la destination',
  'why.noPort': 'au moins un des nœuds n’indique pas de port de sauvegarde',
  'why.portSilent': 'le port de sauvegarde ne répond pas sur {node}',
  'why.limited': 'le job limite les points par seconde',
  'why.otherServer': 'le port de sauvegarde de {node} est celui d’un autre serveur',
  'why.selection': 'le job copie une partie de la base de données',
  'why.never': 'le job le demande',
  'why.full': 'le job copie tout à chaque fois',
  'why.firstRun': 'on ne sait rien d’une copie antérieure',
  'why.restarted': 'une copie de cette base n’a pas été terminée',

  'found.exists':
    'La base de données {target} se trouve déjà à la destination, nombre de ses measurements : {count} ; les points de même série et de même horodatage sont écrasés.',

  'run.current': '{measurement} ({policy})',
  'run.summary': '{copied} fenêtres copiées sur {windows} ; {points} points sont égaux aux deux extrémités',
  'run.relayed': '{shards} shards copiés en entier',
  'run.nothingNew': 'rien n’a changé depuis la dernière exécution',
  'run.summaryUnproved': '{copied} fenêtres copiées sur {windows}, {points} points ; rien n’a été comparé',
  'run.queriesOneServer':
    'La source et la destination sont un seul serveur : les continuous queries ont été laissées de côté, car elles écriraient dans les originaux.',
  'run.queryDiffers': 'La continuous query {name} a un autre texte à la destination et reste telle quelle.',
  'run.moreMeasurements': {
    one: 'La destination contient {count} measurement que la source n’a pas : {names}.',
    other: 'La destination contient {count} measurements que la source n’a pas : {names}.',
  },
  'run.notCompared': 'Rien n’a été comparé : le job indique verify: false.',
  'run.surplus': {
    one: 'La destination contient plus que la source dans {count} fenêtre : {names}. Ce qui a été supprimé à la source reste à la destination, ou quelqu’un d’autre y écrit.',
    other:
      'La destination contient plus que la source dans {count} fenêtres : {names}. Ce qui a été supprimé à la source reste à la destination, ou quelqu’un d’autre y écrit.',
  },
}
