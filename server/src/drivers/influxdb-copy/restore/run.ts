import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { RunContext, RunResult } from '../../driver.ts'
import { ALL } from '../config.ts'
import { prepareDatabase } from '../copying/destination.ts'
import { WriteLane } from '../copying/lane.ts'
import { settled } from '../copying/settling.ts'
import type { Destination, View } from '../destinations/destination.ts'
import { openDestination } from '../destinations/open.ts'
import { checkFiles } from './check-files.ts'
import { Contents } from './contents.ts'
import type { DatabaseRestorePlan } from './plan.ts'
import {
  checkpointOf,
  type Input,
  keptPart,
  type Prepared,
  prepareRestore,
  targetNode,
  viewFor,
} from './prepare.ts'
import { createQueries } from './queries.ts'
import { Restored } from './restored.ts'
import { isWhole, selectedWindows, windowOf } from './selected.ts'

interface Situation {
  readonly input: Input
  readonly prepared: Prepared
  readonly totalItems: number
}

export async function runRestore(
  cx: RunContext,
  input: Input,
  plan: DatabaseRestorePlan,
): Promise<RunResult> {
  const [startedMs, begunAtMs] = [cx.now().getTime(), performance.now()]
  const node = targetNode(input)
  await using destination = await openDestination(cx, node)
  const { databases } = destination
  const prepared = await cx.step('check-point-and-target', async () => {
    const found = await prepareRestore(cx, destination, input)
    await cx.saveCheckpoint(checkpointOf(input))
    return found
  })
  const situation = { input, prepared, totalItems: plan.windows }
  const startedAt = (await destination.startedAt?.(cx.signal)) ?? null
  const { view, outside } = await lookAtDestination(cx, destination, situation)
  if (databases) await cx.step('prepare-destination', () => createMissing(cx, databases, input, prepared))
  const restored = new Restored(cx, destination, plan.windows)
  await cx.step('restore-windows', () => restoreWindows(cx, destination, { ...situation, view, restored }))
  if (destination.startedAt)
    await cx.step('wait-for-disk', async () => {
      // Another attempt may have sent what this one has found there.
      const sentAtMs = restored.bytes > 0 ? performance.now() : begunAtMs
      await settled(destination, { startedAt, sentAtMs }, cx.signal)
    })
  await cx.step('continuous-queries', async () => {
    throwIfCanceled(cx.signal)
    if (databases && input.options.continuousQueries && isWhole(input))
      await createQueries(cx, databases, input, prepared)
  })
  restored.warn({ outside, lacking: prepared.point.details.lackingCount })
  const target = `${node.name}/${input.target}`
  const { windows, copied, unchanged, points, values } = restored
  return {
    summary: restored.summary(target),
    bytesMoved: restored.bytes,
    counts: { windows, copied, unchanged, points, values },
    details: { target, ...restored.details(), durationMs: cx.now().getTime() - startedMs },
    points: [],
    assets: [],
  }
}

/** Files are checked first where nothing can be taken back. */
async function lookAtDestination(
  cx: RunContext,
  destination: Destination,
  situation: Situation,
): Promise<{ view: View; outside: number }> {
  const { schema } = situation.prepared
  const contents = new Contents().of(schema, situation.input.target)
  const view = await viewFor(cx, destination, { contents })
  if (destination.databases) return { view, outside: 0 }
  return await cx.step('check-files', async () => {
    const facts = await checkFiles(cx, { ...situation, view })
    return { view: await viewFor(cx, destination, facts), outside: facts.outside }
  })
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
  destination: Destination,
  { input, prepared, view, restored }: Situation & { view: View; restored: Restored },
): Promise<void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([cx.signal, stop.signal])
  const { readers, writers } = targetNode(input)
  const restoring = {
    directory: prepared.point.directory,
    lane: new WriteLane(destination, writers + 1),
    signal,
    compareFirst: prepared.isFilled,
    leftOut: restored.leftOut,
  }
  const selected = selectedWindows(prepared.point, input)
  const restoreOn = async () => {
    const restorer = view.restorer(restoring)
    for (let one = await selected.next(); !one.done; one = await selected.next()) {
      throwIfCanceled(signal)
      const { record } = one.value
      const window = windowOf(one.value, prepared.schema.database, input.target)
      const kept = keptPart(cx, prepared, view, window)
      if (destination.databases && kept !== window) restored.addTooOld()
      if (kept) restored.add(await restorer.restore(record, kept))
    }
  }
  const count = Math.min(readers, writers) + (view.moreWindows ?? 0)
  const workers = Array.from({ length: count }, restoreOn)
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
  const isMerged = prepared.isFilled && input.options.existing === 'merge'
  restored.throwDifferences(isMerged || view.mayHoldMore === true)
}
