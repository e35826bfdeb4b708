import { HoldfastError, type JsonValue } from '@holdfast/contract'
import type { RunContext } from '../../driver.ts'
import { say } from '../texts/texts.ts'
import type { Finished } from './commit.ts'
import { lackingText } from './saving/lacking.ts'

const NAMES_IN_WARNING = 5
const MOST_NAMED = 100

/** Whether it is worth a restore point: not when of all that the database holds nothing could be read. */
export function isWorthKeeping({ saved, listed }: Finished): boolean {
  return listed.windows > 0 || saved.lacking.count === 0
}

/** Throws what the server said first when there is nothing to make a restore point of. */
export function refuseNothing(finished: readonly Finished[]): void {
  const [first] = finished.flatMap(({ saved: { lacking } }) => lacking.named)
  const code = finished.flatMap(({ saved: { lacking } }) => lacking.first ?? [])[0]?.code
  if (!first || !code || finished.some(isWorthKeeping)) return
  const lacking = lackingOf(finished)
  const { lackingCount } = lacking
  throw new HoldfastError(
    code,
    `no restore point is made, for ${lackingCount} windows could not be read and nothing else is there; the first: ${lackingText(first)}`,
    {
      hint: 'Find out why the server refuses to read there: its log tells more. The next run tries again.',
      details: lacking,
    },
  )
}

/** Names the windows that could not be read. */
export function warnOfLacking(cx: RunContext, finished: readonly Finished[]): void {
  for (const one of finished) {
    const { found, lacking } = one.saved
    const { count } = lacking
    if (count === 0) continue
    const names = lacking.named.slice(0, NAMES_IN_WARNING).map(lackingText).join('; ')
    const facts = { count, database: found.name, names }
    cx.warn(isWorthKeeping(one) ? say('vault.lacking', facts) : say('vault.notSaved', facts))
  }
}

/** Damage that was met on the way: of what is not read again nobody knows. */
export function warnOfRotten(cx: RunContext, finished: readonly Finished[]): void {
  for (const { saved } of finished) {
    const { found, rotten } = saved
    if (rotten.length === 0 || !found.previous) continue
    const { location } = found.previous.point
    const names = rotten.slice(0, NAMES_IN_WARNING).join(', ')
    cx.warn(say('vault.rotten', { count: rotten.length, location, names }))
    cx.log.error('files of the restore point before are damaged', {
      location,
      count: rotten.length,
      first: rotten.slice(0, MOST_NAMED),
    })
  }
}

/** For a report. */
export function lackingOf(finished: readonly Finished[]): { lackingCount: number; lacking: JsonValue } {
  const lacking = finished.flatMap(({ saved }) =>
    saved.lacking.named.map((one) => ({ database: saved.found.name, ...one })),
  )
  return {
    lackingCount: finished.reduce((sum, { saved }) => sum + saved.lacking.count, 0),
    lacking: lacking.slice(0, MOST_NAMED),
  }
}
