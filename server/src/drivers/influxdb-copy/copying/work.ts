import type { RetentionPolicy } from '../../../clients/influxdb/schema.ts'
import type { RunContext } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { Situation } from '../planning/plan.ts'
import type { DatabaseProgress } from '../planning/progress-so-far.ts'
import { isChosen, mayBeThere } from '../planning/way.ts'
import { type DatabaseContents, hasSeveralTypes, type Window, windowsOf } from '../planning/windows.ts'
import { say } from '../texts/texts.ts'
import type { Relayed } from './relay.ts'
import type { Tally } from './tally.ts'

/** A window to bring to the destination. */
export interface Work {
  readonly window: Window
  readonly how: 'compare' | 'fill'
  /** Its retention policy at both ends: the shorter one counts. */
  readonly policies: readonly RetentionPolicy[]
}

/** All that is left to do. */
export function workOf(
  { databases }: Situation,
  {
    progress,
    relayed,
    config,
  }: {
    progress: ReadonlyMap<string, DatabaseProgress>
    relayed: ReadonlyMap<string, Relayed>
    config: InfluxdbCopyConfig
  },
): Work[] {
  const work: Work[] = []
  for (const { surveyed, chosen } of databases) {
    const { source, destination } = surveyed
    const policies = [...source.policies, ...(destination?.policies ?? [])].map(({ policy }) => policy)
    const whole = relayed.get(source.name)
    for (const window of windowsOf(source, config)) {
      if (!isChosen(chosen, window) || progress.get(source.name)?.has(window)) continue
      const isWhole = whole !== undefined && !window.shardIds.some((id) => whole.left.has(id))
      // Whole shards were compared byte by byte; of mixed windows no statement can tell more.
      if (isWhole && (!config.verify || window.isMixed)) continue
      const how = whole || mayBeThere(destination, window) ? 'compare' : 'fill'
      const isMixed = window.isMixed || isMixedThere(destination, window)
      const kept = policies.filter(({ name }) => name === window.rp)
      work.push({ window: { ...window, isMixed }, how, policies: kept })
    }
  }
  return work
}

/** Whether the destination has cut the time of a window into shards of other types. */
function isMixedThere(destination: DatabaseContents | null, window: Window): boolean {
  const there = destination?.policies.find(({ policy }) => policy.name === window.rp)
  if (!there || !hasSeveralTypes(there.measurements.get(window.measurement))) return false
  const around = there.groups.filter((one) => one.startNs < window.endNs && window.startNs < one.endNs)
  return around.length > 1
}

/** Tells how far the windows are. The rest is reckoned from the time that those before have taken. */
export function reporter(cx: RunContext, totalItems: number): (tally: Tally, window: Window) => void {
  const startedAt = performance.now()
  let doneItems = 0
  return (tally, { measurement, rp }) => {
    const seconds = (performance.now() - startedAt) / 1000
    doneItems += 1
    cx.progress({
      step: 'copy-windows',
      doneItems,
      totalItems,
      movedBytes: tally.bytes,
      ...(seconds > 0 ? { bytesPerSecond: tally.bytes / seconds } : {}),
      etaSeconds: (seconds / doneItems) * (totalItems - doneItems),
      current: say('run.current', { measurement, policy: rp }),
    })
  }
}
