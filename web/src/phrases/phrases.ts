import {
  type Phrase,
  type PhraseCatalog,
  type PhraseFormat,
  type PhraseGroup,
  partSeparator,
  type SaidPart,
  sayIn,
  sayParts,
  titleIn,
} from '@holdfast/contract'
import { inWords } from '../format/in-words.ts'

/** What runs say, for one reader. */
export interface Phrases {
  /** The parts of a phrase, with what stands between them. */
  readonly separator: string
  parts(phrase: Phrase): SaidPart[]
  /** All of it as one text, for tips. */
  text(phrase: Phrase): string
  /** What a step, a count or a guard of a job kind is called; its name as words when nobody has a title for it. */
  title(kind: string, group: PhraseGroup, name: string): SaidPart
  /** What a cell of a report's table is called; as it is when nobody has a name for it. */
  value(kind: string, column: string, cell: string): string
  /** These in the order in which the job kind tells of them, what it does not tell of last. */
  inOrder(kind: string, group: PhraseGroup, names: readonly string[]): string[]
}

export function createPhrases(catalog: PhraseCatalog, format: PhraseFormat): Phrases {
  return {
    separator: partSeparator(format.locale),
    parts: (phrase) => sayParts(phrase, catalog, format),
    text: (phrase) => sayIn(phrase, catalog, format),
    title: (kind, group, name) => {
      const title = titleIn(catalog, kind, group, name)
      return { text: title ?? inWords(name), isTranslated: title !== undefined }
    },
    value: (kind, column, cell) => titleIn(catalog, kind, 'value', `${column}.${cell}`) ?? cell,
    inOrder: (kind, group, names) => {
      const told = Object.keys(catalog)
      const place = (name: string) => told.indexOf(`${kind}.${group}.${name}`)
      const [known, unknown] = [
        names.filter((name) => place(name) >= 0),
        names.filter((name) => place(name) < 0),
      ]
      return [...known.toSorted((a, b) => place(a) - place(b)), ...unknown]
    },
  }
}
