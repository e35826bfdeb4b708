import type { Phrase, RetentionLine, RetentionRules } from '@holdfast/contract'
import { say } from '../phrases/engine-phrases.ts'
import { zonedTime } from '../zoned-time.ts'
import { KEEP_RULES } from './keep-rules.ts'

export interface RetentionPoint {
  readonly id: string
  /** UTC ISO instant. */
  readonly takenAt: string
  /** False when its last verification failed; a point that nobody verified yet is good. */
  readonly good: boolean
  readonly protected: boolean
  /** A restore or a check is reading it right now. */
  readonly inUse: boolean
  /** Made by a run that somebody started, not by the schedule. */
  readonly byHand: boolean
}

/**
 * Decides which restore points of one asset in one vault stay, and why; newest first, points of the same instant by
 * descending id. Pure: the same points and rules give the same lines, whenever asked.
 *
 * - Without rules, or with none above 0, everything stays.
 * - Without a single good point, everything stays: a damaged copy is worth more than none.
 * - Only good points count for the keep rules: a damaged one never uses up the place of a good one. A protected point
 *   does count, as it is as usable as any other.
 * - A point stays if any rule wants it, if it is protected, if it is in use, or if it is the newest good one.
 * - A point that the schedule made also stays if the rules would want it without those made by hand: whoever may start
 *   runs cannot push history out with them.
 * - A damaged point goes once a newer good one exists; until then it is the newest state there is, and stays.
 *
 * Rules count periods that hold a point, not time since now: a job that stands still loses nothing, and deciding again
 * on what stayed removes nothing more.
 */
export function decideRetention(
  points: readonly RetentionPoint[],
  rules: RetentionRules | undefined,
): RetentionLine[] {
  const sorted = points.toSorted(newestFirst)
  const good = sorted.filter((point) => point.good)
  const newestGood = good[0]
  if (!rules || !hasKeepRule(rules)) return keepAll(sorted, say('retention.noRules'))
  if (!newestGood) return keepAll(sorted, say('retention.noneGood'))

  const wanted = reasonsOfRules(good, rules)
  const scheduled = good.filter((point) => !point.byHand)
  const wantedOfScheduled = reasonsOfRules(scheduled, rules)
  const newestGoodIndex = sorted.indexOf(newestGood)
  return sorted.map((point, index) => {
    const reasons = [...(wanted.get(point.id) ?? [])]
    if (reasons.length === 0 && wantedOfScheduled.has(point.id)) reasons.push(say('retention.besideByHand'))
    if (point === newestGood) reasons.push(say('retention.newestGood'))
    if (!point.good && index < newestGoodIndex) reasons.push(say('retention.newestDamaged'))
    if (point.protected) reasons.push(say('retention.protected'))
    if (point.inUse) reasons.push(say('retention.inUse'))
    if (reasons.length > 0) return line(point, true, reasons)
    return line(point, false, [say(point.good ? 'retention.unwanted' : 'retention.damaged')])
  })
}

/** The points that the keep rules want, each with the reasons of every rule that wants it. */
function reasonsOfRules(good: readonly RetentionPoint[], rules: RetentionRules): Map<string, Phrase[]> {
  const timeZone = rules.timeZone ?? 'UTC'
  const dated = good.map((point) => ({ id: point.id, at: zonedTime(point.takenAt, timeZone) }))
  const wanted = new Map<string, Phrase[]>()
  for (const rule of KEEP_RULES) {
    for (const [id, reason] of rule(dated, rules)) {
      wanted.set(id, [...(wanted.get(id) ?? []), reason])
    }
  }
  return wanted
}

function hasKeepRule(rules: RetentionRules): boolean {
  return Object.values(rules).some((value) => typeof value === 'number' && value > 0)
}

function keepAll(points: readonly RetentionPoint[], reason: Phrase): RetentionLine[] {
  return points.map((point) => line(point, true, [reason]))
}

function line(point: RetentionPoint, keep: boolean, reasons: Phrase[]): RetentionLine {
  return { restorePointId: point.id, takenAt: point.takenAt, keep, reasons }
}

function newestFirst(a: RetentionPoint, b: RetentionPoint): number {
  const byTime = Date.parse(b.takenAt) - Date.parse(a.takenAt)
  if (byTime !== 0) return byTime
  if (a.id === b.id) return 0
  return a.id < b.id ? 1 : -1
}
