import { HoldfastError } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { forDatabase } from '../../../clients/influxdb/continuous-query.ts'
import { continuousQueries, createContinuousQuery } from '../../../clients/influxdb/schema.ts'
import { quoteName } from '../../../clients/influxdb/statements.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { RunContext, RunResult } from '../../driver.ts'
import { ALL } from '../config.ts'
import { prepareDatabase } from '../copying/destination.ts'
import { WriteLane } from '../copying/lane.ts'
import { withinRetention } from '../copying/retention.ts'
import { WindowReader } from '../copying/window-reader.ts'
import { connectTo } from '../servers.ts'
import { say } from '../texts/texts.ts'
import type { DatabaseRestorePlan } from './plan.ts'
import { checkpointOf, type Input, type Prepared, policyAt, prepareRestore, targetNode } from './prepare.ts'
import { type RestoreEnds, restoreWindow } from './restore-window.ts'
import { Restored } from './restored.ts'
import { isWhole, selectedWindows, windowOf } from './selected.ts'

export async function runRestore(
  cx: RunContext,
  input: Input,
  plan: DatabaseRestorePlan,
): Promise<RunResult> {
  const startedMs = cx.now().getTime()
  const node = targetNode(input)
  await using server = await connectTo(cx, node)
  const prepared = await cx.step('check-point-and-target', async () => {
    const found = await prepareRestore(cx, server, input)
    await cx.saveCheckpoint(checkpointOf(input))
    return found
  })
  await cx.step('prepare-destination', () => createMissing(cx, server, input, prepared))
  const restored = await cx.step('restore-windows', () =>
    restoreWindows(cx, server, { input, prepared, totalItems: plan.windows }),
  )
  await cx.step('continuous-queries', async () => {
    throwIfCanceled(cx.signal)
    if (input.options.continuousQueries && isWhole(input)) await createQueries(cx, server, input, prepared)
  })
  restored.warn(cx)
  const target = `${node.name}/${input.target}`
  const { windows, copied, unchanged, points, values } = restored
  return {
    summary: say('restore.summary', { windows, points, target }),
    bytesMoved: restored.bytes,
    counts: { windows, copied, unchanged, points, values },
    details: { target, ...restored.details(), durationMs: cx.now().getTime() - startedMs },
    points: [],
    assets: [],
  }
}

async function createMissing(
  cx: RunContext,
  server: InfluxServer,
  { target }: Input,
  { policies, there, schema }: Prepared,
): Promise<void> {
  const contents = policies.map(({ policy, shortestNs }) => {
    const { name: rp } = policy
    const shortest = { rp, id: '', startNs: 0n, endNs: shortestNs, expiresNs: null, shardIds: [] }
    return { policy, groups: [shortest], measurements: new Map() }
  })
  const source = { name: schema.database, as: target, policies: contents }
  await prepareDatabase(server, { source, destination: there }, { retentionPolicies: ALL }, cx.signal)
}

async function restoreWindows(
  cx: RunContext,
  server: InfluxServer,
  { input, prepared, totalItems }: { input: Input; prepared: Prepared; totalItems: number },
): Promise<Restored> {
  const stop = new AbortController()
  const signal = AbortSignal.any([cx.signal, stop.signal])
  const { readers, writers } = targetNode(input)
  const lane = new WriteLane(server, writers + 1)
  const restored = new Restored(cx, totalItems)
  const selected = selectedWindows(prepared.point, input)
  const restoreOn = async () => {
    const ends: RestoreEnds = {
      directory: prepared.point.directory,
      target: new WindowReader({ server, pageSize: 10_000, tags: [], signal }),
      lane,
      signal,
      compareFirst: prepared.isFilled,
    }
    for (let one = await selected.next(); !one.done; one = await selected.next()) {
      throwIfCanceled(signal)
      const { record } = one.value
      const window = windowOf(one.value, prepared.schema.database, input.target)
      const kept = withinRetention(window, policyAt(prepared, record.retentionPolicy), cx.now())
      if (kept !== window) restored.addTooOld()
      if (kept) restored.add(await restoreWindow(ends, record, kept))
    }
  }
  const workers = Array.from({ length: Math.min(readers, writers) }, restoreOn)
  try {
    await Promise.all(workers)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(workers)
    throwIfCanceled(cx.signal)
    throw error
  } finally {
    await selected.return(undefined)
  }
  restored.throwDifferences(prepared.isFilled && input.options.existing === 'merge')
  return restored
}

async function createQueries(
  cx: RunContext,
  server: InfluxServer,
  { target }: Input,
  { schema }: Prepared,
): Promise<void> {
  const { signal } = cx
  const there = await continuousQueries(server, { db: target, signal })
  for (const query of schema.continuousQueries) {
    if (!isHarmless(query.statement, { from: schema.database, to: target }))
      cx.warn(say('restore.queryLeft', { name: query.name }))
    else if (there.some(({ name }) => name === query.name))
      cx.warn(say('restore.queryKept', { name: query.name }))
    else await createQuery(server, { from: schema.database, db: target, query, signal })
  }
}

const NAME = /(?:"(?:\\.|[^"\\])*"|\w+)/.source
const INTO_DATABASE = new RegExp(`\\bINTO\\s+(${NAME})\\.(?:${NAME})?\\.`)

/**
 * Whether what stands on the disk is one statement that creates a continuous query, and writes to the restored database:
 * it is run with all the rights of the node. The server tells each query with the database that it writes to.
 */
function isHarmless(statement: string, { from, to }: { from: string; to: string }): boolean {
  if (statement.includes(';') || !/^CREATE CONTINUOUS QUERY .* END$/s.test(statement)) return false
  const into = INTO_DATABASE.exec(forDatabase(statement, from, to))?.[1]
  return into === undefined || into === to || into === quoteName(to)
}

async function createQuery(
  server: InfluxServer,
  asked: Parameters<typeof createContinuousQuery>[1],
): Promise<void> {
  try {
    await createContinuousQuery(server, asked)
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error
    const message = `all data is restored, but not the continuous query "${asked.query.name}": ${error.message}`
    throw new HoldfastError(error.code, message, { details: error.details ?? {}, cause: error })
  }
}
