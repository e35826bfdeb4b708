import { HoldfastError } from '@holdfast/contract'
import type { RunContext } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { WindowCopier } from '../destinations/destination.ts'
import type { OpenServers } from '../destinations/open.ts'
import type { Situation } from '../planning/plan.ts'
import type { DatabaseProgress } from '../planning/progress-so-far.ts'
import type { Window } from '../planning/windows.ts'
import { destinationNode, sourceNode } from '../servers.ts'
import type { WindowOutcome } from './copy-window.ts'
import { pointsCutOff } from './cut-off.ts'
import { WriteLane } from './lane.ts'
import { Pace, rest } from './pace.ts'
import type { Relayed } from './relay.ts'
import { withinRetention } from './retention.ts'
import type { Settling } from './settling.ts'
import { mixedTypes, Tally } from './tally.ts'
import { reporter, workOf } from './work.ts'

export interface Copying {
  readonly situation: Situation
  readonly progress: ReadonlyMap<string, DatabaseProgress>
  /** What came as whole shards, by database. */
  readonly relayed: ReadonlyMap<string, Relayed>
  readonly settling: Settling
  /** Writes down how far everything is. */
  readonly save: () => Promise<void>
}

const SAVE_EVERY_MS = 5000

/** Brings every window to the destination that is not there yet, several at once. */
export async function copyDatabases(
  cx: RunContext<InfluxdbCopyConfig>,
  servers: OpenServers,
  { situation, progress, relayed, settling, save }: Copying,
): Promise<Tally> {
  const { config } = cx.job
  const stop = new AbortController()
  const signal = AbortSignal.any([cx.signal, stop.signal])
  const { writers } = destinationNode(cx.job)
  const lane = new WriteLane(servers.destination, writers + 1)
  const pace = new Pace(config.maxPointsPerSecond)
  const reading = { server: servers.source, pageSize: config.pageSize, tags: config.tags, pace, signal }
  const copying = { reading, lane, signal, verify: config.verify && servers.destination.isReadBack }
  const { view } = situation
  const tally = new Tally()
  const work = workOf(situation, { progress, relayed, config })
  const report = reporter(cx, work.length)
  let savedAt = performance.now()
  let next = 0
  const copyOn = async () => {
    const copier = view.copier(copying)
    for (let one = work[next++]; one; one = work[next++]) {
      const { window, how, policies } = one
      const young = withinRetention(window, policies, new Date(cx.now().getTime() + situation.clockAheadMs))
      const kept = young && view.within ? view.within(young, cx.now()) : young
      if (young && kept !== young) {
        const cutOff = await pointsCutOff(reading, young, { kept, now: cx.now() })
        if (cutOff.before || cutOff.after) tally.outside += 1
        if (cutOff.after) settling.addLater(window)
      }
      const outcome = kept && (await copied(copier, kept, how))
      if (outcome instanceof HoldfastError) tally.refuse(window, outcome)
      else {
        if (outcome) tally.add(outcome)
        if (!outcome?.differing.length) settling.add(window)
      }
      report(tally, window)
      if (performance.now() - savedAt > SAVE_EVERY_MS) {
        savedAt = performance.now()
        await save()
      }
      await rest(config.pauseBetweenWindowsMs, signal)
    }
  }
  const lanes = sourceNode(cx.job).readers + (view.moreWindows ?? 0)
  const readers = Array.from({ length: lanes }, copyOn)
  try {
    await Promise.all(readers)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(readers)
    throw error
  } finally {
    await save()
  }
  return tally
}

/** What is refused of one window stops no other. */
async function copied(
  copier: WindowCopier,
  window: Window,
  how: 'compare' | 'fill',
): Promise<WindowOutcome | HoldfastError> {
  if (window.isMixed) return mixedTypes(window)
  try {
    return await copier.copy(window, how)
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'points-refused') return error
    throw error
  }
}
