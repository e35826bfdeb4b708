import { HoldfastError } from '@holdfast/contract'
import type { RunContext, RunResult } from '../driver.ts'
import type { CmdbSyncConfig } from './config.ts'
import type { Change } from './model/changes.ts'
import { cmdbNode, openCmdb } from './nodes.ts'
import { memoryOf } from './planning/memory.ts'
import type { CmdbSyncPlan } from './planning/plan.ts'
import { refusedAfter } from './planning/refused.ts'
import { bearingAfter } from './planning/vanished.ts'
import { tableOf } from './reporting/table.ts'
import { countsOf, kindsOf, nameOf, summaryOf, warnOf } from './reporting/tell.ts'
import { type Applied, applyChanges } from './target/apply/apply.ts'

/** What was written, with what it took. */
interface Written extends Applied {
  readonly writes: number
  readonly sentBytes: number
}

const NOTHING: Written = { done: 0, failed: [], skipped: [], notTaken: [], writes: 0, sentBytes: 0 }

/** Writes exactly what the plan says. Whoever has nothing to write does not even log in. */
export async function runCmdbSync(cx: RunContext<CmdbSyncConfig>, plan: CmdbSyncPlan): Promise<RunResult> {
  const written = plan.changes.length === 0 ? NOTHING : await cx.step('write-changes', () => write(cx, plan))
  warnOf(cx, plan, written)
  const kinds = kindsOf(plan, written)
  const of = (name: 'unchanged' | 'orphaned' | 'ambiguous' | 'blocked') =>
    [...kinds.values()].reduce((sum, counts) => sum + counts[name], 0)
  const [failure] = written.failed
  // Where others are as they should be, the run ends with a warning: a failed one would remember nothing of what is missed.
  if (failure && written.done === 0 && of('unchanged') === 0)
    throw new HoldfastError(
      'node-refused',
      `none of ${plan.changes.length} changes was taken: ${failure.error.message}`,
    )
  return {
    summary: summaryOf(kinds),
    bytesMoved: written.sentBytes,
    counts: {
      ...countsOf(plan, written),
      unchanged: of('unchanged'),
      orphaned: of('orphaned'),
      ambiguous: of('ambiguous'),
      blocked: of('blocked'),
      failed: written.failed.length,
      skipped: written.skipped.length,
      sourceCalls: plan.source.calls,
      cmdbReads: plan.cmdbReads,
      cmdbWrites: written.writes,
    },
    ...(plan.changes.length > 0 ? { table: tableOf(plan, written) } : {}),
    details: { kinds: Object.fromEntries(kinds), source: { ...plan.source } },
    points: [],
    assets: [],
    remember: memoryOf({
      ...plan,
      bearing: bearingOf(plan, written),
      refused: refusedAfter(plan.refused, written, cx.now()),
    }),
  }
}

/** Of what was not written, nothing is remembered. */
function bearingOf({ bearing, changes, keyAttribute }: CmdbSyncPlan, { failed, skipped }: Written) {
  const undone = new Set<Change>([...failed, ...skipped].map(({ change }) => change))
  const done = changes.filter((change) => !undone.has(change))
  return bearingAfter(bearing, done, keyAttribute)
}

async function write(cx: RunContext<CmdbSyncConfig>, { changes }: CmdbSyncPlan): Promise<Written> {
  await using server = await openCmdb(cx)
  const { sentBytes } = server
  const applied = await applyChanges(server, changes, {
    writers: cmdbNode(cx).writers,
    signal: cx.signal,
    onDone: (change, count) =>
      cx.progress({
        doneItems: count,
        totalItems: changes.length,
        current: nameOf(change),
      }),
  })
  return { ...applied, writes: server.writes, sentBytes: server.sentBytes - sentBytes }
}
