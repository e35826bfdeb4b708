import type { Translated } from '@holdfast/contract'
import type { veeamEn } from './en.ts'

export const veeamDe: Translated<typeof veeamEn> = {
  'veeam-list-refused': 'Die Liste {list} lässt sich nicht lesen: {reason}',
  'veeam-list-changed': 'Die Liste {list} hat sich beim Lesen geändert',
  'veeam-entries-left-out': {
    one: '{count} Eintrag der Liste {list} wird ausgelassen: ihm fehlt, woran man ihn erkennt',
    other: '{count} Einträge der Liste {list} werden ausgelassen: ihnen fehlt, woran man sie erkennt',
  },
  'veeam-identity-forbidden':
    'Der Benutzer darf die Identität des Servers nicht lesen, deshalb steht {code} für sie: nötig ist die Rolle Backup Administrator',
  'veeam-hosts-unnamed': {
    one: '{count} Proxy wird ausgelassen, weil nichts den Namen seiner Maschine nennt: {proxies}',
    other: '{count} Proxys werden ausgelassen, weil nichts die Namen ihrer Maschinen nennt: {proxies}',
  },
  'veeam-other-objects': {
    one: '{count} gesichertes Objekt ist keine Maschine und wird ausgelassen: {types}',
    other: '{count} gesicherte Objekte sind keine Maschinen und werden ausgelassen: {types}',
  },
  'veeam-objects-ambiguous': {
    one: '{count} gesichertes Objekt kann zu mehreren Maschinen gleichen Namens gehören und wird ausgelassen: {names}',
    other:
      '{count} gesicherte Objekte können zu mehreren Maschinen gleichen Namens gehören und werden ausgelassen: {names}',
  },
  'veeam-chains-unlisted': {
    one: '{count} Sicherung nennt ihren Inhalt nicht, deshalb ist ihr Job bei ihren Maschinen nicht bekannt: {names}',
    other:
      '{count} Sicherungen nennen ihren Inhalt nicht, deshalb sind ihre Jobs bei ihren Maschinen nicht bekannt: {names}',
  },
  'veeam-points-unread': 'Die letzten Sicherungen von Maschinen können hier älter sein, als sie sind',
  'veeam-points-unmatched': {
    one: 'Die letzte Sicherung von {count} gesicherten Objekt ist nicht sicher, weil seine Wiederherstellungspunkte andere Namen tragen',
    other:
      'Die letzten Sicherungen von {count} gesicherten Objekten sind nicht sicher, weil ihre Wiederherstellungspunkte andere Namen tragen',
  },
}
