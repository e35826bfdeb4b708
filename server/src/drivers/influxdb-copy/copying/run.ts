import { HoldfastError, type Phrase } from '@holdfast/contract'
import { dropDatabase, startedAt } from '../../../clients/influxdb/schema.ts'
import type { RunContext, RunResult } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { type OpenServers, openServers } from '../destinations/open.ts'
import { type DatabaseMemory, memoryOf, placeOf, readPlaces } from '../planning/changed.ts'
import { type InfluxdbCopyPlan, lookAt, type Situation } from '../planning/plan.ts'
import { checkpointOf, DatabaseProgress } from '../planning/progress-so-far.ts'
import { isSelected } from '../planning/select.ts'
import { readContents, readState } from '../planning/survey.ts'
import { mayBeThere } from '../planning/way.ts'
import { type Window, windowsOf } from '../planning/windows.ts'
import { destinationNode } from '../servers.ts'
import { say } from '../texts/texts.ts'
import { copyDatabases } from './copy-databases.ts'
import { copyContinuousQueries, prepareDatabase } from './destination.ts'
import { type Relayed, relayDatabase } from './relay.ts'
import { Settling } from './settling.ts'
import { type Tally, throwDifferences, throwRefused, warnOfSurplus } from './tally.ts'

export async function runInfluxdbCopy(
  cx: RunContext<InfluxdbCopyConfig>,
  plan: InfluxdbCopyPlan,
): Promise<RunResult> {
  await using servers = await openServers(cx)
  const planned = await cx.step('check-servers', async () => {
    const found = await lookAt(cx, servers)
    refuseOther(plan, found)
    return found
  })
  const progress = progressOf(planned, servers, cx.job.config)
  const { fingerprint, relaying } = planned
  const settling = new Settling(servers.destination, {
    startedAt: planned.startedAt,
    confirm: (window) => progress.get(window.database)?.add(window),
  })
  const { url } = destinationNode(cx.job)
  const save = async () => {
    await settling.settle(cx.signal)
    await cx.saveCheckpoint(checkpointOf(fingerprint, progress, { url, relaying }))
  }
  await save()
  await cx.step('prepare-destination', () => prepare(cx, servers, { planned, save }))
  const { relayed, situation } = await cx.step('relay-shards', () =>
    relay(cx, servers, { planned, progress, save }),
  )
  const tally = await cx.step('copy-windows', () =>
    copyDatabases(cx, servers, { situation, progress, relayed, settling, save }),
  )
  throwDifferences(tally)
  throwRefused(tally)
  await cx.step('continuous-queries', () => createQueries(cx, servers, situation))
  warn(cx, servers, tally)
  warnOfMore(cx, situation)
  const remember = await rememberedOf(cx, servers, situation, { progress, settling })
  const isProved = cx.job.config.verify && servers.destination.isReadBack
  return resultOf(cx, { situation, tally, relayed, remember, isProved })
}

function warn(cx: RunContext<InfluxdbCopyConfig>, { destination }: OpenServers, tally: Tally): void {
  warnOfSurplus(cx, tally, destination.databases ? 'run.surplus' : 'run.surplusSamples')
  if (tally.outside > 0 && !destination.databases) cx.warn(say('run.outside', { count: tally.outside }))
  if (!cx.job.config.verify) cx.warn(say('run.notCompared'))
  else if (!destination.isReadBack) cx.warn(say('run.cannotCompare'))
}

/** The plan was looked at by a person, maybe: what it did not say is not done. */
function refuseOther(plan: InfluxdbCopyPlan, { databases }: Situation): void {
  for (const { surveyed } of databases) {
    const planned = plan.databases.find(({ name }) => name === surveyed.source.name)
    if (planned && (!planned.isNew || surveyed.destination === null)) continue
    const { name, as } = surveyed.source
    throw planned
      ? new HoldfastError('destination-exists', `the database "${as}" has come to the destination meanwhile`)
      : new HoldfastError('destination-exists', `the database "${name}" has come to the source meanwhile`)
  }
}

/** Of a destination that is gone, or was made anew, nothing is done any more. */
function progressOf(
  { databases, unfinished }: Situation,
  { destination: { databases: canBeSeen } }: OpenServers,
  config: InfluxdbCopyConfig,
): Map<string, DatabaseProgress> {
  const begun = databases.map(({ surveyed: { source, sourceState, destination } }) => {
    const before = canBeSeen && destination === null ? undefined : unfinished.get(source.name)
    const isThere = (window: Window) => !canBeSeen || mayBeThere(destination, window)
    const windows = [...windowsOf(source, config)].filter(isThere)
    const progress = before?.continuedAt(sourceState, windows) ?? new DatabaseProgress(sourceState)
    return [source.name, progress] as const
  })
  return new Map(begun)
}

interface Begun {
  readonly planned: Situation
  readonly save: () => Promise<void>
}

async function prepare(
  cx: RunContext<InfluxdbCopyConfig>,
  { destination: { databases: destination } }: OpenServers,
  { planned: { databases, relaying }, save }: Begun,
): Promise<void> {
  if (!destination) return
  for (const { surveyed, chosen } of databases) {
    const { as } = surveyed.source
    if (surveyed.isLeftover) await dropDatabase(destination, as, cx)
    // What is there now is no leftover any more, whoever made it.
    if (relaying.delete(as)) await save()
    if (chosen.way !== 'relay') await prepareDatabase(destination, surveyed, cx.job.config, cx.signal)
  }
}

