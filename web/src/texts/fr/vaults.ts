import type { vaults as english } from '../en/vaults.ts'
import type { Same } from '../same.ts'

export const vaults: Same<typeof english> = {
  title: 'Coffres',
  lead: 'Où sont gardés les points de restauration, et pour combien de temps il y a de la place.',
  new: 'Nouveau coffre',
  emptyTitle: 'Pas encore de coffre',
  emptyHint:
    'Un coffre est un lieu propre à Holdfast pour les points de restauration, par exemple un dossier sur un disque.',
  kind: 'Type',
  path: 'Chemin',
  points: 'Points de restauration',
  size: 'Taille',
  free: 'Libre',
  forecast: 'Prévision',
  unreachable: 'Inconnu : injoignable',
  problem: 'Les exécutions ne peuvent pas utiliser ce coffre',
  notYet: 'Après la première exécution',
  forecastIs: {
    full: 'Plein',
    today: 'Peut être plein aujourd’hui',
    earliest: 'Plein dans {{early}} au plus tôt',
    within: 'Plein d’ici {{late}}',
    between: 'Plein dans {{early}} à {{late}}',
    exact: 'Plein dans {{late}}',
    shrinking: 'En baisse',
    steady: 'Stable',
    data: 'Pas assez de données ({{have}} jours sur {{need}})',
    unknown: 'En hausse, mais l’espace libre n’est pas connu',
    beyond: 'Pas avant {{years}}',
  },
}
