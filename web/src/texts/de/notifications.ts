import type { notifications as english } from '../en/notifications.ts'
import type { Same } from '../same.ts'

export const notifications: Same<typeof english> = {
  title: 'Benachrichtigungen',
  lead: 'Wer erfährt, wie Läufe ausgegangen sind.',
  new: 'Neue Benachrichtigung',
  emptyTitle: 'Noch erfährt niemand etwas',
  emptyHint: 'Schicken Sie eine Mail oder Nachricht in einen Chat, wenn jemand hinsehen sollte.',
  state: 'Zustand',
  kind: 'Art',
  to: 'An',
  digest: 'Zusammenfassung',
  test: 'Test senden',
  tested: 'Die Testnachricht',
  deliveries: {
    title: 'Was gemeldet wurde',
    lead: 'Neuestes zuerst; Fehlgeschlagenes wird wiederholt.',
    emptyTitle: 'Noch nichts gemeldet',
    emptyHint: 'Senden Sie einen Test, um zu sehen, ob Nachrichten ankommen.',
    at: 'Wann',
    notification: 'An',
    subject: 'Worüber',
    state: 'Zustand',
    attempts: 'Versuche',
    tried: 'Zuletzt versucht',
    about: {
      run: 'Lauf',
      'disk-overdue': 'Platte überfällig',
      'lock-timeout': 'Sperre nicht rechtzeitig frei',
      digest: 'Zusammenfassung',
      test: 'Test',
    },
  },
}
