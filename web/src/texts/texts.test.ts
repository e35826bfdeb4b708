import { ERROR_CODES } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it as italian } from './it.ts'

type Texts = { readonly [key: string]: string | Texts }

const OTHERS: [string, Texts][] = Object.entries({ de, it: italian, fr, es })

/** Every text by its whole key: `shell.menu.jobs`. */
function flat(texts: Texts, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}

const interpolations = (text: string) => [...text.matchAll(/\{\{\s*([\w]+)/g)].map(([, name]) => name).sort()

const english = flat(en)

describe.each(OTHERS)('texts in %s', (_language, texts) => {
  const translated = flat(texts)

  it('have the keys of English', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('interpolate what English does', () => {
    const different = [...english].filter(([key, text]) => {
      // A singular may say "one" in words where another language writes the number.
      const names = interpolations(text).filter((name) => !(key.endsWith('_one') && name === 'count'))
      const others = interpolations(translated.get(key) ?? '').filter(
        (name) => !(key.endsWith('_one') && name === 'count'),
      )
      return names.join() !== others.join()
    })
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('are translated', () => {
    const sentences = [...english].filter(([, text]) => text.split(' ').length >= 4)
    const copied = sentences.filter(([key, text]) => translated.get(key) === text)
    expect(copied.map(([key]) => key)).toEqual([])
  })
})

/** Other words for what has one: the table in en.ts names it. A task is what a foreign system does. */
const OTHER_WORDS: [string, Texts, RegExp][] = [
  ['de', de, /Aufgabe|Tresor|Server-Job/],
  ['it', italian, /deposito|politica|criterio/i],
  ['fr', fr, /tâche|dépôt|stratégie/i],
  ['es', es, /tarea|almac[eé]n|depósito/i],
]

it.each(OTHER_WORDS)('has one word for one thing in %s', (_language, texts, other) => {
  const found = [...flat(texts)].filter(([, text]) => other.test(text))
  expect(found.map(([key, text]) => `${key}: ${text}`)).toEqual([])
})

it('has a text in English for every plural form', () => {
  const forms = [...english.keys()].filter((key) => key.endsWith('_other'))
  expect(forms.filter((key) => !english.has(key.replace(/_other$/, '_one')))).toEqual([])
})

it('has meaning and hint of every error code of the contract, and of none besides', () => {
  expect(Object.keys(en.errors).sort()).toEqual(Object.keys(ERROR_CODES).sort())
})
