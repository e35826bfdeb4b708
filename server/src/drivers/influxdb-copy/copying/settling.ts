import { HoldfastError } from '@holdfast/contract'
import type { Destination } from '../destinations/destination.ts'
import type { Unsettled } from '../planning/changed.ts'
import type { Window } from '../planning/windows.ts'
import { rest } from './pace.ts'

/** What a server took so long ago is on its disk: VictoriaMetrics writes every five seconds what it has in memory. */
const SETTLED_MS = 15_000

interface Proved {
  readonly window: Window
  readonly atMs: number
}

/**
 * Windows that were proven at a destination are confirmed once they would outlive a power cut there. With a destination
 * that stores before it answers, that is at once.
 */
export class Settling {
  readonly #destination: Pick<Destination, 'startedAt'>
  readonly #startedAt: string | null
  readonly #confirm: (window: Window) => void
  #proved: Proved[] = []
  readonly #later: Window[] = []

  constructor(
    destination: Pick<Destination, 'startedAt'>,
    { startedAt, confirm }: { startedAt: string | null; confirm: (window: Window) => void },
  ) {
    this.#destination = destination
    this.#startedAt = startedAt
    this.#confirm = confirm
  }

  add(window: Window): void {
    if (this.#destination.startedAt === undefined) this.#confirm(window)
    else this.#proved.push({ window, atMs: performance.now() })
  }

  /** A window with points that the destination does not take yet: they are too far in the future. */
  addLater(window: Window): void {
    this.#later.push(window)
  }

  /** Throws `node-unreachable` when the server has died meanwhile: nobody knows what it still has. */
  async settle(signal: AbortSignal): Promise<void> {
    const { startedAt } = this.#destination
    if (startedAt === undefined || this.#proved.length === 0 || signal.aborted) return
    const latestMs = performance.now() - SETTLED_MS
    await refuseNewStart(startedAt, this.#startedAt, signal)
    for (const { window, atMs } of this.#proved) if (atMs <= latestMs) this.#confirm(window)
    this.#proved = this.#proved.filter(({ atMs }) => atMs > latestMs)
  }

  /** What a database is to remember for the next run. */
  unsettledOf(database: string): { unsettled?: Unsettled } {
    if (this.#destination.startedAt === undefined) return {}
    const groupsOf = (windows: readonly Window[]) => {
      const ids = windows.filter((window) => window.database === database).flatMap((one) => one.groupIds)
      return [...new Set(ids)]
    }
    const groupIds = groupsOf(this.#proved.map(({ window }) => window))
    return { unsettled: { startedAt: this.#startedAt, groupIds, laterGroupIds: groupsOf(this.#later) } }
  }
}

/** Throws `node-unreachable` when the server is not the one any more that it was. */
async function refuseNewStart(
  startedAt: NonNullable<Destination['startedAt']>,
  before: string | null,
  signal: AbortSignal,
): Promise<void> {
  if ((await startedAt(signal)) === before) return
  const message = 'the destination was started anew in the middle: what it took last may be lost'
  throw new HoldfastError('node-unreachable', message, {
    hint: 'Start the run again: it sends once more what was not on the disk of the destination yet.',
  })
}

/**
 * Waits until what was sent last would outlive a power cut at the destination: nothing comes after a restore that would
 * notice a loss. Throws `node-unreachable` when the server has died meanwhile.
 */
export async function settled(
  { startedAt }: Pick<Destination, 'startedAt'>,
  before: { readonly startedAt: string | null; readonly sentAtMs: number },
  signal: AbortSignal,
): Promise<void> {
  if (startedAt === undefined) return
  await rest(before.sentAtMs + SETTLED_MS - performance.now(), signal)
  await refuseNewStart(startedAt, before.startedAt, signal)
}
