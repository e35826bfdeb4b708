import type { policies as english } from '../en/policies.ts'
import type { Same } from '../same.ts'

export const policies: Same<typeof english> = {
  title: 'Policy',
  lead: 'Ciò che è promesso: quanto restano i punti di ripristino, quanto può essere vecchio il più recente, come si controllano.',
  new: 'Nuova policy',
  emptyTitle: 'Ancora nessuna policy',
  emptyHint: 'Senza una policy nulla viene mai rimosso, e nessuno può dire se un job è coperto.',
  retention: 'Conservazione',
  rpo: 'RPO',
  verification: 'Verifica',
  keepsAll: 'Conserva tutto',
  keeps: 'Conserva {{list}}',
  keep: {
    last_one: 'il più recente',
    last_other: 'i {{count}} più recenti',
    hourly_one: '1 orario',
    hourly_other: '{{count}} orari',
    daily_one: '1 giornaliero',
    daily_other: '{{count}} giornalieri',
    weekly_one: '1 settimanale',
    weekly_other: '{{count}} settimanali',
    monthly_one: '1 mensile',
    monthly_other: '{{count}} mensili',
    yearly_one: '1 annuale',
    yearly_other: '{{count}} annuali',
  },
  check: {
    none: 'Non controllato',
    sample: 'Un campione del {{share}} % dopo ogni esecuzione',
    full: 'Tutto dopo ogni esecuzione',
  },
}
