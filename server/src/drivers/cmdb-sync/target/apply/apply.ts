import { asHoldfastError, type ErrorCode } from '@holdfast/contract'
import type { CmdbuildServer } from '../../../../clients/cmdbuild/connect.ts'
import { throwIfCanceled } from '../../../../kit/exec.ts'
import type { Change } from '../../model/changes.ts'
import { CardNotMade, MadeCards } from './made-cards.ts'
import { type Applying, applyChange } from './one-change.ts'
import { stagesOf } from './stages.ts'

export interface Applied {
  readonly done: number
  readonly failed: readonly {
    readonly change: Change
    readonly error: { code: ErrorCode; message: string }
  }[]
  /** Because the card of that number was not made. */
  readonly skipped: readonly { readonly change: Change; readonly because: number }[]
  /** Done, but CMDBuild left these attributes as they were. */
  readonly notTaken: readonly { readonly change: Change; readonly attributes: readonly string[] }[]
}

export interface ApplyOptions {
  /** How many changes go on at the same time. */
  readonly writers: number
  readonly signal: AbortSignal
  /** After each change that was done; `count` is how many were until now. */
  readonly onDone: (change: Change, count: number) => void
}

/** What is about one card alone; anything else would happen to the others too. */
const OF_ONE_ITEM = new Set<ErrorCode>(['node-refused', 'privilege-missing'])

/**
 * Makes the changes of a plan in their order, stage by stage, several of a stage at the same time. What goes wrong with
 * one item is a result, and what depends on it is skipped. Everything else ends it with an error, once what has begun
 * is over: a lost answer above all, after which nobody knows what was stored. A fresh plan sees what was.
 */
export async function applyChanges(
  server: CmdbuildServer,
  changes: readonly Change[],
  { writers, signal, onDone }: ApplyOptions,
): Promise<Applied> {
  const results = new Results(changes, onDone)
  const cx = { server, made: new MadeCards(), signal }
  for (const stage of stagesOf(changes)) await applyStage(cx, stage, writers, results)
  return results.applied()
}

async function applyStage(
  cx: Applying,
  stage: readonly Change[],
  writers: number,
  results: Results,
): Promise<void> {
  const queue = stage[Symbol.iterator]()
  let hasFailed = false
  const work = async (): Promise<void> => {
    for (const one of queue) {
      if (hasFailed) return
      try {
        throwIfCanceled(cx.signal)
        await applyOne(cx, one, results)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.max(1, writers) }, work))
  const failed = ended.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

async function applyOne(cx: Applying, one: Change, results: Results): Promise<void> {
  try {
    results.done(one, await applyChange(cx, one))
  } catch (error) {
    if (error instanceof CardNotMade) return results.skipped(one, error.because)
    const { code, message } = asHoldfastError(error)
    if (!OF_ONE_ITEM.has(code)) throw error
    results.failed(one, { code, message })
  }
}

/** In the order of the plan at the end, whichever change was over first. */
class Results {
  readonly #changes: readonly Change[]
  readonly #onDone: ApplyOptions['onDone']
  readonly #failed: Applied['failed'][number][] = []
  readonly #skipped: Applied['skipped'][number][] = []
  readonly #notTaken: Applied['notTaken'][number][] = []
  #count = 0

  constructor(changes: readonly Change[], onDone: ApplyOptions['onDone']) {
    this.#changes = changes
    this.#onDone = onDone
  }

  done(change: Change, attributes: readonly string[]): void {
    this.#count += 1
    if (attributes.length > 0) this.#notTaken.push({ change, attributes })
    this.#onDone(change, this.#count)
  }

  failed(change: Change, error: { code: ErrorCode; message: string }): void {
    this.#failed.push({ change, error })
  }

  skipped(change: Change, because: number): void {
    this.#skipped.push({ change, because })
  }

  applied(): Applied {
    return {
      done: this.#count,
      failed: this.#inOrder(this.#failed),
      skipped: this.#inOrder(this.#skipped),
      notTaken: this.#inOrder(this.#notTaken),
    }
  }

  #inOrder<T extends { readonly change: Change }>(all: readonly T[]): readonly T[] {
    if (all.length < 2) return all
    const places = new Map(this.#changes.map((change, index) => [change, index]))
    return all.toSorted((a, b) => (places.get(a.change) ?? 0) - (places.get(b.change) ?? 0))
  }
}
