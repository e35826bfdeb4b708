import type { Phrase, PhraseGroup, SaidPart } from '@holdfast/contract'
import { Fragment } from 'react'
import { usePhrases } from './use-phrases.ts'

/** What a run says, in the reader's language; what is not translated is marked as English. */
export function Said({ phrase }: { phrase: Phrase }) {
  const { parts, separator } = usePhrases()
  return parts(phrase).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a phrase never change places
    <Fragment key={index}>
      {index > 0 && separator}
      <Part part={part} />
    </Fragment>
  ))
}

/** What a step, a count or a guard is called. */
export function Title({ kind, group, name }: { kind: string; group: PhraseGroup; name: string }) {
  return <Part part={usePhrases().title(kind, group, name)} />
}

function Part({ part: { text, isTranslated } }: { part: SaidPart }) {
  return isTranslated ? text : <span lang="en">{text}</span>
}
