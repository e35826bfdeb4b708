import { HoldfastError, type JsonValue, type Phrase } from '@holdfast/contract'
import type { RunContext } from '../../driver.ts'
import type { WindowOutcome } from '../copying/copy-window.ts'
import type { Destination } from '../destinations/destination.ts'
import { isoInstant } from '../points/file-names.ts'
import { say } from '../texts/texts.ts'

/** Windows that a report names; of the others it says how many there are. */
const MOST_NAMED = 100
const NAMES_IN_WARNING = 5
const MOST_LEFT_OUT = 12
const OTHER_NUMBERS =
  'Where another number is there for the same series and time, it stays: VictoriaMetrics overwrites nothing. Delete those series there (/api/v1/admin/tsdb/delete_series), or restore under another name.'

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
  /** Fields, `measurement.field`, of which values were left out. */
  readonly leftOut = new Set<string>()
  #tooOld = 0
  #differing: WindowOutcome[] = []
  #surplus: WindowOutcome[] = []
  #surplusCount = 0
  readonly #cx: RunContext
  readonly #destination: Destination
  readonly #totalItems: number
  readonly #startedAt = performance.now()

  constructor(cx: RunContext, destination: Destination, totalItems: number) {
    this.#cx = cx
    this.#destination = destination
    this.#totalItems = totalItems
  }

  /** All or some points of a window were left out. */
  addTooOld(): void {
    this.#tooOld += 1
  }

  add(one: WindowOutcome): void {
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

  #report({ window }: WindowOutcome): void {
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
      {
        // Only 1.x overwrites.
        ...(this.#destination.databases ? {} : { hint: OTHER_NUMBERS }),
        details: { differingCount: all.length, differing: all.slice(0, MOST_NAMED).map(asJson) },
      },
    )
  }

  summary(target: string): Phrase {
    const { windows, points } = this
    const { isReadBack, databases } = this.#destination
    if (!isReadBack) return say('restore.summaryUnproved', { windows, points, target })
    return databases
      ? say('restore.summary', { windows, points, target })
      : say('restore.summaryNumbers', { windows, points, target })
  }

  /** `outside`: windows with points that the destination does not keep; `lacking`: those that the restore point has not. */
  warn({ outside, lacking }: { outside: number; lacking: number }): void {
    const cx = this.#cx
    if (lacking > 0) cx.warn(say('restore.lacking', { count: lacking }))
    if (this.#tooOld > 0) cx.warn(say('restore.skipped', { count: this.#tooOld }))
    if (outside > 0) cx.warn(say('run.outside', { count: outside }))
    if (this.leftOut.size > 0) cx.warn(say('restore.stringsLeft', { names: this.#namesLeftOut() }))
    if (!this.#destination.isReadBack) cx.warn(say('run.cannotCompare'))
    if (this.#surplusCount === 0) return
    const names = this.#surplus
      .slice(0, NAMES_IN_WARNING)
      .map(named)
      .map(({ measurement, from }) => `${measurement} ${from}`)
      .join(', ')
    cx.warn(say('restore.surplus', { count: this.#surplusCount, names }))
  }

  #namesLeftOut(): string {
    const names = [...this.leftOut].sort()
    const more = names.length > MOST_LEFT_OUT ? [`… (${names.length})`] : []
    return [...names.slice(0, MOST_LEFT_OUT), ...more].join(', ')
  }

  details(): Record<string, JsonValue> {
    const surplus = this.#surplus.map(asJson)
    const leftOut = [...this.leftOut].sort().slice(0, MOST_NAMED)
    return { tooOld: this.#tooOld, leftOut, surplusCount: this.#surplusCount, surplus }
  }
}

function named({ window, differing, surplus }: WindowOutcome): Named {
  const { rp: policy, measurement, startNs, endNs } = window
  const fields = [...differing, ...surplus]
  return { policy, measurement, from: isoInstant(startNs), to: isoInstant(endNs), fields }
}

function asJson(one: WindowOutcome): JsonValue {
  const { fields, ...rest } = named(one)
  return { ...rest, fields: [...fields] }
}
