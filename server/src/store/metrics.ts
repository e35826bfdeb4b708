import { runOutcome } from '@holdfast/contract'
import { sql } from 'kysely'
import type { MetricsSnapshot, MetricsSource } from '../api/ports.ts'
import { coverageState, IS_COVERABLE } from './catalog/coverage.ts'
import { pointStore } from './catalog/restore-points.ts'
import type { Db } from './schema.ts'

/** Setting with the instant of the last backup of the control database. */
export const CONTROL_BACKUP_SETTING = 'control-backup-at'

/** Series of single jobs: more would cost the monitoring more than they tell. */
const MOST_JOBS = 2000
const CACHED_MS = 5000
/** A scrape waits this long for fresh numbers while there are older ones. */
const PATIENCE_MS = 150
const OLDEST_MS = 120_000
/** A worker that was not heard of for this long is not counted; its heartbeat comes every 5 s. */
const SILENT = sql`interval '30 seconds'`
/** Runs are counted once this has passed since their end: until then the transaction that ended one may be open. */
const SETTLED = sql`interval '10 seconds'`

interface Counted {
  countedUntil: string | null
  ended: Map<string, MetricsSnapshot['endedRuns'][number]>
}

/** Numbers of the whole installation, read by a few statements at most every 5 s, however many ask. */
export function metricsSource(db: Db, now: () => Date = () => new Date()): MetricsSource {
  const counted: Counted = { countedUntil: null, ended: new Map() }
  let newest: { snapshot: MetricsSnapshot; at: number } | null = null
  let reading: Promise<MetricsSnapshot> | null = null

  const refresh = () => {
    reading ??= readSnapshot(db, now(), counted)
      .then((snapshot) => {
        newest = { snapshot, at: performance.now() }
        return snapshot
      })
      .finally(() => {
        reading = null
      })
    return reading
  }

  return {
    async read() {
      const age = newest ? performance.now() - newest.at : Number.POSITIVE_INFINITY
      if (newest && age < CACHED_MS) return newest.snapshot
      const fresh = refresh()
      if (!newest || age > OLDEST_MS) return await fresh
      const { snapshot } = newest
      // A failure is told by whoever asks once the numbers are too old.
      return await Promise.race([fresh.catch(() => snapshot), after(PATIENCE_MS, snapshot)])
    },
  }
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref())
}

async function readSnapshot(db: Db, now: Date, counted: Counted): Promise<MetricsSnapshot> {
  const [jobs, liveRuns, vaults, workers, numbers] = await Promise.all([
    jobFacts(db, now),
    liveRunCounts(db),
    vaultFacts(db),
    aliveWorkers(db),
    singleNumbers(db),
    countEnded(db, counted),
  ])
  const { jobCount, kinds, ...shown } = jobs
  return {
    readAt: now.toISOString(),
    ...shown,
    jobsLeftOut: jobCount - jobs.jobs.length,
    liveRuns,
    endedRuns: withZeros(counted, kinds),
    vaults,
    workers,
    ...numbers,
  }
}

interface JobFacts extends Pick<MetricsSnapshot, 'coverage' | 'jobs'> {
  jobCount: number
  kinds: string[]
}

/** Coverage of all enabled jobs by one pass over the restore points; of those shown, the last runs by index. */
async function jobFacts(db: Db, now: Date): Promise<JobFacts> {
  const result = await sql<JobFacts>`
    with points as (
      select job_id, max(taken_at) filter (where verified_ok is distinct from false) as newest_good_at,
        max(confirmed_at) as confirmed_at, count(*) as point_count
      from restore_points where state = 'present' group by job_id
    ), facts as materialized (
      select jobs.id, jobs.name, jobs.kind, ${coverageState(now)} as state, ${IS_COVERABLE} as coverable, points.newest_good_at,
        extract(epoch from (policies.spec ->> 'rpo')::interval)::float8 as rpo
      from jobs left join policies on policies.id = jobs.policy_id left join points on points.job_id = jobs.id
      where jobs.enabled and jobs.deleted_at is null
    ), total as (select count(*) as count from facts),
    shown as (
      select * from facts where state <> 'covered' or (select count from total) <= ${MOST_JOBS}
      order by name limit ${MOST_JOBS}
    )
    select
      (select count from total) as "jobCount",
      (select coalesce(json_agg(distinct kind), '[]') from jobs where deleted_at is null) as kinds,
      (select coalesce(json_object_agg(state, count), '{}')
        from (select state, count(*) from facts where coverable group by state) as states) as coverage,
      (select coalesce(json_agg(json_build_object('job', shown.name, 'kind', shown.kind,
          'newestPointAt', shown.newest_good_at, 'lastSuccessAt', success.finished_at, 'lastOutcome', last.outcome,
          'lastDurationSeconds', last.seconds, 'lastMovedBytes', last.moved, 'lastCounts', last.counts,
          'rpoSeconds', shown.rpo) order by shown.name), '[]')
        from shown
        left join lateral (
          select outcome, extract(epoch from finished_at - started_at)::float8 as seconds,
            (report ->> 'bytesMoved')::float8 as moved, report -> 'counts' as counts from runs
          where job_id = shown.id and operation = 'job' and status = 'finished'
          order by created_at desc, id desc limit 1
        ) as last on true
        left join lateral (
          select finished_at from runs
          where job_id = shown.id and operation = 'job' and outcome in ('success', 'warning')
          order by created_at desc, id desc limit 1
        ) as success on true) as jobs`.execute(db)
  return result.rows[0] ?? { jobCount: 0, kinds: [], coverage: {}, jobs: [] }
}

