import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const de: SchemaTexts = {
  '.': {
    title: 'Datenbanken von InfluxDB kopieren',
    description: 'Kopiert Datenbanken von InfluxDB 1.x auf einen anderen Server und vergleicht sie dort',
  },
  destination: {
    title: 'Ziel',
    description: 'Wohin kopiert wird; ein Job mit Vault sichert dorthin und hat keines',
  },
  'destination.node': {
    title: 'Knoten',
    description:
      'Name des Knotens, auf den kopiert wird; es kann derselbe sein wie der, von dem kopiert wird',
  },
  'destination.prefix': {
    title: 'Präfix',
    description: 'Steht am Ziel vor dem Namen jeder Datenbank',
  },
  'destination.existing': {
    title: 'Bei vorhandenen Datenbanken',
    description:
      'Was mit einer Datenbank geschieht, die vor der ersten Kopie schon am Ziel ist und Daten enthält: `ask` hält den Lauf an, bis eine Person entscheidet, `merge` kopiert in sie hinein; Punkte derselben Serie und Zeit werden überschrieben',
    values: { ask: 'Erst fragen', merge: 'In sie kopieren' },
  },
  'destination.suffix': {
    title: 'Suffix',
    description: 'Steht am Ziel hinter dem Namen jeder Datenbank',
  },
  databases: {
    title: 'Datenbanken',
    description: 'Datenbanken, die kopiert werden; bei leerer Liste alle außer _internal',
  },
  'databases.name': { title: 'Datenbank', description: 'Name der Datenbank an der Quelle' },
  'databases.as': {
    title: 'Name am Ziel',
    description: 'Ohne Angabe derselbe Name, mit Präfix und Suffix',
  },
  mode: {
    title: 'Modus',
    description:
      'Was ein Lauf liest: `incremental` die Shards, in die die Quelle seit dem letzten Lauf geschrieben hat, `full` alle',
    values: { incremental: 'Was sich geändert hat', full: 'Alles' },
  },
  verify: {
    title: 'Danach vergleichen',
    description:
      'Liest jedes kopierte Fenster zurück und vergleicht jedes Feld darin mit der Quelle; ausgeschaltet (`false`) belegt der Lauf nichts',
  },
  retentionPolicies: {
    title: 'Retention Policies',
    description: 'Welche Retention Policies kopiert werden',
  },
  measurements: { title: 'Measurements', description: 'Welche Measurements kopiert werden' },
  include: {
    title: 'Nur diese',
    description: 'Namen, die kopiert werden: `*` steht für alles, `?` für ein Zeichen; bei leerer Liste alle',
  },
  exclude: {
    title: 'Auslassen',
    description: 'Namen, die ausgelassen werden, auch wenn die andere Liste sie nennt',
  },
  fields: {
    title: 'Felder',
    description: 'Welche Felder mancher Measurements kopiert werden; von den übrigen alle Felder',
  },
  'fields.measurement': {
    title: 'Measurement',
    description: 'Name oder Muster der Measurements, für die es gilt',
  },
  'fields.types': {
    title: 'Typen',
    description: 'Nur Felder dieser Typen; bei leerer Liste aller Typen',
    values: { float: 'float', integer: 'integer', string: 'string', boolean: 'boolean' },
  },
  tags: {
    title: 'Tags',
    description: 'Kopiert nur Serien, deren Tags solche Werte haben oder nicht haben',
  },
  'tags.tag': { title: 'Tag', description: 'Schlüssel des Tags' },
  'tags.include': {
    title: 'Nur diese Werte',
    description: 'Werte, die kopiert werden: `*` steht für alles, `?` für ein Zeichen; bei leerer Liste alle',
  },
  'tags.exclude': { title: 'Auslassen', description: 'Werte, die ausgelassen werden' },
  range: { title: 'Zeitraum', description: 'Kopiert nur Punkte aus dieser Zeit' },
  'range.from': { title: 'Von', description: 'Erster Zeitpunkt, der kopiert wird' },
  'range.to': { title: 'Bis', description: 'Erster Zeitpunkt, der nicht mehr kopiert wird' },
  continuousQueries: {
    title: 'Continuous Queries',
    description:
      'Legt nach einer Kopie von allem die Continuous Queries der Quelle an; Kopien dessen, was sich geändert hat, lassen sie weg, weil sie aus Daten rechnen würden, die noch nicht angekommen sind',
  },
  relay: {
    title: 'Ganze Shards kopieren',
    description:
      'Ob eine neue Datenbank mit ganzen Shards über den Port für Backups gefüllt wird, was um ein Vielfaches schneller ist; beide Knoten müssen diesen Port nennen',
    values: { auto: 'Wo möglich', never: 'Nie' },
  },
  pageSize: {
    title: 'Punkte in einem Stück',
    description: 'Wie viele Punkte die Quelle zusammenstellt, bevor sie sie sendet',
  },
  maxPointsPerSecond: {
    title: 'Punkte pro Sekunde',
    description:
      'Wie viele Punkte höchstens in einer Sekunde kopiert werden, um die Server zu schonen; ohne Angabe unbegrenzt',
  },
  pauseBetweenWindowsMs: {
    title: 'Pause zwischen Fenstern',
    description: 'Wie lange jeder Leser nach einem Fenster ruht, um die Server zu schonen',
  },
}

