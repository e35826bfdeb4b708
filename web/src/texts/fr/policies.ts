import type { policies as english } from '../en/policies.ts'
import type { Same } from '../same.ts'

export const policies: Same<typeof english> = {
  title: 'Politiques',
  lead: 'Ce qui est promis : combien de temps restent les points de restauration, l’âge permis du plus récent, comment ils sont vérifiés.',
  new: 'Nouvelle politique',
  emptyTitle: 'Pas encore de politique',
  emptyHint: 'Sans politique, rien n’est jamais supprimé, et personne ne peut dire si un job est couvert.',
  retention: 'Conservation',
  rpo: 'RPO',
  verification: 'Vérification',
  keepsAll: 'Garde tout',
  keeps: 'Garde {{list}}',
  keep: {
    last_one: 'le plus récent',
    last_other: 'les {{count}} plus récents',
    hourly_one: '1 horaire',
    hourly_other: '{{count}} horaires',
    daily_one: '1 quotidien',
    daily_other: '{{count}} quotidiens',
    weekly_one: '1 hebdomadaire',
    weekly_other: '{{count}} hebdomadaires',
    monthly_one: '1 mensuel',
    monthly_other: '{{count}} mensuels',
    yearly_one: '1 annuel',
    yearly_other: '{{count}} annuels',
  },
  check: {
    none: 'Non vérifié',
    sample: 'Un échantillon de {{share}} % après chaque exécution',
    full: 'Tout après chaque exécution',
  },
}
