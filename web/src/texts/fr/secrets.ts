import type { secrets as english } from '../en/secrets.ts'
import type { Same } from '../same.ts'

export const secrets: Same<typeof english> = {
  title: 'Secrets',
  lead: 'Mots de passe et jetons que Holdfast garde chiffrés. Leurs valeurs ne sont jamais montrées.',
  new: 'Nouveau secret',
  emptyTitle: 'Pas encore de secret',
  emptyHint: 'Gardez ici un mot de passe et désignez-le par son nom là où il sert.',
  updated: 'Valeur du',
  by: 'Par',
  created: 'Créé',
  replace: 'Nouvelle valeur',
  replaceTitle: 'Nouvelle valeur de {{name}}',
  nameHint: 'Minuscules, chiffres et . _ - comme smtp-password',
  nameInvalid: 'Seuls sont permis minuscules, chiffres et . _ -',
  value: 'Valeur',
  valueHint: 'Conservée chiffrée ; elle n’est plus montrée à personne.',
  kept: 'Le secret {{name}} est conservé.',
  removeTitle: 'Supprimer le secret {{name}} ?',
  removeHint: 'Ce qui s’y réfère échoue jusqu’à ce qu’il soit de nouveau là.',
  removed: 'Le secret {{name}} est supprimé.',
}
