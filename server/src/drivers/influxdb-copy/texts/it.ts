import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const it: SchemaTexts = {
  '.': {
    title: 'Copiare database di InfluxDB',
    description: 'Copia database di InfluxDB 1.x su un altro server e li confronta lì',
  },
  destination: {
    title: 'Destinazione',
    description: 'Dove copiare; un job con un vault salva lì e non ne ha',
  },
  'destination.node': {
    title: 'Nodo',
    description: 'Nome del nodo su cui copiare; può essere lo stesso da cui si copia',
  },
  'destination.prefix': {
    title: 'Prefisso',
    description: 'Precede il nome di ogni database nella destinazione',
  },
  'destination.existing': {
    title: 'Se esistono già database',
    description:
      'Cosa fare di un database che prima della prima copia è già nella destinazione e contiene dati: `ask` sospende l’esecuzione finché una persona decide, `merge` vi copia dentro; i punti con la stessa serie e lo stesso timestamp vengono sovrascritti',
    values: { ask: 'Chiedi prima', merge: 'Copia al loro interno' },
  },
  'destination.suffix': {
    title: 'Suffisso',
    description: 'Segue il nome di ogni database nella destinazione',
  },
  databases: {
    title: 'Database',
    description: 'Database da copiare; tutti tranne _internal se l’elenco è vuoto',
  },
  'databases.name': { title: 'Database', description: 'Nome del database nella sorgente' },
  'databases.as': {
    title: 'Nome nella destinazione',
    description: 'Se assente lo stesso nome, con prefisso e suffisso',
  },
  mode: {
    title: 'Modalità',
    description:
      'Cosa legge un’esecuzione: `incremental` gli shard in cui la sorgente ha scritto dall’ultima esecuzione, `full` tutti',
    values: { incremental: 'Ciò che è cambiato', full: 'Tutto' },
  },
  verify: {
    title: 'Confronta dopo la copia',
    description:
      'Rilegge ogni finestra copiata e ne confronta ogni campo con la sorgente; se disattivato (`false`) l’esecuzione non comprova nulla',
  },
  retentionPolicies: {
    title: 'Retention policy',
    description: 'Quali retention policy copiare',
  },
  measurements: { title: 'Measurement', description: 'Quali measurement copiare' },
  include: {
    title: 'Solo questi',
    description:
      'Nomi da copiare: `*` sta per qualsiasi cosa, `?` per un carattere; tutti se l’elenco è vuoto',
  },
  exclude: { title: 'Escludi', description: 'Nomi da escludere, anche se l’altro elenco li include' },
  fields: {
    title: 'Campi',
    description: 'Quali campi di alcune measurement copiare; delle altre tutti i campi',
  },
  'fields.measurement': {
    title: 'Measurement',
    description: 'Nome o modello delle measurement a cui si applica',
  },
  'fields.types': {
    title: 'Tipi',
    description: 'Solo campi di questi tipi; di tutti i tipi se l’elenco è vuoto',
    values: { float: 'float', integer: 'integer', string: 'string', boolean: 'boolean' },
  },
  tags: {
    title: 'Tag',
    description: 'Copia solo le serie i cui tag hanno, o non hanno, tali valori',
  },
  'tags.tag': { title: 'Tag', description: 'Chiave del tag' },
  'tags.include': {
    title: 'Solo questi valori',
    description:
      'Valori da copiare: `*` sta per qualsiasi cosa, `?` per un carattere; tutti se l’elenco è vuoto',
  },
  'tags.exclude': { title: 'Escludi', description: 'Valori da escludere' },
  range: { title: 'Intervallo di tempo', description: 'Copia solo i punti di questo periodo' },
  'range.from': { title: 'Da', description: 'Primo istante che viene copiato' },
  'range.to': { title: 'A', description: 'Primo istante che non viene più copiato' },
  continuousQueries: {
    title: 'Continuous query',
    description:
      'Crea le continuous query della sorgente dopo una copia di tutto; le copie di ciò che è cambiato le tralasciano, perché calcolerebbero da dati non ancora arrivati',
  },
  relay: {
    title: 'Copia shard interi',
    description:
      'Se un nuovo database viene riempito con shard interi attraverso la porta per i backup, il che è molte volte più veloce; entrambi i nodi devono indicare quella porta',
    values: { auto: 'Dove possibile', never: 'Mai' },
  },
  pageSize: {
    title: 'Punti per blocco',
    description: 'Quanti punti la sorgente mette insieme prima di inviarli',
  },
  maxPointsPerSecond: {
    title: 'Punti al secondo',
    description:
      'Quanti punti copiare al massimo in un secondo, per non gravare sui server; nessun limite se assente',
  },
  pauseBetweenWindowsMs: {
    title: 'Pausa tra le finestre',
    description: 'Quanto riposa ogni lettore dopo una finestra, per non gravare sui server',
  },
}

