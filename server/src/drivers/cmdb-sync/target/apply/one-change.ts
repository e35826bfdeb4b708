import { HoldfastError } from '@holdfast/contract'
import { createCard, deleteCard, updateCard } from '../../../../clients/cmdbuild/cards.ts'
import type { CmdbuildServer } from '../../../../clients/cmdbuild/connect.ts'
import { reasonOfRefusal } from '../../../../clients/cmdbuild/errors.ts'
import { createRelation, deleteRelation, isRelated } from '../../../../clients/cmdbuild/relations.ts'
import type { Change, CreateCard, Relate, UpdateCard } from '../../model/changes.ts'
import { notTakenOf } from './echo.ts'
import type { MadeCards } from './made-cards.ts'

export interface Applying {
  readonly server: CmdbuildServer
  readonly made: MadeCards
  readonly signal: AbortSignal
}

/** Does one change, and gives the attributes that the server did not take. Throws `CardNotMade` and what the client does. */
export async function applyChange(cx: Applying, change: Change): Promise<string[]> {
  const { server, signal } = cx
  switch (change.do) {
    case 'create':
      return await applyCreate(cx, change)
    case 'update':
      return await applyUpdate(cx, change)
    case 'delete':
      await deleteCard(server, { className: change.className, id: change.card, signal })
      return []
    case 'relate':
      await applyRelate(cx, change)
      return []
    case 'unrelate':
      await deleteRelation(server, { domain: change.domain, id: change.relation, signal })
      return []
  }
}

/** To be called in the order of the plan: whoever refers to the card finds it begun. */
async function applyCreate({ server, made, signal }: Applying, change: CreateCard): Promise<string[]> {
  const { className } = change
  const { settle } = made.begin(change.number)
  try {
    const values = await made.values(change.values)
    const card = await createCard(server, { className, values, signal })
    // A text of an answer is one of its own, however often it comes.
    settle({ className: card._type === className ? className : card._type, id: card._id })
    return notTakenOf(values, card)
  } finally {
    // Nothing happens when it is settled already.
    settle(null)
  }
}

async function applyUpdate({ server, made, signal }: Applying, change: UpdateCard): Promise<string[]> {
  const after = Object.entries(change.values).map(([name, value]) => [name, value.after] as const)
  const values = await made.values(Object.fromEntries(after))
  const { className, card: id } = change
  return notTakenOf(values, await updateCard(server, { className, id, values, signal }))
}

/** A relation that is there already is what was wanted: version 4 does not say so, but answers with any error of its own. */
async function applyRelate({ server, made, signal }: Applying, change: Relate): Promise<void> {
  const relation = {
    domain: change.domain,
    source: await made.end(change.from),
    destination: await made.end(change.to),
  }
  try {
    await createRelation(server, relation, signal)
  } catch (error) {
    const isPerhapsThere = reasonOfRefusal(error) !== null && statusOf(error) === 500
    if (!isPerhapsThere || !(await isRelated(server, relation, signal))) throw error
  }
}

function statusOf(error: unknown): unknown {
  return error instanceof HoldfastError ? error.details?.status : undefined
}
