import type { Phrase, PhrasePart } from './phrase.ts'

export function phraseParts(said: Phrase): PhrasePart[] {
  return Array.isArray(said) ? said : [said]
}

/** What stands between two parts; French has a blank before a semicolon. */
export function partSeparator(locale: string): string {
  return locale.startsWith('fr') ? ' ; ' : '; '
}

/** The phrase in English. */
export function phraseText(said: Phrase): string {
  return phraseParts(said)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join(partSeparator('en'))
}
