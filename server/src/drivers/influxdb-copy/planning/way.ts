import type { KeyedPhrase } from '@holdfast/contract'
import type { InfluxdbCopyConfig } from '../config.ts'
import { say } from '../texts/texts.ts'
import { changedShards, type DatabaseMemory, touchedShards } from './changed.ts'
import type { DatabaseProgress } from './progress-so-far.ts'
import { isEverything } from './select.ts'
import type { Surveyed } from './survey.ts'
import type { DatabaseContents, Window } from './windows.ts'

/** `relay`: whole shards. `fill`: everything over HTTP. `compare`: what differs, over HTTP. `nothing`: no shard has changed. */
export type Way = 'relay' | 'fill' | 'compare' | 'nothing'

export interface ChosenWay {
  readonly way: Way
  /** Clauses of one sentence. */
  readonly reason: KeyedPhrase[]
  /** Of the groups of shards that are looked at; null for all of them. */
  readonly groupIds: ReadonlySet<string> | null
}

/** Whether whole shards can be copied between the two nodes; else why not. */
export type RelayAnswer =
  | { readonly isPossible: true }
  | { readonly isPossible: false; readonly why: KeyedPhrase }

export interface Known {
  readonly config: InfluxdbCopyConfig
  readonly memory: DatabaseMemory | null
  readonly unfinished: DatabaseProgress | null
  /** Null where every database is there already. */
  readonly relay: RelayAnswer | null
}

export function chooseWay(surveyed: Surveyed, { config, memory, unfinished, relay }: Known): ChosenWay {
  const { destination } = surveyed
  if (destination === null) {
    if (relay?.isPossible) return { way: 'relay', reason: [say('plan.relay')], groupIds: null }
    return {
      way: 'fill',
      reason: [say('plan.fill'), say('why.new'), ...(relay ? [relay.why] : [])],
      groupIds: null,
    }
  }
  const all = (why: KeyedPhrase): ChosenWay => ({
    way: 'compare',
    reason: [say('plan.compareAll'), why],
    groupIds: null,
  })
  // What the unfinished one has written counts as changed by somebody else, and is compared.
  if (unfinished && !memory) return all(say('why.restarted'))
  if (!holdsAnything(destination))
    return { way: 'fill', reason: [say('plan.fill'), say('why.empty')], groupIds: null }
  if (config.mode === 'full') return all(say('why.full'))
  if (!memory) return all(say('why.firstRun'))
  return changedOnly(surveyed, memory, config)
}

function changedOnly(
  { source, sourceState, destination, destinationState }: Surveyed,
  memory: DatabaseMemory,
  config: InfluxdbCopyConfig,
): ChosenWay {
  const shards = Object.keys(sourceState.shards).length
  const changed = changedShards(memory.source, sourceState)
  const touched = destinationState ? touchedShards(memory.destination, destinationState) : new Set<string>()
  const groupIds = new Set<string>()
  for (const { policy, groups } of source.policies) {
    const there = destination?.policies.find((one) => one.policy.name === policy.name)?.groups ?? []
    for (const group of groups) {
      const overlapping = there.filter((one) => one.startNs < group.endNs && group.startNs < one.endNs)
      const isMissing = overlapping.length === 0 && isEverything(config)
      const isTouched = overlapping.some((one) => one.shardIds.some((id) => touched.has(id)))
      if (isMissing || isTouched || group.shardIds.some((id) => changed.has(id))) groupIds.add(group.id)
    }
  }
  if (groupIds.size === 0) return { way: 'nothing', reason: [say('plan.nothing', { shards })], groupIds }
  return { way: 'compare', reason: [say('plan.compare', { changed: groupIds.size, shards })], groupIds }
}

interface Unseen extends Pick<Known, 'config' | 'memory'> {
  /** Of the destination, where that matters. */
  readonly startedAt: string | null
  /** Whether the destination keeps any of these times by now. */
  readonly isKept: (times: Pick<Window, 'startNs' | 'endNs'>) => boolean
}

/** For a destination whose databases cannot be looked at. What is not on its disk yet is gone when it was started anew. */
export function chooseWayUnseen(
  { source, sourceState }: Surveyed,
  { config, memory, startedAt, isKept }: Unseen,
): ChosenWay {
  const all = (why: KeyedPhrase): ChosenWay => ({
    way: 'fill',
    reason: [say('plan.fill'), why],
    groupIds: null,
  })
  if (config.mode === 'full') return all(say('why.full'))
  if (!memory) return all(say('why.firstRun'))
  const shards = Object.keys(sourceState.shards).length
  const changed = changedShards(memory.source, sourceState)
  const lost = memory.unsettled?.startedAt === startedAt ? [] : (memory.unsettled?.groupIds ?? [])
  const groupIds = new Set(lost)
  const later = new Set(memory.unsettled?.laterGroupIds)
  for (const { groups } of source.policies)
    for (const group of groups) {
      const isNear = later.has(group.id) && isKept(group)
      if (isNear || group.shardIds.some((shard) => changed.has(shard))) groupIds.add(group.id)
    }
  if (groupIds.size === 0) return { way: 'nothing', reason: [say('plan.nothing', { shards })], groupIds }
  return { way: 'fill', reason: [say('plan.sendChanged', { changed: groupIds.size, shards })], groupIds }
}

export function isChosen({ groupIds }: Pick<ChosenWay, 'groupIds'>, window: Window): boolean {
  return groupIds === null || window.groupIds.some((id) => groupIds.has(id))
}

export function holdsAnything({ policies }: DatabaseContents): boolean {
  return policies.some(({ measurements }) => measurements.size > 0)
}

/** Whether anything can be at the destination in the time of a window. */
export function mayBeThere(destination: DatabaseContents | null, window: Window): boolean {
  const there = destination?.policies.find(({ policy }) => policy.name === window.rp)
  return there?.groups.some((group) => group.startNs < window.endNs && window.startNs < group.endNs) ?? false
}
