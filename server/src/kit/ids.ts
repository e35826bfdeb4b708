import { randomBytes } from 'node:crypto'
import { ID_ALPHABET, ID_PREFIXES, type IdKind } from '@holdfast/contract'

/** A new id: prefix and 60 random bits. Short enough to type, unique enough for a primary key. */
export function newId(kind: IdKind): string {
  let text = ''
  for (const byte of randomBytes(12)) text += ID_ALPHABET[byte & 31]
  return `${ID_PREFIXES[kind]}_${text}`
}
