import type { AroundRun, Run } from '@holdfast/contract'
import { sql } from 'kysely'
import type { Db } from '../schema.ts'

/** Addresses of whoever carries a disk, by the settings of now: of the vault given, else of the set that knows the disk. */
export async function carriersOf(db: Db, vaultId: string | null, uuid: string): Promise<readonly string[]> {
  const { rows } = await sql<{ mail: string[] }>`
    select disk -> 'mail' as mail from vaults, jsonb_array_elements(spec -> 'disks') as disk
    where deleted_at is null and spec ? 'disks' and lower(disk ->> 'uuid') = lower(${uuid})
    order by vaults.id = ${vaultId} desc nulls last, vaults.id limit 1`.execute(db)
  return rows[0]?.mail ?? []
}

interface Found {
  vaultId: string | null
  disks: string[] | null
  lastGoodAt: string | null
  isOfThisRun: boolean | null
  checkedCount: number
  isChecked: boolean | null
  isCheckedWhole: boolean | null
}

/** What a message about a run says beyond the run itself. Works for a job that was deleted. */
export async function aroundRun(db: Db, run: Run): Promise<AroundRun> {
  const uuid = run.disk?.uuid ?? null
  const points = run.report?.restorePointIds ?? []
  const { rows } = await sql<Found>`
    select jobs.vault_id as "vaultId",
      (select jsonb_agg(disk -> 'label' order by position)
        from jsonb_array_elements(vaults.spec -> 'disks') with ordinality as disks (disk, position)) as disks,
      newest.taken_at as "lastGoodAt", newest.run_id = ${run.id} as "isOfThisRun",
      checks.count as "checkedCount", checks.is_checked as "isChecked", checks.is_whole as "isCheckedWhole"
    from jobs
    left join vaults on vaults.id = jobs.vault_id
    left join lateral (
      select taken_at, run_id from restore_points
      where job_id = jobs.id and state = 'present' and verified_ok is distinct from false
        and (${uuid}::text is null or disk ->> 'uuid' = ${uuid})
      order by taken_at desc, id limit 1
    ) as newest on true
    cross join lateral (
      select count(*) as count, bool_and(verified_ok is true) as is_checked,
        bool_and(verified_level = 'full') as is_whole
      from restore_points where id = any(${points}::text[])
    ) as checks
    where jobs.id = ${run.jobId}`.execute(db)
  const [found] = rows
  const isChecked = points.length > 0 && found?.checkedCount === points.length && found.isChecked === true
  return {
    carriers: uuid === null ? [] : await carriersOf(db, found?.vaultId ?? null, uuid),
    disks: found?.disks ?? [],
    lastGood:
      run.operation !== 'job' || !found?.vaultId
        ? null
        : { at: found.lastGoodAt, isOfThisRun: found.isOfThisRun ?? false },
    checked: isChecked ? (found.isCheckedWhole ? 'full' : 'sample') : null,
  }
}
