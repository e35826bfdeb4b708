import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { vaultEn } from './en.ts'

/** Of the options of a restore. */
export const restoreDe: SchemaTexts = {
  'restore.existing': {
    title: 'Wenn die Datenbank Daten enthält',
    description:
      'Was geschieht, wenn es die Datenbank gibt und sie Daten enthält: ablehnen, oder in sie hinein wiederherstellen; Punkte derselben Serie und Zeit werden überschrieben, alle anderen bleiben; VictoriaMetrics bekommt nur, was fehlt, und bei InfluxDB 2.x und 3.x sieht niemand nach, was sie enthalten',
    values: { refuse: 'Ablehnen', merge: 'In sie wiederherstellen' },
  },
  'restore.measurements': {
    title: 'Measurements',
    description: 'Welche Measurements wiederhergestellt werden',
  },
  'restore.retentionPolicies': {
    title: 'Retention Policies',
    description: 'Welche Retention Policies wiederhergestellt werden',
  },
  'restore.range': { title: 'Zeitraum', description: 'Stellt nur Punkte dieser Zeit wieder her' },
  'restore.keep': {
    title: 'Aufbewahrung des Angelegten',
    description:
      'Wie lange Retention Policies, die die Wiederherstellung anlegt, Punkte aufbewahren: so lange wie bisher, oder für immer, für Punkte, die schon älter sind; nur InfluxDB 1.x hat solche Policies',
    values: { original: 'Wie bisher', forever: 'Für immer' },
  },
  'restore.continuousQueries': {
    title: 'Continuous Queries',
    description: 'Legt die Continuous Queries an, wenn alles wiederhergestellt wird; nur in InfluxDB 1.x',
  },
}

