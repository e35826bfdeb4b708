import type { Translated } from '@holdfast/contract'
import type { veeamEn } from './en.ts'

export const veeamEs: Translated<typeof veeamEn> = {
  'veeam-list-refused': 'la lista {list} no se puede leer: {reason}',
  'veeam-list-changed': 'la lista {list} cambió mientras se leía',
  'veeam-entries-left-out': {
    one: '{count} entrada de la lista {list} se omite: le falta lo que la identifica',
    other: '{count} entradas de la lista {list} se omiten: les falta lo que las identifica',
  },
  'veeam-identity-forbidden':
    'el usuario no puede leer la identidad del servidor, por eso {code} ocupa su lugar: hace falta el rol Backup Administrator',
  'veeam-hosts-unnamed': {
    one: '{count} proxy se omite, porque nada dice el nombre de su máquina: {proxies}',
    other: '{count} proxies se omiten, porque nada dice los nombres de sus máquinas: {proxies}',
  },
  'veeam-other-objects': {
    one: '{count} objeto respaldado no es una máquina y se omite: {types}',
    other: '{count} objetos respaldados no son máquinas y se omiten: {types}',
  },
  'veeam-objects-ambiguous': {
    one: '{count} objeto respaldado puede ser de varias máquinas con el mismo nombre y se omite: {names}',
    other:
      '{count} objetos respaldados pueden ser de varias máquinas con el mismo nombre y se omiten: {names}',
  },
  'veeam-chains-unlisted': {
    one: '{count} copia de seguridad no enumera lo que contiene, por eso sus máquinas no conocen su trabajo: {names}',
    other:
      '{count} copias de seguridad no enumeran lo que contienen, por eso sus máquinas no conocen sus trabajos: {names}',
  },
  'veeam-points-unread': 'las últimas copias de las máquinas pueden ser aquí más antiguas de lo que son',
  'veeam-points-unmatched': {
    one: 'la última copia de {count} objeto respaldado no es segura, porque sus puntos de restauración llevan otros nombres',
    other:
      'las últimas copias de {count} objetos respaldados no son seguras, porque sus puntos de restauración llevan otros nombres',
  },
}
