import type { NotificationLanguage } from '@holdfast/contract'
import { de } from '../../web/src/texts/de.ts'
import { en } from '../../web/src/texts/en.ts'
import { es } from '../../web/src/texts/es.ts'
import { fr } from '../../web/src/texts/fr.ts'
import { it } from '../../web/src/texts/it.ts'
import type { Same } from '../../web/src/texts/same.ts'

type Texts = Same<typeof en>
type Tree = { readonly [key: string]: string | Tree }

const ALL: Record<NotificationLanguage, Texts> = { en, de, it, fr, es }

/** What the web application says in a language. */
export function textsOf(language: NotificationLanguage): Texts {
  return ALL[language]
}

/**
 * Texts and keys that nobody may see who reads `shown`: those of the other language which it has nowhere itself, and
 * keys, which stand where a text is missing.
 */
export function wordsOnlyOf(language: NotificationLanguage, shown: NotificationLanguage): Set<string> {
  const own = new Set(flat(ALL[shown]).map(([, text]) => text))
  const others = flat(ALL[language]).filter(([, text]) => !own.has(text) && !text.includes('{{'))
  const keys = flat(ALL[language]).flatMap(([key]) => [key, key.slice(key.indexOf('.') + 1)])
  return new Set([...others.map(([, text]) => text), ...keys.filter((key) => key.includes('.'))])
}

function flat(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const full = path === '' ? key : `${path}.${key}`
    return typeof value === 'string' ? [[full, value] as [string, string]] : flat(value, full)
  })
}
