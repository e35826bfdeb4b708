import type { Translated } from '@holdfast/contract'
import type { modelEn } from './en.ts'

export const modelIt: Translated<typeof modelEn> = {
  'plan.sendChanged': 'copia via HTTP gli shard che possono essere cambiati: {changed} di {shards}',

  'model.metrics': 'ogni campo diventa una metrica, per esempio {example}, con l’etichetta db={target}',
  'model.numbers':
    'VictoriaMetrics conserva i tempi al millisecondo (di più punti nello stesso, l’ultimo), le frazioni con 12 cifre, gli interi fino a 2^53, i booleani come 0 e 1',
  'model.overwritten': 'un punto sovrascritto all’origine ha là entrambi i numeri, uno eliminato vi rimane',
  'model.adds':
    'VictoriaMetrics aggiunge soltanto campioni; quelli che ci sono già non vengono inviati di nuovo',
  'model.oneRetention': 'le retention policy e le continuous query non vengono create là',
  'model.retention':
    'VictoriaMetrics conserva tutto per {retention}: ciò che è più vecchio di {from} viene tralasciato',
  'model.retentionUnknown':
    'VictoriaMetrics non dice per quanto tempo conserva i campioni: scarta ciò che è più vecchio, e il confronto lo mostra',
  'model.strings': 'tralasciate: le stringhe di {names}',
  'model.numbersOnly': 'VictoriaMetrics conserva soltanto numeri',
  'model.policies': 'i punti delle retention policy {names} ricevono l’etichetta rp',
  'model.policiesReason': 'si mescolerebbero con quelli della policy predefinita',
  'model.sharedNames': 'più measurement condividono le metriche {names}',
  'model.sharedReason': 'i nomi di measurement e campo sono uniti da un trattino basso',

  'model.notMade': 'database, retention policy e continuous query non vengono creati là: {names}',
  'model.bucketsOf2':
    'InfluxDB 2.x ha bisogno per ciascuno di un bucket e di una mappatura (DBRP) che gli dia questo nome',
  'model.databasesOf3': 'InfluxDB 3.x crea un database quando ne riceve i primi punti',
  'model.notCompared': 'nulla viene confrontato',
  'model.noReadingBack': 'ciò che InfluxDB 2.x e 3.x hanno ricevuto non viene riletto',

  'run.cannotCompare':
    'Nulla è stato confrontato: ciò che InfluxDB 2.x e 3.x hanno ricevuto non viene riletto. Il server ha confermato ogni invio.',
  'run.outside': {
    one: '{count} finestra è in tutto o in parte fuori dal tempo che la destinazione conserva: ciò che è fuori è stato tralasciato.',
    other:
      '{count} finestre sono in tutto o in parte fuori dal tempo che la destinazione conserva: ciò che è fuori è stato tralasciato.',
  },
  'run.surplusSamples': {
    one: 'VictoriaMetrics contiene più dell’origine in {count} finestra: {names}. Conserva ciò che all’origine è stato sovrascritto o eliminato, oppure qualcun altro vi scrive.',
    other:
      'VictoriaMetrics contiene più dell’origine in {count} finestre: {names}. Conserva ciò che all’origine è stato sovrascritto o eliminato, oppure qualcun altro vi scrive.',
  },

  'step.check-files': 'Controllare i file prima di inviare qualcosa',
  'step.wait-for-disk': 'Attendere che sia sul disco della destinazione',
  'restore.newLabel': 'VictoriaMetrics non contiene ancora nulla con l’etichetta db={target}',
  'restore.addNumbers':
    'VictoriaMetrics contiene serie con questa etichetta: si aggiunge solo ciò che manca; dove c’è un altro numero, resta, e il ripristino fallisce',
  'restore.unseen':
    'non si guarda se contiene dati: i punti della stessa serie e dello stesso istante vengono sovrascritti',
  'restore.numbersCompared': 'ogni numero viene riletto e confrontato con i file',
  'restore.numbersAdded':
    'VictoriaMetrics aggiunge soltanto numeri; quelli che ci sono già non vengono inviati di nuovo',
  'restore.noStrings': 'tralasciate: tutte le stringhe; il rapporto nomina i loro campi',
  'restore.outsideReason': '{policy}: la destinazione non conserva punti così vecchi',
  'restore.stringsLeft':
    'Sono state tralasciate le stringhe di {names}: VictoriaMetrics conserva soltanto numeri.',
  'restore.summaryNumbers': 'ripristinate e confrontate {windows} finestre, {points} numeri, in {target}',
  'restore.summaryUnproved':
    'ripristinate {windows} finestre, {points} punti, in {target}; nulla è stato confrontato',
}
