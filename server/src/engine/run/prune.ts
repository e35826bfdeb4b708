import { phraseText, type RetentionLine } from '@holdfast/contract'
import { say } from '../../domain/phrases/engine-phrases.ts'
import { decideRetention } from '../../domain/retention/decide-retention.ts'
import type { PointKeeper, Policy, RunContext, Vault } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint, StoredRun } from '../ports.ts'
import { isWithinReach } from './reconcile.ts'

/** A clock this much ahead is still one clock. */
const SKEW_MS = 5 * 60_000

/** How the records call it that retention took a restore point away: asked for one, they say when and by which run. */
export const REMOVED = 'point.remove'

/** What retention says about every restore point of a job, asset by asset. Reads only. */
export function retentionOf(
  job: { policy: Policy | null },
  points: CatalogPoint[],
  now: Date,
): RetentionLine[] {
  // Made while the clock was ahead: they must not take the places of the points that are made now.
  const isAhead = (point: CatalogPoint) => Date.parse(point.takenAt) > now.getTime() + SKEW_MS
  const ahead = points.filter(isAhead).map(
    (point): RetentionLine => ({
      restorePointId: point.id,
      takenAt: point.takenAt,
      keep: true,
      reasons: [say('retention.ahead')],
    }),
  )
  const rest = points.filter((point) => !isAhead(point))
  const byAsset = Map.groupBy(rest, seriesOf)
  const decided = [...byAsset.values()].flatMap((group) =>
    decideRetention(
      group.map((point) => ({
        id: point.id,
        takenAt: point.takenAt,
        good: point.verifiedOk !== false,
        protected: point.protected,
        inUse: point.inUse,
        byHand: point.byHand,
      })),
      job.policy?.retention,
    ),
  )
  return [...ahead, ...decided].map(keepNewestComplete(points))
}

/**
 * A point that lacks files which could not be read counts for the keep rules like any other, since a file that can never
 * be read would otherwise end all retention. But the newest point that lacks nothing stays whatever the rules say.
 */
function keepNewestComplete(points: CatalogPoint[]): (line: RetentionLine) => RetentionLine {
  const complete = points.filter((point) => point.details.complete !== false && point.verifiedOk !== false)
  const byAsset = Map.groupBy(complete, seriesOf)
  const newest = new Set(
    [...byAsset.values()].map((group) => group.toSorted((a, b) => b.takenAt.localeCompare(a.takenAt))[0]?.id),
  )
  return (line) =>
    line.keep || !newest.has(line.restorePointId)
      ? line
      : { ...line, keep: true, reasons: [say('retention.newestComplete')] }
}

/** Each disk of a disk set keeps its own: what is in the safe must not depend on what was copied elsewhere since. */
function seriesOf({ asset, disk }: CatalogPoint): string {
  return [asset.kind, asset.key, disk?.uuid ?? ''].join('\n')
}

/** Removes what retention does not want. A point that a restore or a check is using stays until the next run. */
export async function prune(
  deps: EngineDeps,
  cx: RunContext,
  run: StoredRun,
  keeper: PointKeeper,
  vault: Vault,
): Promise<{ lines: RetentionLine[]; removed: number }> {
  const all = await deps.store.points.list({ jobId: run.jobId, vaultId: vault.id, anyState: true })
  const points = all.filter((point) => isWithinReach(point, vault))
  const unfinished = points.filter((point) => point.state === 'removing')
  const present = points.filter((point) => point.state === 'present')
  const lines = retentionOf(cx.job, present, deps.now())
  const reasons = new Map(lines.map((line) => [line.restorePointId, line.reasons.map(phraseText).join(', ')]))
  const unwanted = new Set(lines.flatMap((line) => (line.keep ? [] : [line.restorePointId])))
  let removed = 0
  for (const point of [...unfinished, ...present.filter((candidate) => unwanted.has(candidate.id))]) {
    cx.signal.throwIfAborted()
    if (!(await removePoint(deps, cx, run, keeper, vault, point))) continue
    const reason = reasons.get(point.id) ?? 'an earlier run began to remove it'
    const { id: restorePointId, takenAt } = point
    cx.log.info('restore point removed by retention', { restorePointId, takenAt, reason })
    removed++
  }
  cx.log.info('retention applied', { kept: lines.length - unwanted.size, removed })
  return { lines, removed }
}

async function removePoint(
  deps: EngineDeps,
  cx: RunContext,
  run: StoredRun,
  keeper: PointKeeper,
  vault: Vault,
  point: CatalogPoint,
): Promise<boolean> {
  const { store } = deps
  const lock = `point:${point.id}`
  if (!(await store.locks.tryForRun(run, { name: lock, mode: 'exclusive' }))) {
    cx.log.info('restore point is in use and stays until the next run', { restorePointId: point.id })
    return false
  }
  try {
    // Asked again now that nobody else can use it: somebody may have protected it since the decision.
    if (!(await store.points.beginRemoval(point.id))) {
      cx.log.info('restore point was protected and stays', { restorePointId: point.id })
      return false
    }
    await keeper.remove(cx, vault, point)
    await store.atomically(async ({ points, audit }) => {
      await points.remove(point.id)
      const details = { runId: run.id, takenAt: point.takenAt }
      const what = { action: REMOVED, object: point.jobName, objectId: point.id }
      await audit.add({ by: 'retention', ...what, details })
    })
    return true
  } finally {
    await store.locks.releaseForRun(run, lock)
  }
}