async function liveRunCounts(db: Db): Promise<MetricsSnapshot['liveRuns']> {
  const result = await sql<MetricsSnapshot['liveRuns'][number]>`
    select jobs.kind, runs.status, count(*) as count from runs join jobs on jobs.id = runs.job_id
    where runs.status <> 'finished' and runs.operation <> 'plan' group by 1, 2 order by 1, 2`.execute(db)
  return result.rows
}

/** Adds what has ended since the last call. The first call begins to count. */
async function countEnded(db: Db, counted: Counted): Promise<void> {
  const from = counted.countedUntil
  const horizon = await sql<{ until: string }>`select now() - ${SETTLED} as until`.execute(db)
  const until = horizon.rows[0]?.until ?? null
  counted.countedUntil = until
  if (from === null || until === null || until <= from) return
  const result = await sql<MetricsSnapshot['endedRuns'][number]>`
    select jobs.kind, runs.outcome, count(*) as count from runs join jobs on jobs.id = runs.job_id
    where runs.finished_at > ${from} and runs.finished_at <= ${until} and runs.operation <> 'plan'
    group by 1, 2`.execute(db)
  for (const { kind, outcome, count } of result.rows) {
    const key = `${kind} ${outcome}`
    counted.ended.set(key, { kind, outcome, count: count + (counted.ended.get(key)?.count ?? 0) })
  }
}

/** A counter that is there from the beginning: the step from nothing to 1 would not count as an increase. */
function withZeros({ ended }: Counted, kinds: readonly string[]): MetricsSnapshot['endedRuns'] {
  const all = new Map(ended)
  for (const kind of kinds)
    for (const outcome of runOutcome.options) {
      const key = `${kind} ${outcome}`
      if (!all.has(key)) all.set(key, { kind, outcome, count: 0 })
    }
  return [...all.values()]
}

async function vaultFacts(db: Db): Promise<MetricsSnapshot['vaults']> {
  const totals = await pointStore(db).vaultTotals({ nodeIds: null })
  const free = await sql<{ vaultId: string; freeBytes: number }>`
    select distinct on (vault_id) vault_id as "vaultId", free_bytes as "freeBytes"
    from vault_sizes order by vault_id, day desc`.execute(db)
  const freeOf = new Map(free.rows.map(({ vaultId, freeBytes }) => [vaultId, freeBytes]))
  return totals.map(({ id, name, pointCount, sizeBytes }) => {
    return { vault: name, pointCount, sizeBytes, freeBytes: freeOf.get(id) ?? null }
  })
}

/** Sites that have jobs but no worker are told with 0. */
async function aliveWorkers(db: Db): Promise<MetricsSnapshot['workers']> {
  const result = await sql<MetricsSnapshot['workers'][number]>`
    with sites as (
      select site from jobs where enabled and deleted_at is null union select site from workers
    )
    select sites.site, count(workers.id) as alive from sites
    left join workers on workers.site = sites.site and workers.seen_at > now() - ${SILENT}
    group by 1 order by 1`.execute(db)
  return result.rows
}

type SingleNumbers = Pick<
  MetricsSnapshot,
  'queuedOldestSeconds' | 'failedDeliveries' | 'databaseBytes' | 'controlBackupAt'
>

async function singleNumbers(db: Db): Promise<SingleNumbers> {
  const result = await sql<SingleNumbers>`select
    (select coalesce(extract(epoch from now() - min(greatest(created_at, not_before))), 0)::float8 from runs
      where status = 'queued' and operation <> 'plan' and waiting_for is null
        and (not_before is null or not_before <= now())) as "queuedOldestSeconds",
    (select count(*) from deliveries
      where state = 'failed' and created_at > now() - interval '1 day') as "failedDeliveries",
    (select value #>> '{}' from settings where key = ${CONTROL_BACKUP_SETTING}) as "controlBackupAt",
    pg_database_size(current_database()) as "databaseBytes"`.execute(db)
  const row = result.rows[0]
  return row ?? { queuedOldestSeconds: 0, failedDeliveries: 0, databaseBytes: 0, controlBackupAt: null }
}
