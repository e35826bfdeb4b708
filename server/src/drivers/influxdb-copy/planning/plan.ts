import type { KeyedPhrase, PlanBase, PlanGuard, PlanItem } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { clockOf, tagKeys } from '../../../clients/influxdb/schema.ts'
import type { Context } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { Times, View } from '../destinations/destination.ts'
import { type OpenServers, openServers } from '../destinations/open.ts'
import { destinationNode, sourceNode } from '../servers.ts'
import { say } from '../texts/texts.ts'
import { placeOf, readMemory, readPlaces } from './changed.ts'
import { type DatabaseProgress, type Relaying, readCheckpoint, readRelaying } from './progress-so-far.ts'
import { relayAnswer } from './relay-answer.ts'
import { fingerprintOf, type Surveyed, survey } from './survey.ts'
import { type ChosenWay, chooseWay, chooseWayUnseen, holdsAnything, isChosen, type Way } from './way.ts'
import { fieldsOfSeveralTypes, windowsOf } from './windows.ts'

export interface PlannedDatabase {
  readonly name: string
  readonly as: string
  readonly way: Way
  readonly windows: number
  /** There was no such database at the destination: the run makes it. */
  readonly isNew: boolean
  /** Of a vault: nothing is left of what was saved, and a person is asked about that. */
  readonly isEmptied?: boolean
}

export interface InfluxdbCopyPlan extends PlanBase {
  readonly databases: PlannedDatabase[]
}

/** All that a plan is made of, and that a run finds again before it begins. */
export interface Situation {
  readonly fingerprint: string
  readonly unfinished: ReadonlyMap<string, DatabaseProgress>
  readonly relaying: Relaying
  readonly view: View
  /** When the destination was started, where that matters. */
  readonly startedAt: string | null
  /** Milliseconds that the clock of the destination is ahead. */
  readonly clockAheadMs: number
  readonly databases: readonly {
    readonly surveyed: Surveyed
    readonly chosen: ChosenWay
    /** What of it differs at the destination. */
    readonly differs: readonly PlanItem[]
  }[]
}

const MOST_LINES = 20

export async function lookAt(
  cx: Context<InfluxdbCopyConfig>,
  { source, destination }: OpenServers,
): Promise<Situation> {
  const { config } = cx.job
  const [from, to] = [sourceNode(cx.job), destinationNode(cx.job)]
  const fingerprint = fingerprintOf(from.url, to.url, config)
  const memory = readMemory(cx.remembered, fingerprint)
  const unfinished = readCheckpoint(cx.checkpoint, fingerprint)
  const relaying = readRelaying(cx.checkpoint, to.url)
  const startedAt = (await destination.startedAt?.(cx.signal)) ?? null
  const server = destination.databases ?? null
  const found = (await survey({ source, destination: server }, config, cx.signal)).map((surveyed) =>
    isLeftover(surveyed, relaying)
      ? { ...surveyed, destination: null, destinationState: null, isLeftover: true }
      : surveyed,
  )
  const view = await destination.look({
    tagKeys: (db, rp) => tagKeys(source, { db, rp, signal: cx.signal }),
    databases: found.map((one) => one.source),
    config,
    now: cx.now(),
    signal: cx.signal,
  })
  const relay =
    server && found.some((one) => one.destination === null)
      ? await relayAnswer({ from, to, source, destination: server }, config, cx.signal)
      : null
  const isKept = (times: Times) => view.within?.(times, cx.now()) !== null
  const databases = found.map((one) => {
    const surveyed = view.fit ? { ...one, source: view.fit(one.source) } : one
    const { name } = surveyed.source
    const known = {
      config,
      memory: memory?.databases[name] ?? null,
      unfinished: unfinished.get(name) ?? null,
      relay,
    }
    const chosen = server
      ? chooseWay(surveyed, known)
      : chooseWayUnseen(surveyed, { ...known, startedAt, isKept })
    return { surveyed, chosen, differs: view.items?.(one.source, 'copy') ?? [] }
  })
  const clockAheadMs = server ? await clockAhead(server, cx) : 0
  return { fingerprint, unfinished, relaying, view, startedAt, clockAheadMs, databases }
}

