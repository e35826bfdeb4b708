import { HoldfastError, type JsonValue } from '@holdfast/contract'
import type { RunContext } from '../../driver.ts'
import { isoInstant } from '../points/file-names.ts'
import { say } from '../texts/texts.ts'
import type { RestoredWindow } from './restore-window.ts'

/** Windows that a report names; of the others it says how many there are. */
const MOST_NAMED = 100
const NAMES_IN_WARNING = 5

interface Named {
  readonly policy: string
  readonly measurement: string
  readonly from: string
  readonly to: string
  readonly fields: readonly string[]
}

/** What has become of all windows of a restore. */
export class Restored {
  windows = 0
  copied = 0
  unchanged = 0
  points = 0
  values = 0
  bytes = 0
  #tooOld = 0
  #differing: RestoredWindow[] = []
  #surplus: RestoredWindow[] = []
  #surplusCount = 0
  readonly #cx: RunContext
  readonly #totalItems: number
  readonly #startedAt = performance.now()

  constructor(cx: RunContext, totalItems: number) {
    this.#cx = cx
    this.#totalItems = totalItems
  }

  /** All or some points of a window were left out. */
  addTooOld(): void {
    this.#tooOld += 1
  }

  add(one: RestoredWindow): void {
    this.windows += 1
    if (one.copied) this.copied += 1
    else this.unchanged += 1
    this.points += one.points
    this.values += one.values
    this.bytes += one.bytes
    if (one.differing.length > 0) this.#differing.push(one)
    else if (one.surplus.length > 0) {
      this.#surplusCount += 1
      if (this.#surplus.length < MOST_NAMED) this.#surplus.push(one)
    }
    this.#report(one)
  }

  #report({ window }: RestoredWindow): void {
    const seconds = (performance.now() - this.#startedAt) / 1000
    const totalItems = Math.max(this.#totalItems, this.windows)
    this.#cx.progress({
      step: 'restore-windows',
      doneItems: this.windows,
      totalItems,
      movedBytes: this.bytes,
      ...(seconds > 0 ? { bytesPerSecond: this.bytes / seconds } : {}),
      etaSeconds: (seconds / this.windows) * (totalItems - this.windows),
      current: say('run.current', { measurement: window.measurement, policy: window.rp }),
    })
  }

  /** `mayHoldMore`: there was data before, which nobody asked to delete. */
  throwDifferences(mayHoldMore: boolean): void {
    const all = mayHoldMore ? this.#differing : [...this.#differing, ...this.#surplus]
    const [first] = all
    if (!first) return
    const { policy, measurement, from, to, fields } = named(first)
    const where = `measurement "${measurement}" of retention policy "${policy}", ${from} to ${to}`
    throw new HoldfastError(
      'restore-differs',
      `${all.length} restored windows differ from the restore point; the first is ${where}, fields ${fields.join(', ')}`,
      { details: { differingCount: all.length, differing: all.slice(0, MOST_NAMED).map(asJson) } },
    )
  }

  warn(cx: RunContext): void {
    if (this.#tooOld > 0) cx.warn(say('restore.skipped', { count: this.#tooOld }))
    if (this.#surplusCount === 0) return
    const names = this.#surplus
      .slice(0, NAMES_IN_WARNING)
      .map(named)
      .map(({ measurement, from }) => `${measurement} ${from}`)
      .join(', ')
    cx.warn(say('restore.surplus', { count: this.#surplusCount, names }))
  }

  details(): Record<string, JsonValue> {
    const surplus = this.#surplus.map(asJson)
    return { tooOld: this.#tooOld, surplusCount: this.#surplusCount, surplus }
  }
}

function named({ window, differing, surplus }: RestoredWindow): Named {
  const { rp: policy, measurement, startNs, endNs } = window
  const fields = [...differing, ...surplus]
  return { policy, measurement, from: isoInstant(startNs), to: isoInstant(endNs), fields }
}

function asJson(one: RestoredWindow): JsonValue {
  const { fields, ...rest } = named(one)
  return { ...rest, fields: [...fields] }
}