export const vaultDe: Translated<typeof vaultEn> = {
  'step.check-source': 'Quelle prüfen',
  'step.lock-job': 'Job auf dem Vault sperren',
  'step.finish-earlier-runs': 'Beenden, was frühere Läufe hinterließen',
  'step.compare-with-last': 'Feststellen, was sich seit dem letzten Wiederherstellungspunkt geändert hat',
  'step.check-free-space': 'Freien Platz prüfen',
  'step.save-windows': 'Sichern, was sich geändert hat',
  'step.write-to-disk': 'Alles auf den Datenträger schreiben',
  'step.commit': 'Wiederherstellungspunkte gültig machen',
  'step.compare-with-listings': 'Mit den Verzeichnissen vergleichen',
  'step.take-out-of-list': 'Wiederherstellungspunkt aus der Liste nehmen',
  'step.delete-files': 'Seine Dateien löschen',
  'step.check-point-and-target': 'Wiederherstellungspunkt und Ziel prüfen',
  'step.restore-windows': 'Wiederherstellen und vergleichen',

  'guard.source-empty': 'Die Quelle ist leer',

  'vault.planSummary': { one: '{count} Fenster lesen', other: '{count} Fenster lesen' },
  'vault.planDatabase': 'die Datenbank {database} im Vault {vault} sichern',
  'vault.everything': 'alles wird gelesen',
  'vault.changed':
    'liest, was sich geändert haben kann: {changed} von {shards} Shard-Gruppen; alle anderen werden mit {location} geteilt',
  'vault.shared': 'Fenster mit demselben Inhalt wie in {location} teilen sich dessen Dateien',
  'vault.whyFirst': 'es gibt keinen früheren Wiederherstellungspunkt, auf dem sich aufbauen ließe',
  'vault.whyUnknown':
    'der Job liest etwas anderes als beim letzten Wiederherstellungspunkt, oder was dieser von der Quelle wusste, ist verloren',
  'vault.notDeleted': '{name} eines früheren Laufs ließ sich nicht löschen und belegt Platz: {reason}',
  'vault.summary':
    '{copied} Fenster gesichert, {moved, bytes}, und {unchanged} geteilt; die Wiederherstellungspunkte enthalten {points} Punkte',
  'vault.lacking': {
    one: 'Im Wiederherstellungspunkt der Datenbank {database} fehlt {count} Fenster, das sich nicht lesen ließ; er ist nicht vollständig: {names}',
    other:
      'Im Wiederherstellungspunkt der Datenbank {database} fehlen {count} Fenster, die sich nicht lesen ließen; er ist nicht vollständig: {names}',
  },
  'vault.notSaved':
    'Von der Datenbank {database} gibt es keinen Wiederherstellungspunkt, weil sich keines ihrer Fenster lesen ließ: {names}',
  'vault.rotten': {
    one: '{count} Datei des Wiederherstellungspunkts {location} ist nicht, was gesichert wurde, und wurde neu gesichert: Prüfen Sie diesen Wiederherstellungspunkt ganz, und die, die Dateien mit ihm teilen: {names}',
    other:
      '{count} Dateien des Wiederherstellungspunkts {location} sind nicht, was gesichert wurde, und wurden neu gesichert: Prüfen Sie diesen Wiederherstellungspunkt ganz, und die, die Dateien mit ihm teilen: {names}',
  },
  'found.emptied':
    'Die Datenbank {database} ist leer; ihr letzter Wiederherstellungspunkt hat {count} Dateien.',
  'found.nothingLeft':
    'Die Datenbank {database} hat nichts mehr von dem, was der Job sichert; ihr letzter Wiederherstellungspunkt hat {count} Dateien.',

  'restore.plan': {
    one: '{count} Fenster nach {target} wiederherstellen',
    other: '{count} Fenster nach {target} wiederherstellen',
  },
  'restore.everything': 'die ganze Datenbank wiederherstellen',
  'restore.part': 'einen Teil der Datenbank wiederherstellen, Zahl der Measurements: {measurements}',
  'restore.from': 'aus {location}',
  'restore.new': 'die Datenbank ist dort neu',
  'restore.merge': 'in die vorhandene Datenbank: Punkte derselben Serie und Zeit werden überschrieben',
  'restore.policy': 'die Retention Policy {policy} anlegen',
  'restore.policyFacts': 'sie bewahrt {duration} auf, in Shards von {shardDuration}',
  'restore.policyStays': 'die Retention Policy {policy} bleibt dort, wie sie ist',
  'restore.tooOld': { one: '{count} Fenster auslassen', other: '{count} Fenster auslassen' },
  'restore.tooOldReason':
    'die Retention Policy {policy} bewahrt {duration} auf, und sie sind älter: Der Server würde sie ablehnen',
  'restore.summary': '{windows} Fenster, {points} Punkte, nach {target} wiederhergestellt und verglichen',
  'restore.skipped': {
    one: 'In {count} Fenster wurden Punkte ganz oder teilweise ausgelassen: Sie sind älter, als die Retention Policy aufbewahrt.',
    other:
      'In {count} Fenstern wurden Punkte ganz oder teilweise ausgelassen: Sie sind älter, als die Retention Policy aufbewahrt.',
  },
  'restore.queryLeft':
    'Die Continuous Query {name} wurde ausgelassen: Sie schreibt in eine andere Datenbank oder ist mehr als eine Anweisung.',
  'restore.queryKept': 'Die Continuous Query {name} gibt es dort schon, sie bleibt, wie sie ist.',
  'restore.lacking': {
    one: 'Dem Wiederherstellungspunkt fehlt {count} Fenster der Datenbank, das nicht zu lesen war, als er entstand.',
    other:
      'Dem Wiederherstellungspunkt fehlen {count} Fenster der Datenbank, die nicht zu lesen waren, als er entstand.',
  },
  'restore.lackingReason': 'er ist nicht vollständig: Was fehlt, nennt sein Manifest',
  'restore.surplus': {
    one: 'In {count} Fenster enthält die Datenbank mehr als der Wiederherstellungspunkt, Gleichheit lässt sich dort nicht belegen: {names}',
    other:
      'In {count} Fenstern enthält die Datenbank mehr als der Wiederherstellungspunkt, Gleichheit lässt sich dort nicht belegen: {names}',
  },
}
