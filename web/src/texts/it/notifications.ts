import type { notifications as english } from '../en/notifications.ts'
import type { Same } from '../same.ts'

export const notifications: Same<typeof english> = {
  title: 'Notifiche',
  lead: 'Chi viene avvisato di come sono finite le esecuzioni.',
  new: 'Nuova notifica',
  emptyTitle: 'Ancora nessuno viene avvisato',
  emptyHint: 'Inviate una mail o un messaggio in chat quando qualcuno deve guardare.',
  state: 'Stato',
  kind: 'Tipo',
  to: 'A',
  digest: 'Riepilogo',
  test: 'Invia una prova',
  tested: 'Il messaggio di prova',
  deliveries: {
    title: 'Che cosa è stato comunicato',
    lead: 'I più recenti prima; ciò che fallisce viene ritentato.',
    emptyTitle: 'Ancora nulla comunicato',
    emptyHint: 'Inviate una prova per vedere se i messaggi arrivano.',
    at: 'Quando',
    notification: 'A',
    subject: 'Di che cosa',
    state: 'Stato',
    attempts: 'Tentativi',
    tried: 'Ultimo tentativo',
    about: {
      run: 'Esecuzione',
      'disk-overdue': 'Disco in ritardo',
      'lock-timeout': 'Blocco non libero in tempo',
      digest: 'Riepilogo',
      test: 'Prova',
    },
  },
}