export const itPhrases: Translated<typeof en> = {
  'step.check-servers': 'Controllare sorgente e destinazione',
  'step.prepare-destination': 'Preparare la destinazione',
  'step.relay-shards': 'Copiare shard interi',
  'step.copy-windows': 'Copiare e confrontare',
  'step.continuous-queries': 'Creare le continuous query',

  'count.windows': 'finestre',
  'count.copied': 'finestre copiate',
  'count.unchanged': 'finestre invariate',
  'count.points': 'punti',
  'count.values': 'valori',
  'count.shards': 'shard copiati interi',

  'guard.database-exists': 'Nella destinazione c’è già un database con questo nome',

  'plan.summary': {
    one: 'esaminare {count} finestra',
    other: 'esaminare {count} finestre',
  },
  'plan.databases': { one: 'in {count} database', other: 'in {count} database' },
  'plan.database': 'copiare il database {database} in {target}',
  'plan.relay':
    'shard interi attraverso la porta per i backup: il database è nuovo ed entrambi i nodi indicano quella porta',
  'plan.fill': 'tutto via HTTP, finestra per finestra',
  'plan.compare':
    'confronta via HTTP ciò che può essere cambiato e copia ciò che differisce: {changed} shard su {shards}',
  'plan.compareAll': 'confronta ogni finestra via HTTP e copia quelle che differiscono',
  'plan.nothing':
    'niente da fare: la sorgente non ha scritto in nessuno dei {shards} shard dall’ultima esecuzione',
  'plan.leftover':
    'una copia precedente di shard interi è stata interrotta: il database {target}, che aveva creato, viene eliminato e creato di nuovo',
  'plan.resumed': 'prosegue una copia incompiuta, finestre già completate: {count}',
  'plan.severalTypes':
    'il campo {field} di {measurement} ({policy}) ha in shard diversi i tipi {types}: ogni shard mantiene il proprio',
  'plan.severalTypesReason': 'una query non legge mai shard di tipi diversi',
  'plan.policyDiffers': 'la retention policy {policy} resta com’è nella destinazione',
  'plan.policyDurations':
    'lì conserva {kept}, nella sorgente {original}: ciò che è più vecchio della durata più breve non viene copiato',

  'why.new': 'il database è nuovo nella destinazione',
  'why.empty': 'il database è vuoto nella destinazione',
  'why.noPort': 'almeno un nodo non indica una porta per i backup',
  'why.portSilent': 'la porta per i backup non risponde su {node}',
  'why.limited': 'il job limita i punti al secondo',
  'why.otherServer': 'la porta per i backup di {node} è di un altro server',
  'why.selection': 'il job copia una parte del database',
  'why.never': 'come indicato nel job',
  'why.full': 'il job copia tutto ogni volta',
  'why.firstRun': 'non si sa nulla di una copia precedente',
  'why.restarted': 'una sua copia non è stata completata',

  'found.exists':
    'Il database {target} è già nella destinazione, numero delle sue measurement: {count}; i punti con la stessa serie e lo stesso timestamp vengono sovrascritti.',

  'run.current': '{measurement} ({policy})',
  'run.summary': '{copied} finestre copiate su {windows}; {points} punti sono uguali alle due estremità',
  'run.relayed': '{shards} shard copiati per intero',
  'run.nothingNew': 'dall’ultima esecuzione non è cambiato nulla',
  'run.summaryUnproved': '{copied} finestre copiate su {windows}, {points} punti; non si è confrontato nulla',
  'run.queriesOneServer':
    'Sorgente e destinazione sono lo stesso server: le continuous query sono state tralasciate, perché scriverebbero negli originali.',
  'run.queryDiffers': 'La continuous query {name} nella destinazione ha un altro testo e resta com’è.',
  'run.moreMeasurements': {
    one: 'La destinazione contiene {count} measurement che la sorgente non ha: {names}.',
    other: 'La destinazione contiene {count} measurement che la sorgente non ha: {names}.',
  },
  'run.notCompared': 'Non si è confrontato nulla: il job indica verify: false.',
  'run.surplus': {
    one: 'La destinazione contiene più della sorgente in {count} finestra: {names}. Ciò che è stato eliminato nella sorgente resta nella destinazione, oppure qualcun altro vi scrive.',
    other:
      'La destinazione contiene più della sorgente in {count} finestre: {names}. Ciò che è stato eliminato nella sorgente resta nella destinazione, oppure qualcun altro vi scrive.',
  },
}
