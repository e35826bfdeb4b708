import type { Translated } from '@holdfast/contract'
import type { veeamEn } from './en.ts'

export const veeamIt: Translated<typeof veeamEn> = {
  'veeam-list-refused': 'l’elenco {list} non si può leggere: {reason}',
  'veeam-list-changed': 'l’elenco {list} è cambiato durante la lettura',
  'veeam-entries-left-out': {
    one: '{count} voce dell’elenco {list} è tralasciata: le manca ciò che la identifica',
    other: '{count} voci dell’elenco {list} sono tralasciate: manca loro ciò che le identifica',
  },
  'veeam-identity-forbidden':
    'l’utente non può leggere l’identità del server, perciò al suo posto sta {code}: serve il ruolo Backup Administrator',
  'veeam-hosts-unnamed': {
    one: '{count} proxy è tralasciato, perché nulla dice il nome della sua macchina: {proxies}',
    other: '{count} proxy sono tralasciati, perché nulla dice i nomi delle loro macchine: {proxies}',
  },
  'veeam-other-objects': {
    one: '{count} oggetto salvato non è una macchina ed è tralasciato: {types}',
    other: '{count} oggetti salvati non sono macchine e sono tralasciati: {types}',
  },
  'veeam-objects-ambiguous': {
    one: '{count} oggetto salvato può essere di più macchine con lo stesso nome ed è tralasciato: {names}',
    other:
      '{count} oggetti salvati possono essere di più macchine con lo stesso nome e sono tralasciati: {names}',
  },
  'veeam-chains-unlisted': {
    one: '{count} backup non elenca ciò che contiene, perciò le sue macchine non ne conoscono il job: {names}',
    other:
      '{count} backup non elencano ciò che contengono, perciò le loro macchine non ne conoscono i job: {names}',
  },
  'veeam-points-unread': 'gli ultimi backup delle macchine possono essere qui più vecchi di quanto sono',
  'veeam-points-unmatched': {
    one: 'l’ultimo backup di {count} oggetto salvato non è certo, perché i suoi punti di ripristino hanno altri nomi',
    other:
      'gli ultimi backup di {count} oggetti salvati non sono certi, perché i loro punti di ripristino hanno altri nomi',
  },
}
