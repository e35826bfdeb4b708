import type { notifications as english } from '../en/notifications.ts'
import type { Same } from '../same.ts'

export const notifications: Same<typeof english> = {
  title: 'Notifications',
  lead: 'Qui apprend comment les exécutions se sont terminées.',
  new: 'Nouvelle notification',
  emptyTitle: 'Personne n’est encore averti',
  emptyHint: 'Envoyez un courriel ou un message quand quelqu’un devrait regarder.',
  state: 'État',
  kind: 'Type',
  to: 'À',
  digest: 'Résumé',
  test: 'Envoyer un essai',
  tested: 'Le message d’essai',
  deliveries: {
    title: 'Ce qui a été annoncé',
    lead: 'Les plus récents d’abord ; ce qui échoue est retenté.',
    emptyTitle: 'Rien n’a encore été annoncé',
    emptyHint: 'Envoyez un essai pour voir si les messages arrivent.',
    at: 'Quand',
    notification: 'À',
    subject: 'À propos de',
    state: 'État',
    attempts: 'Essais',
    tried: 'Dernier essai',
    about: {
      run: 'Exécution',
      'disk-overdue': 'Disque en retard',
      'lock-timeout': 'Verrou non libéré à temps',
      digest: 'Résumé',
      test: 'Essai',
    },
  },
}
