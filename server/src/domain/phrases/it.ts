import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const it: Translated<typeof en> = {
  'step.wait-for-others': 'Attendere altri programmi',
  'step.plan': 'Pianificare',
  'step.find-disk': 'Cercare il disco',
  'step.check-disk': 'Chiedere al disco il suo stato',
  'step.check-disk-again': 'Chiedere di nuovo al disco il suo stato',
  'step.mount-disk': 'Montare il disco',
  'step.unlock-and-mount': 'Sbloccare e montare il disco cifrato',
  'step.flush-disk': 'Scrivere tutto sul disco',
  'step.unmount-disk': 'Smontare il disco',
  'step.mount-read-only': 'Montare il disco in sola lettura per verificarlo',
  'step.mount-again': 'Montare di nuovo il disco',
  'step.read-back': 'Rileggere ciò che è stato scritto per ultimo',
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
  'warning.staleLock':
    'sul disco «{disk}» era rimasto un file di blocco: un’esecuzione precedente è stata interrotta. La sua copia incompleta viene verificata e continuata',
  'warning.lockGone':
    'il file di blocco sul disco «{disk}» è stato tolto da qualcun altro durante l’esecuzione',
  'warning.diskFailing': 'il disco «{disk}» segnala che sta per guastarsi (SMART): sostituirlo presto',
  'warning.diskWorse':
    'il disco «{disk}» ha perso altri {count} settori durante questa esecuzione: si sta consumando, sostituirlo presto',
  'warning.littleSpace':
    'nel vault restano solo {free, bytes}, meno dei {wanted, bytes} voluti: la prossima copia potrebbe non starci',
  'warning.pointGone': 'Il punto di ripristino {point} del {takenAt, date} non è più nel vault',
  'warning.lockFileIgnored':
    'il file di blocco {file} di un altro programma ha {age, duration}: è stato considerato un residuo e ignorato',
  'warning.lockFileRemoved':
    'il file di blocco {file} di un altro programma aveva {age, duration}: è stato considerato un residuo e rimosso',
  'warning.lockFileStays': 'il file di blocco residuo {file} non è stato rimosso: {reason}',
  'warning.ownLockFileLeft':
    'il file di blocco proprio {file} è rimasto dall’esecuzione {run} su {host}, che non è finita come doveva; è stato rilevato',
  'warning.ownLockFileEmpty':
    'il file di blocco proprio {file} c’era già, ma vuoto: probabilmente l’ultima esecuzione non è finita come doveva; è stato rilevato',
  'warning.ownLockFileGone':
    'il file di blocco proprio {file} alla fine non c’era più: qualcun altro lo ha rimosso o sostituito, e nel frattempo un altro programma può aver lavorato',
  'warning.ownLockFileStuck':
    'il file di blocco proprio {file} non è stato rimosso: {reason}. Gli altri programmi continuano ad aspettarlo; si riprova più tardi',

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
