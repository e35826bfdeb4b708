import { type NotificationLanguage, notificationLanguage } from '../config/notification.ts'
import { HoldfastError } from '../errors.ts'
import { ENGLISH } from './english.ts'
import type { KeyedPhrase, Phrase, PhrasePart } from './phrase.ts'
import { partSeparator, phraseParts } from './phrase-text.ts'
import {
  fillTemplate,
  type PhraseFormat,
  type PluralForms,
  type Template,
  type ValuesOf,
} from './template.ts'

/**
 * Sentences by key. Keys of some groups name things rather than say something, and have no slots: `step.copy` is the
 * title of the step `copy`, `count.changed` that of a count of the report, `column.before` that of a column of its table,
 * `value.action.create` what the cell `create` of its column `action` is called, `guard.source-empty` the title of a guard.
 */
export type PhraseCatalog = Readonly<Record<string, Template>>
export type PhraseCatalogs = Readonly<Record<NotificationLanguage, PhraseCatalog>>

/** The same catalog in another language: every key, and forms only where English has them. */
export type Translated<Catalog extends PhraseCatalog> = {
  readonly [Key in keyof Catalog]: Catalog[Key] extends string ? string : PluralForms
}

export type PhraseGroup = 'step' | 'count' | 'guard' | 'column' | 'value'

type ValueArguments<T extends Template> = keyof ValuesOf<T> extends never ? [] : [values: ValuesOf<T>]

/** Says a sentence of one catalog: a key it does not have, or a value too few, does not compile. */
export type Say<Catalog extends PhraseCatalog> = <Key extends keyof Catalog & string>(
  key: Key,
  ...values: ValueArguments<Catalog[Key]>
) => KeyedPhrase

/** `namespace` is the job kind, or `engine`. */
export function phrasesOf<const Catalog extends PhraseCatalog>(
  namespace: string,
  english: Catalog,
): Say<Catalog> {
  return (key, ...[values]) => {
    const filled: KeyedPhrase['values'] = { ...values }
    const text = fillTemplate(english[key] as Template, filled, ENGLISH)
    if (text !== null) return { text, key: `${namespace}.${key}`, values: filled }
    throw new HoldfastError('invariant-broken', `the phrase ${namespace}.${key} was not given its values`)
  }
}

/** The catalogs of all namespaces in one for each language, each key behind its namespace. */
export function joinCatalogs(namespaces: Readonly<Record<string, PhraseCatalogs>>): PhraseCatalogs {
  const joined = (language: NotificationLanguage): PhraseCatalog =>
    Object.fromEntries(
      Object.entries(namespaces).flatMap(([namespace, catalogs]) =>
        Object.entries(catalogs[language]).map(([key, template]) => [`${namespace}.${key}`, template]),
      ),
    )
  const languages = notificationLanguage.options.map((language) => [language, joined(language)])
  return Object.fromEntries(languages) as PhraseCatalogs
}

/** A part of a phrase as a reader gets it; what is not translated is English, or of no language. */
export interface SaidPart {
  readonly text: string
  readonly isTranslated: boolean
}

/** The parts of a phrase in the language of a catalog whose keys bear their namespaces. */
export function sayParts(said: Phrase, catalog: PhraseCatalog, format: PhraseFormat): SaidPart[] {
  return phraseParts(said).map((part) => sayPart(part, catalog, format))
}

function sayPart(part: PhrasePart, catalog: PhraseCatalog, format: PhraseFormat): SaidPart {
  if (typeof part === 'string') return { text: part, isTranslated: false }
  const template = templateOf(catalog, part.key)
  const text = template === undefined ? null : fillTemplate(template, part.values, format)
  return text === null ? { text: part.text, isTranslated: false } : { text, isTranslated: true }
}

export function sayIn(said: Phrase, catalog: PhraseCatalog, format: PhraseFormat): string {
  return sayParts(said, catalog, format)
    .map(({ text }) => text)
    .join(partSeparator(format.locale))
}

/** What a step, a count, a column or a guard is called: by the job's own kind, else by the engine; undefined when neither knows. */
export function titleIn(
  catalog: PhraseCatalog,
  kind: string,
  group: PhraseGroup,
  name: string,
): string | undefined {
  const title =
    templateOf(catalog, `${kind}.${group}.${name}`) ?? templateOf(catalog, `engine.${group}.${name}`)
  return typeof title === 'string' ? title : undefined
}

function templateOf(catalog: PhraseCatalog, key: string): Template | undefined {
  return Object.hasOwn(catalog, key) ? catalog[key] : undefined
}
