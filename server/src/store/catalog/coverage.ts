import type { CoverageState } from '@holdfast/contract'
import { type RawBuilder, sql } from 'kysely'
import { CLOCK_SKEW_MS, LATE_FACTOR } from '../../domain/coverage/coverage.ts'

/**
 * The rule of domain/coverage as an expression over `policies`, `points.newest_good_at` and `points.confirmed_at`, so
 * that the database can count and filter a hundred thousand jobs. A test holds the two against each other.
 */
export function coverageState(now: Date): RawBuilder<CoverageState> {
  const at = sql`${now.toISOString()}::timestamptz`
  const rpo = sql`extract(epoch from (policies.spec ->> 'rpo')::interval)`
  const age = sql`extract(epoch from ${at} - points.newest_good_at)`
  return sql<CoverageState>`case
    when policies.spec ->> 'rpo' is null then 'no-policy'
    when points.newest_good_at is null then 'never'
    when extract(epoch from ${at} - points.confirmed_at) > ${rpo} then 'unknown'
    when ${age} < ${sql.lit(-CLOCK_SKEW_MS / 1000)} then 'unknown'
    when ${age} <= ${rpo} then 'covered'
    when ${age} <= ${sql.lit(LATE_FACTOR)} * ${rpo} then 'late'
    else 'missed' end`
}

/** What {@link coverageState} needs of the restore points of one job, given as a query with the table `restore_points`. */
export const POINT_FACTS = sql`max(taken_at) filter (where verified_ok is distinct from false) as newest_good_at,
  max(confirmed_at) as confirmed_at, count(*) as point_count`

/**
 * Whether the age of restore points says anything of a job: one that keeps a CMDB true or copies from node to node, without
 * a vault, has none. Over `jobs` and `points.point_count`.
 */
export const IS_COVERABLE = sql<boolean>`(jobs.vault_id is not null or coalesce(points.point_count, 0) > 0)`
