import { z } from 'zod'

/**
 * A sentence that can be said in every language: `key` and `values` find and fill its template in a catalog, and `text`
 * is the whole of it in English, for logs, the command line, and readers that do not know the key. Values are raw:
 * counts, bytes, milliseconds, shares from 0 to 1, UTC ISO instants, names and paths.
 */
export const keyedPhrase = z.object({
  text: z.string(),
  /** `disk-copy.plan.copy`: the namespace is a job kind, or `engine`. */
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type KeyedPhrase = z.infer<typeof keyedPhrase>

const phrasePart = z.union([z.string(), keyedPhrase])
export type PhrasePart = z.infer<typeof phrasePart>

/**
 * What a run says to people. A string is said as it is in every language: a path, a name, what another program wrote.
 * Of a list, which is one sentence of several clauses, each part is said behind the one before.
 */
export const phrase = z.union([phrasePart, z.array(phrasePart)])
export type Phrase = z.infer<typeof phrase>
