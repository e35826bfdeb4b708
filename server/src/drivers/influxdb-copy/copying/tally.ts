import { HoldfastError, type JsonValue } from '@holdfast/contract'
import type { RunContext } from '../../driver.ts'
import type { Window } from '../planning/windows.ts'
import { say } from '../texts/texts.ts'
import type { WindowOutcome } from './copy-window.ts'

/** Windows that a report names; of the others it says how many there are. */
const MOST_NAMED = 100

interface Named {
  database: string
  policy: string
  measurement: string
  from: string
  to: string
  fields: string[]
}

/** What has become of all windows. */
export class Tally {
  windows = 0
  copied = 0
  unchanged = 0
  /** Windows with points that the destination does not keep. */
  outside = 0
  points = 0
  values = 0
  bytes = 0
  readonly differing: Named[] = []
  readonly surplus: Named[] = []
  differingCount = 0
  surplusCount = 0
  /** Windows that were not copied, with what speaks against it. */
  refusedCount = 0
  readonly refused: (Named & { reason: string })[] = []

  add(outcome: WindowOutcome): void {
    this.windows += 1
    if (outcome.copied) this.copied += 1
    else this.unchanged += 1
    this.points += outcome.points
    this.values += outcome.values
    this.bytes += outcome.bytes
    if (outcome.differing.length > 0) {
      this.differingCount += 1
      name(this.differing, outcome.window, outcome.differing)
    } else if (outcome.surplus.length > 0) {
      this.surplusCount += 1
      name(this.surplus, outcome.window, outcome.surplus)
    }
  }

  refuse(window: Window, { message, details }: HoldfastError): void {
    this.windows += 1
    this.refusedCount += 1
    const field = details?.field
    const [named] = name([], window, typeof field === 'string' ? [field] : [])
    if (named && this.refused.length < MOST_NAMED) this.refused.push({ ...named, reason: message })
  }

  details(): Record<string, JsonValue> {
    return {
      surplus: this.surplus.map((one) => ({ ...one })),
      surplusCount: this.surplusCount,
    }
  }
}

function name(
  list: Named[],
  { database, rp, measurement, startNs, endNs }: Window,
  fields: readonly string[],
): Named[] {
  if (list.length >= MOST_NAMED) return list
  const [from, to] = [startNs, endNs].map((ns) => new Date(Number(ns / 1_000_000n)).toISOString())
  list.push({ database, policy: rp, measurement, from: from ?? '', to: to ?? '', fields: [...fields] })
  return list
}

/** No statement reads points whose field has another type in another shard of the same time: some would be lost or cast. */
export function mixedTypes({ measurement, rp }: Window): HoldfastError {
  const message = `"${measurement}" of retention policy "${rp}" has a field of several types in shards that overlap`
  return new HoldfastError('points-refused', message, {
    hint: 'The length of shards was changed there. Copy whole shards: into a new database, with the ports for backups of both nodes.',
  })
}

/** The others were copied first. */
export function throwRefused({ refused, refusedCount }: Tally): void {
  const [first] = refused
  if (!first) return
  throw new HoldfastError(
    'points-refused',
    `${refusedCount} windows could not be copied; the first: ${first.reason}`,
    {
      details: { refusedCount, refused: refused.map((one) => ({ ...one })) },
    },
  )
}

/** A difference that stays after a second copy is damage, or somebody else's writing: nobody can call it a copy. */
export function throwDifferences({ differing, differingCount }: Tally): void {
  const [first] = differing
  if (!first) return
  const { database, measurement, policy, from, to, fields } = first
  const where = `measurement "${measurement}" of retention policy "${policy}" in database "${database}", ${from} to ${to}`
  throw new HoldfastError(
    'copy-differs',
    `${differingCount} windows differ from the source; the first is ${where}, fields ${fields.join(', ')}`,
    { details: { differingCount, differing: differing.map((one) => ({ ...one })) } },
  )
}

const NAMES_IN_WARNING = 5

export function warnOfSurplus(
  cx: RunContext,
  { surplus, surplusCount }: Tally,
  phrase: 'run.surplus' | 'run.surplusSamples',
): void {
  if (surplusCount === 0) return
  const names = surplus
    .slice(0, NAMES_IN_WARNING)
    .map(({ measurement, from }) => `${measurement} ${from}`)
    .join(', ')
  cx.warn(say(phrase, { count: surplusCount, names }))
}
