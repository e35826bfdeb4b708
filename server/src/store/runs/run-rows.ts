import { type Phrase, phrase, type Run, restOfPlan, type StoredPlan, toldPlan } from '@holdfast/contract'
import type { SelectQueryBuilder } from 'kysely'
import type { RunRequest, StoredRun } from '../../engine/ports.ts'
import { tellable } from '../../kit/text/storable.ts'
import { type Db, type Trx, toldJson } from '../schema.ts'

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

/** What a run bears of its plan itself: read with the run each time. */
export function toldPlanJson(plan: StoredPlan): string {
  return toldJson(toldPlan(plan))
}

/** Keeps the rest, which only the driver knows, in the transaction that keeps what is told. */
export async function keepRestOfPlan(trx: Trx, runId: string, plan: StoredPlan): Promise<void> {
  const rest = restOfPlan(plan)
  await trx.deleteFrom('run_plans').where('run_id', '=', runId).execute()
  if (Object.keys(rest).length === 0) return
  await trx
    .insertInto('run_plans')
    .values({ run_id: runId, value: toldJson(rest) })
    .execute()
}

/** The plan with the fields of its driver; null before there is one. */
export async function wholePlan(db: Db | Trx, runId: string): Promise<StoredPlan | null> {
  const row = await db
    .selectFrom('runs')
    .leftJoin('run_plans', 'run_plans.run_id', 'runs.id')
    .select(['runs.plan', 'run_plans.value'])
    .where('runs.id', '=', runId)
    .executeTakeFirst()
  return row?.plan ? { ...row.value, ...row.plan } : null
}
