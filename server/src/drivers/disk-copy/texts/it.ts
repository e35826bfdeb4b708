import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const it: SchemaTexts = {
  '.': {
    title: 'Copiare una cartella su un disco',
    description: 'Stati completi che condividono i file invariati',
  },
  source: { title: 'Sorgente', description: 'Percorso assoluto della cartella da copiare' },
  exclude: {
    title: 'Escludi',
    description: 'Modelli di rsync(1) per ciò che va escluso; uno che inizia con / parte dalla sorgente',
  },
  oneFileSystem: {
    title: 'Un solo file system',
    description: 'Se attivo vengono esclusi i file system montati sotto la sorgente',
  },
  bandwidthLimit: {
    title: 'Limite di banda',
    description: 'Byte al secondo che la copia può usare al massimo; nessun limite se assente',
  },
  hash: {
    title: 'Conserva le impronte',
    description:
      'Conserva lo SHA-256 di ogni file, così una verifica può comprovarne il contenuto; se disattivato si risparmia la lettura',
  },
  guards: {
    title: 'Controlli di sicurezza',
    description: 'Quante modifiche richiedono il consenso di una persona prima che un’esecuzione prosegua',
  },
  'guards.deletedPercent': {
    title: 'Quota di file eliminati',
    description:
      'L’esecuzione viene sospesa quando manca più di questa quota dei file dell’ultimo punto di ripristino, in percentuale',
  },
  'guards.changedPercent': {
    title: 'Quota di file modificati',
    description: 'L’esecuzione viene sospesa quando è cambiata più di questa quota dei file, in percentuale',
  },
  'guards.minFiles': {
    title: 'Numero minimo di file',
    description:
      'Le due quote non vengono considerate finché l’ultimo punto di ripristino ha meno file di così',
  },
  'restore.existing': {
    title: 'Se esistono già file',
    description:
      'Cosa fare quando la destinazione non è vuota: rifiutare o sovrascrivere i file con lo stesso nome. Gli altri file non vengono mai toccati',
    values: { refuse: 'Rifiuta', overwrite: 'Sovrascrivi' },
  },
}

export const itPhrases: Translated<typeof en> = {
  'step.check-source-and-vault': 'Controllare sorgente e vault',
  'step.lock-job': 'Bloccare il job sul vault',
  'step.finish-earlier-runs': 'Completare quanto lasciato da esecuzioni precedenti',
  'step.check-free-space': 'Controllare lo spazio libero',
  'step.check-unfinished-copy': 'Controllare la copia incompiuta',
  'step.copy': 'Copiare',
  'step.write-to-disk': 'Scrivere tutto sul disco',
  'step.list-and-hash': 'Elencare e calcolare le impronte',
  'step.commit': 'Rendere valido il punto di ripristino',
  'step.compare-with-listings': 'Confrontare con gli elenchi',
  'step.take-out-of-list': 'Togliere il punto di ripristino dall’elenco',
  'step.delete-files': 'Eliminare i suoi file',
  'step.check-point-and-target': 'Controllare punto di ripristino e destinazione',
  'step.compare-with-point': 'Confrontare con il punto di ripristino',

  'count.new': 'nuovi',
  'count.changed': 'modificati',
  'count.deleted': 'eliminati',
  'count.files': 'file',
  'count.leftOut': 'tralasciati',
  'count.items': 'elementi ripristinati',
  'count.overwritten': 'sovrascritti',

  'guard.source-empty': 'La sorgente è vuota',
  'guard.mass-deletion': 'Mancano insolitamente tanti file',
  'guard.mass-change': 'Sono cambiati insolitamente tanti file',
  'guard.source-unreadable': 'Una parte della sorgente non è leggibile',

  'plan.changes': 'File: {created} nuovi, {changed} modificati, {deleted} eliminati',
  'plan.incremental': 'incrementale dal {takenAt, date}',
  'plan.full': 'completa: nessun punto di ripristino precedente',
  'plan.continued': 'prosegue una copia incompiuta, dopo averla confrontata con la sorgente',
  'plan.compared':
    'i contenuti vengono confrontati, perché l’ultimo punto di ripristino non ha superato la verifica',
  'plan.copy': 'copiare {source}',
  'plan.newFiles': 'copiare file nuovi: {files}',
  'plan.newReason': 'non sono nell’ultimo punto di ripristino',
  'plan.changedFiles': 'copiare file modificati: {files}',
  'plan.changedReason': 'dimensione o data diverse',
  'plan.attributeFiles': 'riscrivere file: {files}',
  'plan.attributeReason': 'proprietario, permessi o attributi diversi',
  'plan.deletedFiles': 'tralasciare file: {files}',
  'plan.deletedReason': 'eliminati nella sorgente',

  'found.noFiles': 'La sorgente non contiene file: è la cartella giusta, e il suo disco è montato?',
  'found.emptied': {
    one: 'La sorgente è vuota; l’ultimo punto di ripristino contiene {count} file.',
    other: 'La sorgente è vuota; l’ultimo punto di ripristino contiene {count} file.',
  },
  'found.deleted': 'Mancano {gone} file su {files} dell’ultimo punto di ripristino ({share, percent}).',
  'found.changed':
    'Sono cambiati {changed} file su {files} dell’ultimo punto di ripristino ({share, percent}).',
  'found.unreadable': {
    one: 'Non è stato possibile leggere la cartella {names}: viene tralasciata con tutto ciò che contiene.',
    other:
      'Non è stato possibile leggere {count} cartelle, ognuna viene tralasciata con tutto ciò che contiene: {names}',
  },

  'run.summary': {
    one: 'copiati {moved, bytes}; il punto di ripristino contiene {count} file',
    other: 'copiati {moved, bytes}; il punto di ripristino contiene {count} file',
  },
  'run.noFiles': 'Il punto di ripristino non contiene file.',
  'run.vanished': {
    one: '{count} file è stato eliminato dalla sorgente durante la lettura.',
    other: '{count} file sono stati eliminati dalla sorgente durante la lettura.',
  },
  'run.leftOut': {
    one: 'Non è stato possibile copiare {count} file: {names}',
    other: 'Non è stato possibile copiare {count} file: {names}',
  },
  'run.unlisted': {
    one: '{count} percorso è troppo lungo per l’elenco; esso e ciò che contiene non vengono verificati: {names}',
    other:
      '{count} percorsi sono troppo lunghi per l’elenco; essi e ciò che contengono non vengono verificati: {names}',
  },
  'run.notDeleted':
    'Non è stato possibile eliminare {name} di un’esecuzione precedente, che occupa spazio: {reason}',
  'verify.noHashes': 'Nessun contenuto è stato verificato: il job non conserva impronte (`hash: false`).',

  'restore.plan': 'scrivere {written} file e sovrascriverne {overwritten} in {target}',
  'restore.everything': 'ripristinare tutto',
  'restore.paths': 'ripristinare {paths}',
  'restore.from': 'da {location}',
  'restore.overwrite': 'sovrascrivere file: {files}',
  'restore.overwriteReason': 'differiscono dal punto di ripristino',
  'restore.summary': {
    one: '{count} elemento ripristinato in {target} e confrontato',
    other: '{count} elementi ripristinati in {target} e confrontati',
  },
  'restore.noOwners':
    'I proprietari non sono stati ripristinati: serve un worker eseguito come root o con CAP_CHOWN.',
}
