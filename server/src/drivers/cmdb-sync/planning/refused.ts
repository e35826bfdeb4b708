import type { KeyedPhrase } from '@holdfast/contract'
import type { Change, Tally, UpdateCard } from '../model/changes.ts'
import type { CardValue } from '../model/cmdb.ts'
import type { Mapping } from '../model/mapping.ts'
import type { Applied } from '../target/apply/apply.ts'
import { say } from '../texts/texts.ts'

/** What a CMDB did not take although it took the card, by card and attribute: a trigger or a right stands against it. */
export type Refused = Readonly<Record<string, Refusal>>

export interface Refusal {
  readonly before: CardValue
  readonly after: CardValue
  readonly at: string
}

/** So long the same value is not written once more: each try would be a line in the history of the card. */
const TRIED_AGAIN_AFTER_MS = 7 * 86_400_000
const NAMES_TOLD = 3

export interface Accepted {
  readonly changes: readonly Change[]
  readonly tally: Tally
  readonly remarks: readonly KeyedPhrase[]
  /** What is still known to be refused. */
  readonly refused: Refused
}

/** Leaves out of a plan what would only be refused again, and cards of which nothing else is left. */
export function withoutRefused(
  { changes, tally }: { changes: readonly Change[]; tally: Tally },
  refused: Refused,
  { mapping, now }: { mapping: Mapping; now: Date },
): Accepted {
  const known = new Map<string, Refusal>()
  const names = new Set<string>()
  const counts: Record<string, KindCounts> = {}
  const kept = changes.flatMap((change): Change[] => {
    if (change.do !== 'update' || change.why === 'gone') return [change]
    const again = Object.keys(change.values).filter((attribute) => {
      const refusal = refused[placeOf(change, attribute)]
      const isSame = refusal !== undefined && isRefused(change, attribute, refusal, now)
      if (isSame) known.set(placeOf(change, attribute), refusal)
      return isSame
    })
    if (again.length === 0) return [change]
    names.add(change.name)
    const left = Object.fromEntries(Object.entries(change.values).filter(([name]) => !again.includes(name)))
    if (Object.keys(left).some((name) => !isStamp(mapping, change, name)))
      return [{ ...change, values: left }]
    const { updated, unchanged } = counts[change.kind] ?? tally[change.kind]
    counts[change.kind] = { updated: updated - 1, unchanged: unchanged + 1 }
    return []
  })
  const told = [...names].slice(0, NAMES_TOLD).join(', ') + (names.size > NAMES_TOLD ? ', …' : '')
  return {
    changes: kept,
    tally: Object.fromEntries(
      Object.entries(tally).map(([kind, one]) => [kind, { ...one, ...counts[kind] }]),
    ) as unknown as Tally,
    remarks: names.size > 0 ? [say('write.refused', { count: names.size, names: told })] : [],
    refused: Object.fromEntries(known),
  }
}

/** With what the CMDB did not take this time. */
export function refusedAfter(refused: Refused, { notTaken }: Pick<Applied, 'notTaken'>, now: Date): Refused {
  const added = notTaken.flatMap(({ change, attributes }) =>
    change.do !== 'update'
      ? []
      : attributes.flatMap((attribute): [string, Refusal][] => {
          const value = change.values[attribute]
          if (value === undefined || (typeof value.after === 'object' && value.after !== null)) return []
          return [
            [placeOf(change, attribute), { before: value.before, after: value.after, at: now.toISOString() }],
          ]
        }),
  )
  return { ...refused, ...Object.fromEntries(added) }
}

type KindCounts = { updated: number; unchanged: number }

function placeOf({ card }: UpdateCard, attribute: string): string {
  return `${card} ${attribute}`
}

function isRefused({ values }: UpdateCard, attribute: string, refusal: Refusal, now: Date): boolean {
  const value = values[attribute]
  const isOld = now.getTime() - Date.parse(refusal.at) >= TRIED_AGAIN_AFTER_MS
  return !isOld && value?.before === refusal.before && value.after === refusal.after
}

/** The instant of the change, which is no change by itself. */
function isStamp({ kinds }: Mapping, { kind, className }: UpdateCard, attribute: string): boolean {
  const fields = kinds[kind].classes.find((one) => one.className === className)?.fields ?? []
  return fields.some((field) => field.fact === 'updatedAt' && field.attribute === attribute)
}
