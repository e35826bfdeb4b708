import { join } from 'node:path'
import { WriteBackWatch } from '../../../clients/disks/syncfs.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import { refuseIgnoringCase, refuseLacking } from '../../../point-directories/file-system.ts'
import { LOCK_FILE } from '../../../point-directories/names.ts'
import { finishRemovals } from '../../../point-directories/removal.ts'
import type { NewPoint, RunContext, RunResult } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { InfluxdbCopyPlan } from '../planning/plan.ts'
import { jobLock } from '../points/layout.ts'
import { connectTo, sourceNode } from '../servers.ts'
import { say } from '../texts/texts.ts'
import { assetOf, commitDatabase, type Finished, writeLists } from './commit.ts'
import { refuseEmptied, refuseFoundEmpty } from './emptied.ts'
import { isWorthKeeping, lackingOf, refuseNothing, warnOfLacking, warnOfRotten } from './incomplete.ts'
import { bytesToRead, type Found, lookForVault } from './look.ts'
import { Room } from './saving/room.ts'
import { type SavedTotals, saveDatabases } from './saving/save-databases.ts'
import { removeForeign } from './saving/unfinished.ts'
import { vaultOf } from './vault-of.ts'

/** Saves databases as compressed line protocol: one restore point for each. */
export async function runToVault(
  cx: RunContext<InfluxdbCopyConfig>,
  plan: InfluxdbCopyPlan,
): Promise<RunResult> {
  const vault = vaultOf(cx)
  const jobDirectory = join(vault.path, cx.job.id)
  await refuseLacking(vault.path)
  await using server = await connectTo(cx, sourceNode(cx.job))
  await cx.step('check-source', () => server.ping(cx.signal))
  await using _lock = await cx.step('lock-job', () =>
    cx.acquire(jobLock, {
      path: join(jobDirectory, LOCK_FILE),
      jobId: cx.job.id,
      runId: cx.runId,
      takenAt: cx.now().toISOString(),
    }),
  )
  await refuseIgnoringCase(join(jobDirectory, LOCK_FILE))
  await cx.step('finish-earlier-runs', () =>
    finishRemovals(cx, jobDirectory, (left) => say('vault.notDeleted', left)),
  )
  await using watch = await WriteBackWatch.watch(jobDirectory)
  const takenAt = cx.now()
  const found = await cx.step('compare-with-last', async () => {
    const there = await lookForVault(cx, server)
    refuseEmptied(cx, there, plan)
    await removeForeign(
      cx,
      jobDirectory,
      there.map(({ name }) => name),
    )
    return there
  })
  const room = new Room(vault)
  await cx.step('check-free-space', async () => {
    const sourceBytes = found.reduce((sum, one) => sum + bytesToRead(one), 0)
    cx.log.info('the vault has room', { ...(await room.begin(sourceBytes)) })
  })
  const { saved, totals } = await cx.step('save-windows', () =>
    saveDatabases(cx, server, { jobDirectory, found, room }),
  )
  const finished = await cx.step('write-to-disk', async () => {
    const listed = await writeLists(cx, saved)
    await watch.flush(cx.signal)
    refuseNothing(listed)
    await refuseFoundEmpty(cx, listed, plan)
    return listed
  })
  const points = await cx.step('commit', async () => {
    throwIfCanceled(cx.signal)
    const made: NewPoint[] = []
    for (const one of finished.filter(isWorthKeeping))
      made.push(await commitDatabase(cx, { jobDirectory, takenAt }, one))
    await removeForeign(cx, jobDirectory, [])
    return made
  })
  for (const { manifest, location } of points)
    cx.log.info('restore point made', { restorePointId: manifest.id, location, database: manifest.asset.key })
  warnOfLacking(cx, finished)
  warnOfRotten(cx, finished)
  if (!cx.job.config.verify) cx.warn(say('run.notCompared'))
  return resultOf(cx, { found, finished, totals, points })
}

function resultOf(
  cx: RunContext<InfluxdbCopyConfig>,
  {
    found,
    finished,
    totals,
    points,
  }: {
    found: readonly Found[]
    finished: readonly Finished[]
    totals: SavedTotals
    points: readonly NewPoint[]
  },
): RunResult {
  const kept = finished.filter(isWorthKeeping)
  const sum = (of: (one: Finished) => number) => kept.reduce((all, one) => all + of(one), 0)
  const counts = {
    windows: sum(({ listed }) => listed.windows),
    copied: totals.written,
    unchanged: totals.shared,
    points: sum(({ listed }) => listed.points),
    values: sum(({ listed }) => listed.values),
  }
  const { copied, unchanged, points: held } = counts
  return {
    summary: say('vault.summary', { copied, unchanged, points: held, moved: totals.bytes }),
    bytesMoved: totals.bytes,
    counts,
    details: { locations: points.map(({ location }) => location), ...lackingOf(finished) },
    points,
    assets: found.map((one) => assetOf(cx, one)),
  }
}
