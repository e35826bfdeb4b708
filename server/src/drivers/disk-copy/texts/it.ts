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
  generations: {
    title: 'Generazioni',
    description:
      'Come stanno più stati sul disco: interi, che condividono con hard link i file invariati, oppure snapshot Btrfs, che condividono anche le parti invariate dei file; automatico usa gli snapshot dove il disco è Btrfs. Uno specchio è un solo stato, trasformato nel successivo: per dischi piccoli, e senza un punto di ripristino valido finché dura un’esecuzione',
    values: {
      auto: 'Automatico',
      'hard-links': 'Hard link',
      snapshots: 'Snapshot Btrfs',
      mirror: 'Specchio',
    },
  },
  compare: {
    title: 'Confronta per',
    description:
      'Come si riconosce un file modificato: da dimensione e ora, oppure leggendo ogni file da entrambe le parti, il che con terabyte richiede ore; solo per programmi che modificano i file mantenendo dimensione e ora',
    values: { times: 'Dimensione e ora', contents: 'Contenuto' },
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
  'guards.newExtensionPercent': {
    title: 'Quota di nuove estensioni',
    description:
      'L’esecuzione viene sospesa quando i file sono stati sostituiti da più di questa quota di file che hanno tutti una nuova estensione, come .locked, in percentuale',
  },
  'guards.minFiles': {
    title: 'Numero minimo di file',
    description: 'Le quote non vengono considerate finché l’ultimo punto di ripristino ha meno file di così',
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
  'step.prepare-copy': 'Preparare la copia',
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
  'guard.new-extension': 'Molti file sono stati sostituiti da altri con una nuova estensione',
  'guard.source-unmounted': 'Alla sorgente c’è un altro file system',
  'guard.source-unreadable': 'Una parte della sorgente non è leggibile',

  'plan.changes': 'File: {created} nuovi, {changed} modificati, {deleted} eliminati',
  'plan.incremental': 'incrementale dal {takenAt, date}',
  'plan.full': 'completa: nessun punto di ripristino precedente',
  'plan.continued': 'prosegue una copia incompiuta, dopo averla confrontata con la sorgente',
  'plan.compared':
    'i contenuti vengono confrontati, perché l’ultimo punto di ripristino non ha superato la verifica',
  'plan.comparedAlways': 'si confrontano i contenuti, come indicato nel job',
  'plan.beside':
    'accanto a quanto è presente: uno specchio prende il posto dell’ultimo punto di ripristino solo se questo non è protetto e non condivide file con un altro',
  'plan.replace': 'sostituire il punto di ripristino del {takenAt, date}',
  'plan.replaceReason':
    'l’unica copia su questo disco viene aggiornata: finché dura l’esecuzione, il disco non ha un punto di ripristino valido',
  'plan.attributesSet': 'adeguare file: {files}',
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
  'found.where': 'Per lo più nelle cartelle {folders}; estensioni: {extensions}.',
  'found.newExtension':
    '{files} nuovi file hanno l’estensione {extension}, che nessun file dell’ultimo punto di ripristino ha, e mancano {gone} file. Per lo più nelle cartelle {folders}.',
  'found.unmounted':
    'All’ultimo punto di ripristino {mountPoint} era montato da {was}; ora la sorgente si trova su {is}.',
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
  'run.notRemoved':
    'Una parte della sorgente non è stata letta: la copia conserva ciò che ne aveva e può contenere altro che nella sorgente non c’è più.',
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