/** A database that a dead attempt has made, with its shards alone, to which nobody has written since. */
function isLeftover({ source, destination, destinationState }: Surveyed, relaying: Relaying): boolean {
  const made = relaying.get(source.as)
  const shardIds =
    destination?.policies.flatMap(({ groups }) => groups.flatMap((group) => group.shardIds)) ?? []
  return (
    made !== undefined &&
    shardIds.length > 0 &&
    shardIds.every((id) => made.shardIds.includes(id)) &&
    destinationState?.startedAt === made.startedAt &&
    Object.values(destinationState.shards).every(({ writes }) => writes === 0)
  )
}

/** By how much the clock of the destination is ahead of ours: its retention policies go by its own. */
async function clockAhead(server: InfluxServer, cx: Context): Promise<number> {
  const there = await clockOf(server, { signal: cx.signal })
  return there.getTime() - cx.now().getTime()
}

export async function planInfluxdbCopy(cx: Context<InfluxdbCopyConfig>): Promise<InfluxdbCopyPlan> {
  await using servers = await openServers(cx)
  const situation = await lookAt(cx, servers)
  const places = readPlaces(cx.remembered)
  const { url, name: node } = destinationNode(cx.job)
  const databases = situation.databases.map((one) => plannedOf(one, cx.job.config))
  const windows = databases.reduce((sum, one) => sum + one.windows, 0)
  const guards = situation.databases.flatMap(({ surveyed: { source, destination } }): PlanGuard[] => {
    const isOurs = situation.unfinished.has(source.name) && !situation.relaying.has(source.as)
    const isKnown = places.includes(placeOf(url, source.as)) || isOurs
    if (isKnown || cx.job.config.destination?.existing === 'merge') return []
    if (destination === null || !holdsAnything(destination)) return []
    const names = new Set(destination.policies.flatMap(({ measurements }) => [...measurements.keys()]))
    const message = say('found.exists', { target: source.as, count: names.size })
    return [{ code: 'database-exists', message }]
  })
  return {
    summary: [say('plan.summary', { count: windows }), say('plan.databases', { count: databases.length })],
    items: situation.databases.flatMap((one) => itemsOf(one, situation.unfinished, node)),
    guards,
    expectedBytes: null,
    databases,
  }
}

type Chosen = Situation['databases'][number]

function plannedOf({ surveyed, chosen }: Chosen, config: InfluxdbCopyConfig): PlannedDatabase {
  const { source, destination } = surveyed
  let windows = 0
  for (const window of windowsOf(source, config)) if (isChosen(chosen, window)) windows += 1
  const { name, as } = source
  return { name, as, way: chosen.way, windows, isNew: destination === null }
}

function itemsOf(
  { surveyed: { source, sourceState, destination, isLeftover }, chosen, differs }: Chosen,
  unfinished: Situation['unfinished'],
  node: string,
): PlanItem[] {
  const { name: database, as: target } = source
  const bytes = Object.values(sourceState.shards).reduce((sum, { diskBytes }) => sum + diskBytes, 0)
  const expectedBytes = chosen.way === 'relay' ? bytes : null
  const count = unfinished.get(database)?.size ?? 0
  const resumed = [
    ...(isLeftover ? [say('plan.leftover', { target })] : []),
    ...(count > 0 ? [say('plan.resumed', { count })] : []),
  ]
  const severalTypes = fieldsOfSeveralTypes(source).slice(0, MOST_LINES)
  return [
    {
      what: say('plan.database', { database, target: `${node}/${target}` }),
      reason: [...chosen.reason, ...resumed],
      expectedBytes,
    },
    ...severalTypes.map(({ rp, measurement, field, types }) => ({
      what: say('plan.severalTypes', { field, measurement, policy: rp, types: types.join(', ') }),
      reason: say('plan.severalTypesReason'),
      expectedBytes: null,
    })),
    ...policyLines(source, destination),
    ...differs,
  ]
}

function policyLines(source: Surveyed['source'], destination: Surveyed['destination']): PlanItem[] {
  return source.policies.flatMap(({ policy }) => {
    const there = destination?.policies.find((one) => one.policy.name === policy.name)?.policy
    if (!there || (there.duration === policy.duration && there.shardDuration === policy.shardDuration))
      return []
    const what: KeyedPhrase = say('plan.policyDiffers', { policy: policy.name })
    const reason = say('plan.policyDurations', { kept: there.duration, original: policy.duration })
    return [{ what, reason, expectedBytes: null }]
  })
}