export const dePhrases: Translated<typeof en> = {
  'step.check-servers': 'Quelle und Ziel prüfen',
  'step.prepare-destination': 'Ziel vorbereiten',
  'step.relay-shards': 'Ganze Shards kopieren',
  'step.copy-windows': 'Kopieren und vergleichen',
  'step.continuous-queries': 'Continuous Queries anlegen',

  'count.windows': 'Fenster',
  'count.copied': 'Fenster kopiert',
  'count.unchanged': 'Fenster unverändert',
  'count.points': 'Punkte',
  'count.values': 'Werte',
  'count.shards': 'Shards ganz kopiert',

  'guard.database-exists': 'Am Ziel gibt es schon eine Datenbank dieses Namens',

  'plan.summary': {
    one: '{count} Fenster ansehen',
    other: '{count} Fenster ansehen',
  },
  'plan.databases': { one: 'in {count} Datenbank', other: 'in {count} Datenbanken' },
  'plan.database': 'die Datenbank {database} nach {target} kopieren',
  'plan.relay':
    'ganze Shards über den Port für Backups: Die Datenbank ist neu, und beide Knoten nennen diesen Port',
  'plan.fill': 'alles über HTTP, Fenster für Fenster',
  'plan.compare':
    'vergleicht über HTTP, was sich geändert haben kann, und kopiert, was anders ist: {changed} von {shards} Shards',
  'plan.compareAll': 'vergleicht jedes Fenster über HTTP und kopiert die, die anders sind',
  'plan.nothing':
    'nichts zu tun: Die Quelle hat seit dem letzten Lauf in keinen der {shards} Shards geschrieben',
  'plan.leftover':
    'eine frühere Kopie ganzer Shards wurde unterbrochen: die Datenbank {target}, die sie angelegt hatte, wird gelöscht und neu angelegt',
  'plan.resumed': 'setzt eine unfertige Kopie fort, davon fertige Fenster: {count}',
  'plan.severalTypes':
    'das Feld {field} von {measurement} ({policy}) hat in verschiedenen Shards die Typen {types}: Jeder Shard behält seinen',
  'plan.severalTypesReason': 'eine Abfrage liest nie Shards verschiedener Typen',
  'plan.policyDiffers': 'die Retention Policy {policy} bleibt am Ziel, wie sie ist',
  'plan.policyDurations':
    'sie bewahrt dort {kept} auf und an der Quelle {original}: Was älter ist als die kürzere Dauer, wird nicht kopiert',

  'why.new': 'die Datenbank ist am Ziel neu',
  'why.empty': 'die Datenbank ist am Ziel leer',
  'why.noPort': 'nicht beide Knoten nennen einen Port für Backups',
  'why.portSilent': 'der Port für Backups antwortet nicht auf {node}',
  'why.limited': 'der Job begrenzt die Punkte pro Sekunde',
  'why.otherServer': 'der Port für Backups von {node} gehört zu einem anderen Server',
  'why.selection': 'der Job kopiert einen Teil der Datenbank',
  'why.never': 'der Job gibt es so vor',
  'why.full': 'der Job kopiert jedes Mal alles',
  'why.firstRun': 'von einer früheren Kopie ist nichts bekannt',
  'why.restarted': 'eine Kopie davon wurde nicht fertig',

  'found.exists':
    'Die Datenbank {target} gibt es am Ziel schon, die Zahl ihrer Measurements ist {count}; Punkte derselben Serie und Zeit werden überschrieben.',

  'run.current': '{measurement} ({policy})',
  'run.summary': '{copied} von {windows} Fenstern kopiert; {points} Punkte sind an beiden Enden gleich',
  'run.relayed': '{shards} Shards als Ganzes kopiert',
  'run.nothingNew': 'seit dem letzten Lauf hat sich nichts geändert',
  'run.summaryUnproved': '{copied} von {windows} Fenstern kopiert, {points} Punkte; nichts wurde verglichen',
  'run.queriesOneServer':
    'Quelle und Ziel sind ein Server: Continuous Queries wurden ausgelassen, da sie in die Originale schreiben würden.',
  'run.queryDiffers':
    'Die Continuous Query {name} gibt es am Ziel mit anderem Text, sie bleibt, wie sie ist.',
  'run.moreMeasurements': {
    one: 'Das Ziel enthält {count} Measurement, das die Quelle nicht hat: {names}.',
    other: 'Das Ziel enthält {count} Measurements, die die Quelle nicht hat: {names}.',
  },
  'run.notCompared': 'Nichts wurde verglichen: Der Job gibt verify: false vor.',
  'run.surplus': {
    one: 'Das Ziel enthält in {count} Fenster mehr als die Quelle: {names}. Was an der Quelle gelöscht wurde, bleibt am Ziel, oder jemand anderes schreibt dorthin.',
    other:
      'Das Ziel enthält in {count} Fenstern mehr als die Quelle: {names}. Was an der Quelle gelöscht wurde, bleibt am Ziel, oder jemand anderes schreibt dorthin.',
  },
}
