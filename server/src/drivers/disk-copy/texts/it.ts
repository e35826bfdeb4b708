import type { SchemaTexts } from '@holdfast/contract'

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
