import type { Translated } from '@holdfast/contract'
import type { veeamEn } from './en.ts'

export const veeamFr: Translated<typeof veeamEn> = {
  'veeam-list-refused': 'la liste {list} ne peut pas être lue : {reason}',
  'veeam-list-changed': 'la liste {list} a changé pendant sa lecture',
  'veeam-entries-left-out': {
    one: '{count} entrée de la liste {list} est laissée de côté : il lui manque ce qui l’identifie',
    other: '{count} entrées de la liste {list} sont laissées de côté : il leur manque ce qui les identifie',
  },
  'veeam-identity-forbidden':
    'l’utilisateur ne peut pas lire l’identité du serveur, {code} en tient donc lieu : il faut le rôle Backup Administrator',
  'veeam-hosts-unnamed': {
    one: '{count} proxy est laissé de côté, car rien ne dit le nom de sa machine : {proxies}',
    other: '{count} proxys sont laissés de côté, car rien ne dit les noms de leurs machines : {proxies}',
  },
  'veeam-other-objects': {
    one: '{count} objet sauvegardé n’est pas une machine et est laissé de côté : {types}',
    other: '{count} objets sauvegardés ne sont pas des machines et sont laissés de côté : {types}',
  },
  'veeam-objects-ambiguous': {
    one: '{count} objet sauvegardé peut appartenir à plusieurs machines du même nom et est laissé de côté : {names}',
    other:
      '{count} objets sauvegardés peuvent appartenir à plusieurs machines du même nom et sont laissés de côté : {names}',
  },
  'veeam-chains-unlisted': {
    one: '{count} sauvegarde n’énumère pas son contenu, ses machines ne connaissent donc pas son job : {names}',
    other:
      '{count} sauvegardes n’énumèrent pas leur contenu, leurs machines ne connaissent donc pas leurs jobs : {names}',
  },
  'veeam-points-unread':
    'les dernières sauvegardes des machines peuvent être plus anciennes ici qu’en réalité',
  'veeam-points-unmatched': {
    one: 'la dernière sauvegarde de {count} objet sauvegardé n’est pas certaine, car ses points de restauration portent d’autres noms',
    other:
      'les dernières sauvegardes de {count} objets sauvegardés ne sont pas certaines, car leurs points de restauration portent d’autres noms',
  },
}
