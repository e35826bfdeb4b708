import { type CoverageState, durationMs } from '@holdfast/contract'
import { ageText } from './age-text.ts'

/** Up to this many times the RPO a restore point is late, beyond it the RPO is missed. */
export const LATE_FACTOR = 1.25

/** Clocks of two machines differ; a point from further ahead than this was dated by a wrong clock. */
export const CLOCK_SKEW_MS = 5 * 60_000

export interface CoverageInput {
  /** Restore points of one asset that the catalog knows, in any order. Good is every one that did not fail a check. */
  readonly points: readonly { readonly takenAt: string; readonly verifiedOk: boolean | null }[]
  /** The policy's RPO as a duration, such as `26h`. */
  readonly rpo: string | undefined
  readonly now: Date
  /** When the points were last seen on the vault: listed, or written by a run; null if never. */
  readonly listedAt: Date | null
}

export interface Coverage {
  state: CoverageState
  newestGoodAt: string | null
  /** Age of the newest good point, never negative; null when there is none. */
  ageMs: number | null
  /** For people, one sentence without a full stop. */
  reason: string
}

/**
 * Whether the newest good restore point of an asset is young enough: covered up to the RPO, late up to 1.25 times the
 * RPO, missed beyond. In this order: `no-policy` without an RPO; `never` without a good point; `unknown` when the vault
 * was not seen since the RPO began to run, as nobody can say what lies there now, or when the newest good point is dated
 * in the future, as its true age is anybody's guess.
 */
export function coverageOf(input: CoverageInput): Coverage {
  const nowMs = input.now.getTime()
  const good = input.points.filter((point) => point.verifiedOk !== false)
  const newestGoodAt = newestOf(good.map((point) => point.takenAt))
  const ageMs = newestGoodAt === null ? null : Math.max(0, nowMs - Date.parse(newestGoodAt))
  const answer = (state: CoverageState, reason: string): Coverage => ({ state, newestGoodAt, ageMs, reason })

  if (input.rpo === undefined) return answer('no-policy', 'no policy sets an RPO')
  if (newestGoodAt === null || ageMs === null) return answer('never', neverReason(input.points.length))

  const rpoMs = durationMs(input.rpo)
  if (input.listedAt === null) return answer('unknown', 'the vault was never seen with these restore points')
  const unseenMs = nowMs - input.listedAt.getTime()
  if (unseenMs > rpoMs)
    return answer(
      'unknown',
      `the vault was last seen ${ageText(unseenMs)} ago, longer than the RPO of ${input.rpo}`,
    )
  if (Date.parse(newestGoodAt) > nowMs + CLOCK_SKEW_MS) {
    return answer('unknown', 'the newest good restore point is dated in the future: a clock was wrong')
  }
  const age = `the newest good restore point is ${ageText(ageMs)} old`
  if (ageMs <= rpoMs) return answer('covered', `${age}, within the RPO of ${input.rpo}`)
  if (ageMs <= LATE_FACTOR * rpoMs) return answer('late', `${age}, a little over the RPO of ${input.rpo}`)
  return answer('missed', `${age}, far over the RPO of ${input.rpo}`)
}

function neverReason(pointCount: number): string {
  if (pointCount === 0) return 'there is no restore point yet'
  return `no good restore point: all ${pointCount} failed verification`
}

function newestOf(instants: readonly string[]): string | null {
  return instants.reduce<string | null>(
    (newest, instant) => (newest === null || Date.parse(instant) > Date.parse(newest) ? instant : newest),
    null,
  )
}
