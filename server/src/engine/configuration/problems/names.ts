import { type ConfigDocument, type ConfigProblem, OBJECT_KINDS, type ObjectKind } from '@holdfast/contract'
import { suggestion } from '../../../kit/text/nearest-word.ts'

/** Names that may be referred to although the document does not define them: what is in force already. */
export type ExistingNames = { readonly [K in ObjectKind]?: readonly string[] }

export type Place = Pick<ConfigProblem, 'kind' | 'index' | 'path'>
export type Names = Record<ObjectKind, string[]>

export function knownNames(document: ConfigDocument, existing: ExistingNames): Names {
  const entries = OBJECT_KINDS.map((kind) => {
    const own = document[kind].map((object) => object.name)
    return [kind, [...new Set([...own, ...(existing[kind] ?? [])])]] as const
  })
  return Object.fromEntries(entries) as Names
}

const WORDS: Record<ObjectKind, string> = {
  nodes: 'node',
  vaults: 'vault',
  policies: 'policy',
  notifications: 'notification',
  jobs: 'job',
}

export function unknownName(place: Place, wanted: ObjectKind, name: string, names: Names): ConfigProblem[] {
  if (names[wanted].includes(name)) return []
  const message = `no ${WORDS[wanted]} is called "${name}"`
  const hint = suggestion(name, names[wanted]) ?? `Define it under \`${wanted}\`.`
  return [{ ...place, message, hint }]
}
