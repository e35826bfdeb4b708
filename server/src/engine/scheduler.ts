import type { JobSpec } from '@holdfast/contract'
import { dueSlots, nextSlot, replanAfterClockJump } from '../domain/schedule/slots.ts'
import type { EngineDeps } from './deps.ts'
import type { SlotDecision } from './ports.ts'

/** Jobs turned into runs per transaction. */
const BATCH = 200
/** The longest sleep: a job that another process added is found within this time. */
const LONGEST_SLEEP_MS = 500
/** A wall clock that goes differently from the monotonic one by more than this was set by hand or by NTP. */
const CLOCK_JUMP_MS = 30_000
const LAST_TICK = 'scheduler-last-tick'
const REMEMBER_TICK_MS = 60_000

export function firstSlot(spec: JobSpec, now: Date): Date | null {
  return spec.schedule ? nextSlot(spec.schedule, now) : null
}

/** What a due job becomes: a run, a record of what was missed, and its next slot. */
export function decideSlot(spec: JobSpec, nextRunAt: Date, now: Date): SlotDecision {
  if (!spec.schedule) return { run: null, missed: null, nextRunAt: null }
  const due = dueSlots(spec.schedule, nextRunAt, now)
  if (!due.missed) return { run: due.run, missed: null, nextRunAt: due.nextRunAt }
  const { firstAt, lastAt, count, countIsExact } = due.missed
  const span = count === 1 ? firstAt.toISOString() : `${firstAt.toISOString()} to ${lastAt.toISOString()}`
  const missed =
    count === 1 ? 'a slot was missed' : `${countIsExact ? count : `more than ${count}`} slots were missed`
  const message = `${missed} (${span}): no worker was running`
  return { run: due.run, missed: { lastAt, message }, nextRunAt: due.nextRunAt }
}

/** Turns due slots into runs. Several processes may do so at once: rows are locked, and a slot has one run. */
export class Scheduler {
  readonly #deps: EngineDeps
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #lastWall: number
  #lastMonotonic = performance.now()
  #rememberedAt = 0
  #running: Promise<void> = Promise.resolve()

  constructor(deps: EngineDeps) {
    this.#deps = deps
    this.#lastWall = deps.now().getTime()
  }

  async start(): Promise<void> {
    const last = await this.#deps.store.settings.get(LAST_TICK)
    if (typeof last === 'string' && new Date(last).getTime() > this.#deps.now().getTime() + CLOCK_JUMP_MS)
      await this.#replan()
    this.#schedule(0)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  #schedule(ms: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#running = this.#tick()
        .catch((error) => {
          this.#deps.log.error({ err: error }, 'the scheduler could not look for due jobs')
          return LONGEST_SLEEP_MS
        })
        .then((sleep) => this.#schedule(sleep))
    }, ms)
  }

  async #tick(): Promise<number> {
    const { store, now } = this.#deps
    await this.#watchClock()
    for (;;) {
      const at = now()
      const earliest = await store.runs.earliestSlot()
      const untilNext = earliest ? earliest.getTime() - at.getTime() : LONGEST_SLEEP_MS
      if (untilNext > 0 || this.#stopped) return Math.min(Math.max(untilNext, 10), LONGEST_SLEEP_MS)
      const taken = await store.runs.takeDue(at, BATCH, (job) => decideSlot(job.spec, job.nextRunAt, at))
      // Another process has them: it moves their slots on in a moment.
      if (taken === 0) return 50
    }
  }

  async #watchClock(): Promise<void> {
    const wall = this.#deps.now().getTime()
    const monotonic = performance.now()
    const jump = wall - this.#lastWall - (monotonic - this.#lastMonotonic)
    this.#lastWall = wall
    this.#lastMonotonic = monotonic
    if (jump < -CLOCK_JUMP_MS) await this.#replan()
    if (Math.abs(wall - this.#rememberedAt) > REMEMBER_TICK_MS) {
      this.#rememberedAt = wall
      await this.#deps.store.settings.set(LAST_TICK, this.#deps.now().toISOString())
    }
  }

  /** The clock was set back: slots computed from the wrong time may lie years ahead. */
  async #replan(): Promise<void> {
    const now = this.#deps.now()
    const moved = await this.#deps.store.objects.replan((spec, nextRunAt) =>
      spec.schedule && nextRunAt ? replanAfterClockJump(spec.schedule, nextRunAt, now) : nextRunAt,
    )
    this.#deps.log.warn({ moved }, 'the clock was set back; next slots were computed again')
  }
}