/** Passes whole shards on. What comes next compares the source as it is from then on: it has written out what it held in memory. */
async function relay(
  cx: RunContext<InfluxdbCopyConfig>,
  { source, destination: { databases: destination } }: OpenServers,
  { planned, progress, save }: Begun & { progress: Map<string, DatabaseProgress> },
): Promise<{ relayed: Map<string, Relayed>; situation: Situation }> {
  const relayed = new Map<string, Relayed>()
  const databases = [...planned.databases]
  for (const [index, one] of planned.databases.entries()) {
    const { name, as } = one.surveyed.source
    if (one.chosen.way !== 'relay' || !destination) continue
    const created = async (shardIds: string[]) => {
      planned.relaying.set(as, { shardIds, startedAt: await startedAt(destination, cx) })
      await save()
    }
    relayed.set(name, await relayDatabase(cx, destination, one.surveyed, created))
    planned.relaying.delete(as)
    if (cx.job.config.verify) {
      const sourceState = await readState(source, name, cx.signal)
      const contents = await readContents(source, name, as, cx.signal)
      progress.set(name, new DatabaseProgress(sourceState))
      databases[index] = { ...one, surveyed: { ...one.surveyed, source: contents, sourceState } }
    }
    await save()
  }
  return { relayed, situation: { ...planned, databases } }
}

async function createQueries(
  cx: RunContext<InfluxdbCopyConfig>,
  { source, destination: { databases: destination } }: OpenServers,
  { databases }: Situation,
): Promise<void> {
  const { mode, continuousQueries } = cx.job.config
  if (mode !== 'full' || !continuousQueries || !destination) return
  const names = databases.map(({ surveyed }) => surveyed.source)
  if (databases.some(({ surveyed }) => surveyed.isOneServer)) cx.warn(say('run.queriesOneServer'))
  else await copyContinuousQueries(cx, { source, destination }, names)
}

const NAMES_IN_WARNING = 5

/** What the source has no more, as a whole: no window tells of it. */
function warnOfMore(cx: RunContext<InfluxdbCopyConfig>, { databases }: Situation): void {
  const { destination, measurements } = cx.job.config
  // What else is in a database that others write to as well is nobody's business here.
  if (destination?.existing === 'merge') return
  const more = databases.flatMap(({ surveyed: { source, destination: there } }) =>
    (there?.policies ?? []).flatMap(({ policy, measurements: names }) => {
      const known = source.policies.find((one) => one.policy.name === policy.name)?.measurements
      return [...names.keys()].filter((name) => !known?.has(name) && isSelected(name, measurements))
    }),
  )
  if (more.length === 0) return
  cx.warn(
    say('run.moreMeasurements', { count: more.length, names: more.slice(0, NAMES_IN_WARNING).join(', ') }),
  )
}

/** Of the source as it was before anything was read; of the destination as it is now. */
async function rememberedOf(
  cx: RunContext<InfluxdbCopyConfig>,
  { destination }: OpenServers,
  { databases, fingerprint }: Situation,
  { progress, settling }: { progress: ReadonlyMap<string, DatabaseProgress>; settling: Settling },
): Promise<RunResult['remember']> {
  const states: Record<string, DatabaseMemory> = {}
  const { url } = destinationNode(cx.job)
  const places = new Set(readPlaces(cx.remembered))
  for (const { surveyed } of databases) {
    const { name, as } = surveyed.source
    const source = progress.get(name)?.source ?? surveyed.sourceState
    const server = destination.databases
    const state = server ? await readState(server, as, cx.signal) : null
    states[name] = { source, destination: state, ...settling.unsettledOf(name) }
    places.add(placeOf(url, as))
  }
  return memoryOf({ fingerprint, databases: states, places: [...places] })
}

function resultOf(
  cx: RunContext<InfluxdbCopyConfig>,
  found: {
    situation: Situation
    tally: Tally
    relayed: ReadonlyMap<string, Relayed>
    remember: RunResult['remember']
    isProved: boolean
  },
): RunResult {
  const { situation, tally, relayed, remember, isProved } = found
  const shards = [...relayed.values()].reduce((sum, one) => sum + one.shards, 0)
  const { windows, copied, unchanged, points, values, bytes } = tally
  const { name: node } = cx.job.node ?? { name: '' }
  return {
    summary: summaryOf(tally, shards, isProved),
    bytesMoved: [...relayed.values()].reduce((sum, one) => sum + one.bytes, bytes),
    counts: { windows, copied, unchanged, points, values, shards },
    details: { ...tally.details() },
    points: [],
    assets: situation.databases.map(({ surveyed: { source } }) => ({
      kind: 'influxdb-database',
      key: source.name,
      name: `${node}/${source.name}`,
    })),
    ...(remember === undefined ? {} : { remember }),
  }
}

function summaryOf({ copied, windows, points }: Tally, shards: number, isProved: boolean): Phrase {
  if (windows === 0 && shards === 0) return say('run.nothingNew')
  const done = isProved
    ? say('run.summary', { copied, windows, points })
    : say('run.summaryUnproved', { copied, windows, points })
  return shards > 0 ? [say('run.relayed', { shards }), done] : done
}
