import { type CardAnswer, cardAnswer } from './answers.ts'
import { type CmdbuildServer, part } from './connect.ts'
import { reasonOfRefusal } from './errors.ts'
import { readPages } from './pages.ts'

export type { CardAnswer } from './answers.ts'

/** Named with the attributes: the list names all that is to be answered, id and class too. */
const SYSTEM = ['Id', 'IdClass', 'BeginDate']

/** Lookups and references by their id; null clears. */
export type Values = Readonly<Record<string, string | number | boolean | null>>

/** All cards of a class and of those below it, of each only these attributes; see {@link readPages} for `keep`. */
export async function readCards<Kept>(
  server: CmdbuildServer,
  asked: { className: string; attributes: readonly string[]; signal: AbortSignal },
  keep: (card: CardAnswer) => Kept | null,
): Promise<Kept[]> {
  const { className, attributes, signal } = asked
  const query = { attrs: [...SYSTEM, ...attributes].join(',') }
  const what = `read the cards of ${className}`
  const request = { path: cardsOf(className), query, what, signal, pageSize: server.pageSize }
  return await readPages(server, request, cardAnswer, keep)
}

/** Gives the card as it is now stored: what the server does not take, it leaves out without a word. */
export async function createCard(
  server: CmdbuildServer,
  { className, values, signal }: { className: string; values: Values; signal: AbortSignal },
): Promise<CardAnswer> {
  const what = `create a card of ${className}`
  const request = { method: 'POST', path: cardsOf(className), json: values, what, signal } as const
  return await server.one(request, cardAnswer)
}

/** Changes only the values that are given; nothing is stored, and no history made, where they are there already. */
export async function updateCard(
  server: CmdbuildServer,
  card: { className: string; id: number; values: Values; signal: AbortSignal },
): Promise<CardAnswer> {
  const { className, id, values, signal } = card
  const what = `change the card ${id} of ${className}`
  const request = { method: 'PUT', path: `${cardsOf(className)}/${id}`, json: values, what, signal } as const
  return await server.one(request, cardAnswer)
}

/** A card that is not there is deleted: what deletes may be sent twice, and somebody else may have been quicker. */
export async function deleteCard(
  server: CmdbuildServer,
  { className, id, signal }: { className: string; id: number; signal: AbortSignal },
): Promise<void> {
  const path = `${cardsOf(className)}/${id}`
  try {
    const what = `delete the card ${id} of ${className}`
    await server.done({ method: 'DELETE', path, what, signal })
  } catch (error) {
    const reason = reasonOfRefusal(error)
    if (reason === 'absent') return
    // Version 4 does not say what is wrong with a card that is not there. To read it is refused just the same.
    if (reason !== 'other' || (await isThere(server, path, signal))) throw error
  }
}

async function isThere(server: CmdbuildServer, path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await server.one({ method: 'GET', path, what: 'read a card', signal }, cardAnswer)
    return true
  } catch (error) {
    if (reasonOfRefusal(error) === null) throw error
    return false
  }
}

function cardsOf(className: string): string {
  return `/classes/${part(className)}/cards`
}
