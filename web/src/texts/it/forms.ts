import type { forms as english } from '../en/forms.ts'
import type { Same } from '../same.ts'

export const forms: Same<typeof english> = {
  advanced_one: 'Un’altra impostazione',
  advanced_other: 'Altre {{count}} impostazioni',
  saved: '{{name}} è salvato.',
  updated: 'Modificato',
  problem: {
    required: 'Questo è necessario.',
    pattern: 'Non ha la forma richiesta.',
    patternLike: 'Non ha la forma richiesta, per esempio {{example}}.',
    range: 'Questo numero è troppo piccolo o troppo grande.',
    json: 'Non è ancora JSON valido.',
  },
  zone: {
    here: 'Usa quello di questo browser: {{zone}}',
  },
  texts: {
    placeholder: 'Scrivete, poi Invio',
  },
  reference: {
    choose: 'Scegliete',
    nothing: 'Nulla con questo nome',
    create: 'Creane uno nuovo (in una nuova scheda)',
  },
  list: {
    item: 'Numero {{number}}',
    add: 'Aggiungi',
    remove: 'Rimuovi il numero {{number}}',
  },
  map: {
    name: 'Nome',
    remove: 'Rimuovi {{name}}',
  },
  secret: {
    where: 'Da dove viene letto',
    new: 'Inserisci un nuovo segreto',
    name: 'Nome del segreto',
    nameHint: 'Lettere minuscole, cifre e . _ - come smtp-password',
    value: 'Valore',
    valueHint: 'Conservato cifrato; non viene più mostrato a nessuno.',
    keep: 'Conserva',
    cancel: 'Annulla',
    kept: 'Il segreto {{name}} è conservato.',
  },
  bay: {
    choose: 'Scegli tra i dischi collegati',
    title: 'Collegati ora',
    hint: 'Colleghi il disco: compare qui da solo.',
    nothing: 'Non è collegato nulla che abbia un file system.',
    at: 'Collegato a {{host}} come {{device}}',
    noLabel: 'Senza etichetta',
    encrypted: 'Cifrato (LUKS)',
    encryptedHint: 'Inserisca sotto la sua passphrase, perché le esecuzioni possano aprirlo.',
    unsuited:
      'Questo file system non può conservare tutto ciò che serve a una copia: formatti il disco con ext4, XFS o Btrfs.',
    obstacle: {
      system: 'Contiene il sistema della macchina: mai usato per le copie.',
      taken: 'Appartiene al vault {{vault}}.',
      listed: 'È già in questo modulo.',
      twice: 'Due dispositivi hanno questo UUID: scolleghi prima la copia.',
    },
  },
  cron: {
    examples: 'Pianificazioni pronte',
    hourly: 'Ogni ora',
    fourHours: 'Ogni 4 ore',
    nightly: 'Ogni notte alle 2:30',
    workdays: 'Da lunedì a venerdì alle 22:00',
    sundays: 'La domenica alle 3:00',
    monthly: 'Il 1º alle 4:00',
    next: 'Le prossime volte ({{zone}})',
  },
  remove: {
    title: 'Eliminare {{name}}?',
    hint: 'Viene eliminata solo la configurazione; nessun punto di ripristino viene toccato. Ciò a cui altri oggetti fanno riferimento non si può eliminare.',
    done: '{{name}} è eliminato.',
  },
  changes: {
    title: 'Modifiche',
    created: 'Creato',
    changed: 'Modificato',
    deleted: 'Eliminato',
    revision: 'Revisione {{number}}',
    nothing: 'Nulla è diverso da prima',
    before: 'Prima',
    after: 'Dopo',
    absent: 'non impostato',
  },
}
