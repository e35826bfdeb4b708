import { type Phrase, phrase, type Run } from '@holdfast/contract'
import type { SelectQueryBuilder } from 'kysely'
import type { RunRequest, StoredRun } from '../../engine/ports.ts'
import { tellable } from '../../kit/text/storable.ts'
import type { Db, Trx } from '../schema.ts'

/** Every query that yields runs goes through here, so that a run has one shape. */
export function selectRuns(db: Db | Trx) {
  return db
    .selectFrom('runs')
    .innerJoin('jobs', 'jobs.id', 'runs.job_id')
    .selectAll('runs')
    .select('jobs.name as job_name')
}

type SelectedRun =
  ReturnType<typeof selectRuns> extends SelectQueryBuilder<
    // biome-ignore lint/suspicious/noExplicitAny: only the output row is of interest
    any,
    // biome-ignore lint/suspicious/noExplicitAny: only the output row is of interest
    any,
    infer Row
  >
    ? Row
    : never

function toRun(row: SelectedRun): Run {
  return {
    id: row.id,
    jobId: row.job_id,
    jobName: row.job_name,
    jobKind: row.job_kind,
    operation: row.operation,
    trigger: row.trigger,
    slotAt: row.slot_at,
    status: row.status,
    outcome: row.outcome,
    attempt: row.attempt,
    startedBy: row.started_by,
    approvedBy: row.approved_by,
    canceledBy: row.cancel_requested_by,
    recoversRunId: row.recovers_run_id,
    disk: row.disk,
    waitingFor: readWaiting(row.waiting_for),
    plan: row.plan,
    progress: row.progress,
    report: row.report,
    error: row.error,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

export function toStoredRun(row: SelectedRun): StoredRun {
  return {
    ...toRun(row),
    site: row.site,
    nodeId: row.node_id,
    namedNodeIds: row.named_node_ids,
    request: row.request as unknown as RunRequest | null,
    checkpoint: row.checkpoint,
    claim: row.claim,
    workerId: row.worker_id,
    notBefore: row.not_before,
    waitingOn: row.waiting_on,
    waitingSince: row.waiting_since,
    recoveries: row.recoveries,
    approvedGuards: row.approved_guards,
  }
}

export async function getRun(db: Db | Trx, id: string): Promise<StoredRun | null> {
  const row = await selectRuns(db).where('runs.id', '=', id).executeTakeFirst()
  return row ? toStoredRun(row) : null
}

/**
 * What a run waits for, in its column of text: a plain sentence as it is, as every row before phrases has it, and what
 * can be said in several languages as JSON.
 */
export function writtenWaiting(reason: Phrase): string {
  const told = tellable(reason)
  return typeof told === 'string' ? told : JSON.stringify(told)
}

export function readWaiting(column: string | null): Phrase | null {
  if (column === null || !/^[[{]/.test(column)) return column
  try {
    return phrase.parse(JSON.parse(column))
  } catch {
    return column
  }
}
