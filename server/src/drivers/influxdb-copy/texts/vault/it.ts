import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { vaultEn } from './en.ts'

/** Of the options of a restore. */
export const restoreIt: SchemaTexts = {
  'restore.existing': {
    title: 'Se il database contiene dati',
    description:
      'Che cosa fare quando il database c’è e contiene dati: rifiutare, oppure ripristinare al suo interno; i punti della stessa serie e dello stesso istante vengono sovrascritti, tutti gli altri restano; VictoriaMetrics riceve solo ciò che manca, e di InfluxDB 2.x e 3.x non si guarda che cosa contengono',
    values: { refuse: 'Rifiutare', merge: 'Ripristinare al suo interno' },
  },
  'restore.measurements': { title: 'Measurement', description: 'Quali measurement ripristinare' },
  'restore.retentionPolicies': {
    title: 'Retention policy',
    description: 'Quali retention policy ripristinare',
  },
  'restore.range': {
    title: 'Intervallo di tempo',
    description: 'Ripristina solo i punti di questo intervallo',
  },
  'restore.keep': {
    title: 'Conservazione di ciò che viene creato',
    description:
      'Per quanto tempo le retention policy create dal ripristino conservano i punti: come prima, oppure per sempre, per i punti che sono già più vecchi; solo InfluxDB 1.x ha tali policy',
    values: { original: 'Come prima', forever: 'Per sempre' },
  },
  'restore.continuousQueries': {
    title: 'Continuous query',
    description: 'Crea le continuous query dopo il ripristino di tutto; solo in InfluxDB 1.x',
  },
}

export const vaultIt: Translated<typeof vaultEn> = {
  'step.check-source': 'Controllare la sorgente',
  'step.lock-job': 'Bloccare il job sul vault',
  'step.finish-earlier-runs': 'Completare quanto lasciato da esecuzioni precedenti',
  'step.compare-with-last': 'Vedere che cosa è cambiato dall’ultimo punto di ripristino',
  'step.check-free-space': 'Controllare lo spazio libero',
  'step.save-windows': 'Salvare ciò che è cambiato',
  'step.write-to-disk': 'Scrivere tutto sul disco',
  'step.commit': 'Rendere validi i punti di ripristino',
  'step.compare-with-listings': 'Confrontare con gli elenchi',
  'step.take-out-of-list': 'Togliere il punto di ripristino dall’elenco',
  'step.delete-files': 'Eliminare i suoi file',
  'step.check-point-and-target': 'Controllare punto di ripristino e destinazione',
  'step.restore-windows': 'Ripristinare e confrontare',

  'guard.source-empty': 'La sorgente è vuota',

  'vault.planSummary': { one: 'leggere {count} finestra', other: 'leggere {count} finestre' },
  'vault.planDatabase': 'salvare il database {database} nel vault {vault}',
  'vault.everything': 'viene letto tutto',
  'vault.changed':
    'legge ciò che può essere cambiato: {changed} gruppi di shard su {shards}; tutti gli altri sono condivisi con {location}',
  'vault.shared': 'le finestre che contengono lo stesso di {location} ne condividono i file',
  'vault.whyFirst': 'non c’è un punto di ripristino precedente su cui basarsi',
  'vault.whyUnknown':
    'il job legge qualcosa di diverso rispetto all’ultimo punto di ripristino, oppure ciò che quello sapeva della sorgente è perduto',
  'vault.notDeleted':
    'Non è stato possibile eliminare {name} di un’esecuzione precedente, che occupa spazio: {reason}',
  'vault.summary':
    'salvate {copied} finestre, {moved, bytes}, e condivise {unchanged}; i punti di ripristino contengono {points} punti',
  'vault.lacking': {
    one: 'Nel punto di ripristino del database {database} manca {count} finestra, che non è stato possibile leggere; non è completo: {names}',
    other:
      'Nel punto di ripristino del database {database} mancano {count} finestre, che non è stato possibile leggere; non è completo: {names}',
  },
  'vault.notSaved':
    'Del database {database} non c’è un punto di ripristino, perché non è stato possibile leggere nessuna delle sue finestre: {names}',
  'vault.rotten': {
    one: '{count} file del punto di ripristino {location} non è ciò che era stato salvato ed è stato salvato di nuovo: controllare per intero quel punto di ripristino e quelli che ne condividono i file: {names}',
    other:
      '{count} file del punto di ripristino {location} non sono ciò che era stato salvato e sono stati salvati di nuovo: controllare per intero quel punto di ripristino e quelli che ne condividono i file: {names}',
  },
  'found.emptied': 'Il database {database} è vuoto; il suo ultimo punto di ripristino ha {count} file.',
  'found.nothingLeft':
    'Il database {database} non ha più nulla di ciò che il job salva; il suo ultimo punto di ripristino ha {count} file.',

  'restore.plan': {
    one: 'ripristinare {count} finestra in {target}',
    other: 'ripristinare {count} finestre in {target}',
  },
  'restore.everything': 'ripristinare l’intero database',
  'restore.part': 'ripristinare una parte del database, numero di measurement: {measurements}',
  'restore.from': 'da {location}',
  'restore.new': 'lì il database è nuovo',
  'restore.merge':
    'nel database che c’è già: i punti della stessa serie e dello stesso istante vengono sovrascritti',
  'restore.policy': 'creare la retention policy {policy}',
  'restore.policyFacts': 'conserva {duration}, in shard di {shardDuration}',
  'restore.policyStays': 'la retention policy {policy} resta lì com’è',
  'restore.tooOld': { one: 'tralasciare {count} finestra', other: 'tralasciare {count} finestre' },
  'restore.tooOldReason':
    'la retention policy {policy} conserva {duration}, e sono più vecchie: il server le rifiuterebbe',
  'restore.summary': 'ripristinate e confrontate {windows} finestre, {points} punti, in {target}',
  'restore.skipped': {
    one: 'In {count} finestra alcuni o tutti i punti sono stati tralasciati: sono più vecchi di quanto la retention policy conserva.',
    other:
      'In {count} finestre alcuni o tutti i punti sono stati tralasciati: sono più vecchi di quanto la retention policy conserva.',
  },
  'restore.queryLeft':
    'La continuous query {name} è stata tralasciata: scrive in un altro database o contiene più di un’istruzione.',
  'restore.queryKept': 'La continuous query {name} c’è già e resta com’è.',
  'restore.lacking': {
    one: 'Al punto di ripristino manca {count} finestra del database, che non si poteva leggere quando è stato creato.',
    other:
      'Al punto di ripristino mancano {count} finestre del database, che non si potevano leggere quando è stato creato.',
  },
  'restore.lackingReason': 'non è completo: ciò che manca è indicato nel suo manifesto',
  'restore.surplus': {
    one: 'In {count} finestra il database contiene più del punto di ripristino, quindi lì l’uguaglianza non si può provare: {names}',
    other:
      'In {count} finestre il database contiene più del punto di ripristino, quindi lì l’uguaglianza non si può provare: {names}',
  },
}
