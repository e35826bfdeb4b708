import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const it: Translated<typeof en> = {
  'step.plan': 'Pianificare',
  'step.verify': 'Verificare il punto di ripristino',
  'step.prune': 'Rimuovere ciò che la conservazione non mantiene',
  'count.removedPoints': 'punti di ripristino rimossi',
  'count.good': 'integri',
  'count.damaged': 'danneggiati',
  'count.checkedItems': 'elementi verificati',
  'count.checkedBytes': 'byte verificati',

  'check.summary': {
    one: '{good} punto di ripristino su {count} corrisponde al proprio manifesto',
    other: '{good} punti di ripristino su {count} corrispondono ai propri manifesti',
  },
  'warning.pointGone': 'Il punto di ripristino {point} del {takenAt, date} non è più nel vault',

  'waiting.window': 'la sua finestra oraria, che si apre il {opensAt, date}',
  'waiting.workerStopped':
    'un worker, perché il precedente è stato fermato; l’esecuzione viene ripianificata',
  'waiting.attempt': 'tentativo {next} di {attempts} tra {pause, duration}: {error}',
  'waiting.lock': '{lock}: occupato da {holder}',
  'waiting.lockOfRun': '{lock}: occupato da {run} del job {job}',
  'waiting.lockFull': '{lock}: {held} esecuzioni su {limit}, {holders}',
  'waiting.lockQueue': '{lock}: {run} attende da più tempo',

  'retention.noRules': 'nessuna regola di conservazione: non si rimuove nulla',
  'retention.noneGood': 'non esiste alcun punto di ripristino valido: non si rimuove nulla',
  'retention.newestGood': 'il punto di ripristino valido più recente resta sempre',
  'retention.newestComplete': 'il punto di ripristino completo più recente resta sempre',
  'retention.newestDamaged': 'danneggiato, ma non esiste un punto di ripristino valido più recente',
  'retention.protected': 'protetto',
  'retention.inUse': 'in uso per un ripristino o una verifica',
  'retention.besideByHand': 'una regola lo conserverebbe senza le esecuzioni avviate a mano',
  'retention.ahead': 'datato nel futuro: l’orologio era sbagliato quando è stato creato',
  'retention.unwanted': 'nessuna regola lo richiede',
  'retention.damaged': 'verifica non superata, ed esiste un punto di ripristino valido più recente',
  'retention.last': 'ultimo {place} di {count}',
  'retention.hourly': 'il più recente di {period} (orario {place} di {count})',
  'retention.daily': 'il più recente di {period} (giornaliero {place} di {count})',
  'retention.weekly': 'il più recente di {period} (settimanale {place} di {count})',
  'retention.monthly': 'il più recente di {period} (mensile {place} di {count})',
  'retention.yearly': 'il più recente di {period} (annuale {place} di {count})',
}
