import { type CoverageState, destinationOf, type NodeSpec, type RunOutcome } from '@holdfast/contract'
import { sql } from 'kysely'
import type { Estate } from '../../engine/ports.ts'
import { coverageState, POINT_FACTS } from '../catalog/coverage.ts'
import type { Db } from '../schema.ts'

/** All that Holdfast knows of what it looks after: a few statements, however much that is. */
export async function readEstate(db: Db, now: Date): Promise<Estate> {
  return {
    installationId: await installationId(db),
    nodes: await nodes(db),
    vaults: await vaults(db),
    jobs: await jobs(db),
    assets: await assets(db, now),
  }
}

/** Made up when it is first asked for; whoever asks at the same time gets the same one. */
async function installationId(db: Db): Promise<string> {
  await sql`insert into settings (key, value) values ('installation', to_jsonb(gen_random_uuid()::text))
    on conflict (key) do nothing`.execute(db)
  const { rows } = await sql<{ id: string }>`
    select value #>> '{}' as id from settings where key = 'installation'`.execute(db)
  return rows[0]?.id ?? ''
}

async function nodes(db: Db): Promise<Estate['nodes']> {
  const { rows } = await sql<{ id: string; name: string; spec: NodeSpec }>`
    select id, name, spec from nodes where deleted_at is null order by name, id`.execute(db)
  return rows.map(({ id, name, spec }) => {
    const destination = destinationOf(spec)
    return { id, name, kind: spec.kind, host: destination && new URL(destination).hostname }
  })
}

async function vaults(db: Db): Promise<Estate['vaults']> {
  const { rows } = await sql<Estate['vaults'][number]>`
    select vaults.id, vaults.name, vaults.spec ->> 'kind' as kind,
      sizes.used_bytes as "usedBytes", sizes.free_bytes as "freeBytes"
    from vaults left join lateral (
      select used_bytes, free_bytes from vault_sizes where vault_id = vaults.id order by day desc limit 1
    ) as sizes on true
    where vaults.deleted_at is null order by vaults.name, vaults.id`.execute(db)
  return rows
}

type JobRow = Omit<Estate['jobs'][number], 'lastRun'> & {
  finishedAt: string | null
  outcome: RunOutcome | null
}

async function jobs(db: Db): Promise<Estate['jobs']> {
  const { rows } = await sql<JobRow>`
    select jobs.id, jobs.name, jobs.kind, jobs.enabled, jobs.node_id as "nodeId", jobs.vault_id as "vaultId",
      jobs.next_run_at as "nextRunAt", ended.finished_at as "finishedAt", ended.outcome
    from jobs left join lateral (
      select finished_at, outcome from runs
      where runs.job_id = jobs.id and runs.operation = 'job' and runs.status = 'finished'
      order by runs.created_at desc, runs.id desc limit 1
    ) as ended on true
    where jobs.deleted_at is null order by jobs.name, jobs.id`.execute(db)
  return rows.map(({ finishedAt, outcome, ...job }) => ({
    ...job,
    lastRun: finishedAt !== null && outcome !== null ? { finishedAt, outcome } : null,
  }))
}

/** The best comes first: one job that protects an asset in time is enough. */
const BEST_FIRST: readonly CoverageState[] = ['covered', 'late', 'unknown', 'missed', 'never', 'no-policy']

/** Of an asset that is kept by several jobs, the newest good point of all and the best state among their policies. */
async function assets(db: Db, now: Date): Promise<Estate['assets']> {
  const { rows } = await sql<Estate['assets'][number]>`
    with points as (
      select node_id, asset ->> 'kind' as kind, asset ->> 'key' as key, job_id, ${POINT_FACTS}
      from restore_points where state = 'present'
      group by node_id, asset ->> 'kind', asset ->> 'key', job_id
    ), judged as (
      select points.*, ${coverageState(now)} as coverage from points
      left join jobs on jobs.id = points.job_id and jobs.deleted_at is null
      left join policies on policies.id = jobs.policy_id
    ), best as (
      select node_id, kind, key, max(newest_good_at) as newest_good_at,
        (array_agg(job_id order by newest_good_at desc nulls last, job_id))[1] as job_id,
        (array_agg(coverage order by array_position(${[...BEST_FIRST]}::text[], coverage)))[1] as coverage
      from judged group by node_id, kind, key
    )
    select assets.id, assets.kind, assets.key, assets.name, assets.node_id as "nodeId", assets.last_seen_at as "lastSeenAt",
      best.newest_good_at as "newestGoodAt", best.job_id as "jobId", coalesce(best.coverage, 'never') as coverage
    from assets left join best on best.kind = assets.kind and best.key = assets.key
      and best.node_id is not distinct from assets.node_id
    order by assets.kind, assets.key, assets.id`.execute(db)
  return rows
}
