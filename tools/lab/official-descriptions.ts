import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Beside, or above, the checkout of those who have them. Their licences keep them out of the repository. */
const FOLDER = join('shared', 'data')

/** Whether they are there at all. */
export function hasOfficialDescriptions(from: string = import.meta.dirname): boolean {
  if (existsSync(join(from, FOLDER))) return true
  const above = dirname(from)
  return above !== from && hasOfficialDescriptions(above)
}

/** The text of a vendor's description of an interface, or null where it is not there. */
export function officialText(name: string, from: string = import.meta.dirname): string | null {
  const file = join(from, FOLDER, name)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const above = dirname(from)
  return above === from ? null : officialText(name, above)
}

/** The same of one that is written in JSON. */
export function officialDescription(name: string, from?: string): unknown {
  const text = officialText(name, from)
  return text === null ? null : JSON.parse(text)
}
