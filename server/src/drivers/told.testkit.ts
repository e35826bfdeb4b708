import {
  ENGLISH,
  fillTemplate,
  notificationLanguage,
  type Phrase,
  type PhraseCatalogs,
  type PlanBase,
  phraseParts,
  titleIn,
} from '@holdfast/contract'
import type { RunResult } from './driver.ts'
import type { TestContext } from './test-context.ts'

const EMPTY: PhraseCatalogs = { en: {}, de: {}, it: {}, fr: {}, es: {} }

/** Everything that a driver told people in the course of its tests. */
export class Told {
  readonly #contexts: TestContext<unknown>[] = []
  readonly #plans: PlanBase[] = []
  readonly #results: RunResult[] = []

  context(cx: TestContext<unknown>): void {
    this.#contexts.push(cx)
  }

  plan(plan: PlanBase): void {
    this.#plans.push(plan)
  }

  result(result: RunResult): void {
    this.#results.push(result)
  }

  /**
   * What of it people could not read in every language, a line each. `what` of a plan's items and `current` of progress
   * may be a string, since they can be a bare name or path; nothing else may.
   */
  problems(kind: string, catalogs: PhraseCatalogs = EMPTY): string[] {
    const sentences = [
      ...this.#plans.flatMap(({ summary, items, guards }) => [
        summary,
        ...items.map(({ reason }) => reason),
        ...guards.map(({ message }) => message),
      ]),
      ...this.#results.map(({ summary }) => summary),
      ...this.#contexts.flatMap(({ said }) => said),
    ]
    const names = [
      ...this.#plans.flatMap(({ items }) => items.map(({ what }) => what)),
      ...this.#contexts.flatMap((cx) => cx.progressReports.flatMap(({ current }) => current ?? [])),
    ]
    const titles = [
      ...this.#contexts.flatMap(({ steps }) => steps.map((name) => ['step', name] as const)),
      ...this.#results.flatMap(({ counts }) => Object.keys(counts).map((name) => ['count', name] as const)),
      ...this.#results.flatMap(({ table }) =>
        (table?.columns ?? []).map((name) => ['column', name] as const),
      ),
      ...this.#plans.flatMap(({ guards }) => guards.map(({ code }) => ['guard', code] as const)),
    ]
    const found = [
      ...sentences.flatMap((said) => phraseProblems(said, kind, catalogs)),
      ...names
        .filter((said) => typeof said !== 'string')
        .flatMap((said) => phraseProblems(said, kind, catalogs)),
      ...titles.flatMap(([group, name]) =>
        notificationLanguage.options
          .filter((language) => titleIn(named(kind, catalogs[language]), kind, group, name) === undefined)
          .map((language) => `${language}: no title ${group}.${name}`),
      ),
    ]
    return [...new Set(found)]
  }
}

function phraseProblems(said: Phrase, kind: string, catalogs: PhraseCatalogs): string[] {
  return phraseParts(said).flatMap((part) => {
    if (typeof part === 'string') return [`is said in one language only: ${part}`]
    if (!part.key.startsWith(`${kind}.`)) return [`is not of this kind: ${part.key}`]
    const key = part.key.slice(kind.length + 1)
    return notificationLanguage.options.flatMap((language) => {
      const template = catalogs[language][key]
      const text = template === undefined ? null : fillTemplate(template, part.values, ENGLISH)
      return text === null ? [`${language}: cannot say ${key}`] : []
    })
  })
}

function named(kind: string, catalog: PhraseCatalogs['en']): PhraseCatalogs['en'] {
  return Object.fromEntries(Object.entries(catalog).map(([key, text]) => [`${kind}.${key}`, text]))
}
