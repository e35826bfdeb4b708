import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { vaultEn } from './en.ts'

/** Of the options of a restore. */
export const restoreFr: SchemaTexts = {
  'restore.existing': {
    title: 'Si la base contient des données',
    description:
      'Que faire quand la base existe et contient des données : refuser, ou restaurer dedans ; les points de même série et de même instant sont écrasés, tous les autres restent ; VictoriaMetrics ne reçoit que ce qui manque, et on ne regarde pas ce que contiennent InfluxDB 2.x et 3.x',
    values: { refuse: 'Refuser', merge: 'Restaurer dedans' },
  },
  'restore.measurements': { title: 'Measurements', description: 'Quels measurements restaurer' },
  'restore.retentionPolicies': {
    title: 'Retention policies',
    description: 'Quelles retention policies restaurer',
  },
  'restore.range': { title: 'Période', description: 'Ne restaure que les points de cette période' },
  'restore.keep': {
    title: 'Conservation de ce qui est créé',
    description:
      'Combien de temps les retention policies créées par la restauration gardent les points : comme avant, ou pour toujours, pour les points qui sont déjà plus anciens ; seul InfluxDB 1.x a de telles policies',
    values: { original: 'Comme avant', forever: 'Pour toujours' },
  },
  'restore.continuousQueries': {
    title: 'Continuous queries',
    description: 'Crée les continuous queries après une restauration complète ; seulement dans InfluxDB 1.x',
  },
}

export const vaultFr: Translated<typeof vaultEn> = {
  'step.check-source': 'Contrôler la source',
  'step.lock-job': 'Verrouiller le job sur le coffre',
  'step.finish-earlier-runs': 'Terminer ce que des exécutions précédentes ont laissé',
  'step.compare-with-last': 'Voir ce qui a changé depuis le dernier point de restauration',
  'step.check-free-space': 'Contrôler l’espace libre',
  'step.save-windows': 'Sauvegarder ce qui a changé',
  'step.write-to-disk': 'Tout écrire sur le disque',
  'step.commit': 'Valider les points de restauration',
  'step.compare-with-listings': 'Comparer aux listes',
  'step.take-out-of-list': 'Retirer le point de restauration de la liste',
  'step.delete-files': 'Supprimer ses fichiers',
  'step.check-point-and-target': 'Contrôler le point de restauration et la destination',
  'step.restore-windows': 'Restaurer et comparer',

  'guard.source-empty': 'La source est vide',

  'vault.planSummary': { one: 'lire {count} fenêtre', other: 'lire {count} fenêtres' },
  'vault.planDatabase': 'sauvegarder la base {database} dans le coffre {vault}',
  'vault.everything': 'tout est lu',
  'vault.changed':
    'lit ce qui a pu changer : {changed} groupes de shards sur {shards} ; tous les autres sont partagés avec {location}',
  'vault.shared': 'les fenêtres dont le contenu est celui de {location} en partagent les fichiers',
  'vault.whyFirst': 'il n’y a pas de point de restauration antérieur sur lequel s’appuyer',
  'vault.whyUnknown':
    'le job lit autre chose que pour le dernier point de restauration, ou ce que celui-ci savait de la source est perdu',
  'vault.notDeleted':
    '{name}, d’une exécution précédente, n’a pas pu être supprimé et occupe de la place : {reason}',
  'vault.summary':
    '{copied} fenêtres sauvegardées, {moved, bytes}, et {unchanged} partagées ; les points de restauration contiennent {points} points',
  'vault.lacking': {
    one: 'Dans le point de restauration de la base {database}, il manque {count} fenêtre, qui n’a pas pu être lue ; il n’est pas complet : {names}',
    other:
      'Dans le point de restauration de la base {database}, il manque {count} fenêtres, qui n’ont pas pu être lues ; il n’est pas complet : {names}',
  },
  'vault.notSaved':
    'De la base {database} il n’y a pas de point de restauration, car aucune de ses fenêtres n’a pu être lue : {names}',
  'vault.rotten': {
    one: '{count} fichier du point de restauration {location} n’est pas ce qui avait été sauvegardé et a été sauvegardé à nouveau : contrôlez ce point de restauration en entier, ainsi que ceux qui partagent ses fichiers : {names}',
    other:
      '{count} fichiers du point de restauration {location} ne sont pas ce qui avait été sauvegardé et ont été sauvegardés à nouveau : contrôlez ce point de restauration en entier, ainsi que ceux qui partagent ses fichiers : {names}',
  },
  'found.emptied': 'La base {database} est vide ; son dernier point de restauration a {count} fichiers.',
  'found.nothingLeft':
    'La base {database} n’a plus rien de ce que le job sauvegarde ; son dernier point de restauration a {count} fichiers.',

  'restore.plan': {
    one: 'restaurer {count} fenêtre dans {target}',
    other: 'restaurer {count} fenêtres dans {target}',
  },
  'restore.everything': 'restaurer toute la base',
  'restore.part': 'restaurer une partie de la base, nombre de measurements : {measurements}',
  'restore.from': 'depuis {location}',
  'restore.new': 'la base y est nouvelle',
  'restore.merge': 'dans la base qui s’y trouve : les points de même série et de même instant sont écrasés',
  'restore.policy': 'créer la retention policy {policy}',
  'restore.policyFacts': 'elle conserve {duration}, en shards de {shardDuration}',
  'restore.policyStays': 'la retention policy {policy} y reste telle quelle',
  'restore.tooOld': { one: 'omettre {count} fenêtre', other: 'omettre {count} fenêtres' },
  'restore.tooOldReason':
    'la retention policy {policy} conserve {duration}, et elles sont plus anciennes : le serveur les refuserait',
  'restore.summary': '{windows} fenêtres, {points} points, restaurées et comparées dans {target}',
  'restore.skipped': {
    one: 'Dans {count} fenêtre, des points ont été omis en tout ou en partie : ils sont plus anciens que ce que conserve la retention policy.',
    other:
      'Dans {count} fenêtres, des points ont été omis en tout ou en partie : ils sont plus anciens que ce que conserve la retention policy.',
  },
  'restore.queryLeft':
    'La continuous query {name} a été laissée de côté : elle écrit dans une autre base de données ou contient plus d’une instruction.',
  'restore.queryKept': 'La continuous query {name} s’y trouve déjà et reste telle quelle.',
  'restore.lacking': {
    one: 'Il manque au point de restauration {count} fenêtre de la base, illisible au moment où il a été créé.',
    other:
      'Il manque au point de restauration {count} fenêtres de la base, illisibles au moment où il a été créé.',
  },
  'restore.lackingReason': 'il n’est pas complet : son manifeste nomme ce qui manque',
  'restore.surplus': {
    one: 'Dans {count} fenêtre, la base contient plus que le point de restauration : l’égalité ne peut pas y être prouvée : {names}',
    other:
      'Dans {count} fenêtres, la base contient plus que le point de restauration : l’égalité ne peut pas y être prouvée : {names}',
  },
}
