import { DIGEST_LINES, durationMs, type OverdueDisk } from '@holdfast/contract'
import { sql } from 'kysely'
import { rotationOf } from '../../domain/rotation.ts'
import type { DiskRotation } from '../../engine/ports.ts'
import type { Queue } from '../runs/queue.ts'
import type { Db, Trx } from '../schema.ts'
import { addDeliveries, listeners } from './add-deliveries.ts'

type Facts = Omit<DiskRotation, 'dueAt' | 'isOverdue'> & { rotation: string | null; knownSince: string }

/** Every disk of every disk set, those of a vault in the order of its settings. */
export async function diskRotation(db: Db | Trx, now: Date): Promise<DiskRotation[]> {
  const { rows } = await sql<Facts>`
    select vaults.id as "vaultId", vaults.name as vault, disk ->> 'uuid' as uuid, disk ->> 'label' as label,
      copies.newest as "lastCopyAt", coalesce(entered.at, vaults.created_at) as "knownSince", spec ->> 'rotation' as rotation
    from vaults
    cross join jsonb_array_elements(spec -> 'disks') with ordinality as disks (disk, position)
    cross join lateral (
      select max(taken_at) as newest from restore_points
      where vault_id = vaults.id and restore_points.disk ->> 'uuid' = disks.disk ->> 'uuid'
        and state = 'present' and verified_ok is distinct from false
    ) as copies
    cross join lateral (
      select min(at) as at from revisions where object_kind = 'vaults' and object_id = vaults.id
        and revisions.spec -> 'disks' @> jsonb_build_array(jsonb_build_object('uuid', disks.disk -> 'uuid'))
    ) as entered
    where vaults.deleted_at is null and spec ? 'disks'
    order by vault, position`.execute(db)
  return rows.map(({ rotation, knownSince, ...disk }) => {
    const withinMs = rotation === null ? null : durationMs(rotation)
    const { dueAt, overdue } = rotationOf({ lastCopyAt: disk.lastCopyAt, knownSince, withinMs }, now)
    return { ...disk, dueAt, isOverdue: overdue }
  })
}

/** For the digest: the disks that are overdue, of the vaults that `jobs` write to; of all where it is null. */
export async function overdueDisks(
  db: Db,
  jobs: readonly string[] | null,
  now: Date,
): Promise<{ overdueDisks: OverdueDisk[]; overdueDiskCount: number }> {
  const used = await sql<{ id: string }>`select vault_id as id from jobs
    where deleted_at is null and vault_id is not null and name = any(${jobs ?? []}::text[])`.execute(db)
  const vaultIds = new Set(used.rows.map(({ id }) => id))
  const overdue = (await diskRotation(db, now)).flatMap(told)
  const found = overdue.filter(({ vaultId }) => jobs === null || vaultIds.has(vaultId))
  found.sort((a, b) => a.dueAt.localeCompare(b.dueAt))
  return { overdueDisks: found.slice(0, DIGEST_LINES), overdueDiskCount: found.length }
}

/**
 * Tells of every disk that has become overdue since the last look, once until it is back; how many. One that nobody wants
 * to hear of stays untold. Any number of processes may look at once.
 */
export async function tellOverdueDisks(trx: Trx, queue: Queue, now: Date): Promise<number> {
  const rotation = await diskRotation(trx, now)
  let count = 0
  for (const disk of rotation) {
    const [overdue] = told(disk)
    if (overdue === undefined) await forget(trx, disk)
    else if (await tellOne(trx, queue, overdue, now)) count += 1
  }
  return count
}

async function tellOne(trx: Trx, queue: Queue, disk: OverdueDisk, now: Date): Promise<boolean> {
  const { vaultId, uuid, label } = disk
  const jobs = sql<string[]>`array(select name from jobs where deleted_at is null and vault_id = ${vaultId})`
  const wanted = await listeners(trx, 'disk-overdue', jobs)
  if (wanted.length === 0) return false
  const { rows } = await sql`
    insert into disks (vault_id, uuid, overdue_told_at) values (${vaultId}, ${uuid}, ${now.toISOString()})
    on conflict (vault_id, uuid) do update set overdue_told_at = excluded.overdue_told_at
      where disks.overdue_told_at is null
    returning uuid`.execute(trx)
  if (rows.length === 0) return false
  const news = { subject: 'disk-overdue', event: label, told: disk } as const
  await addDeliveries(
    trx,
    queue,
    wanted.map((notification) => ({ ...notification, ...news })),
  )
  return true
}

/** The next time that it is overdue is told again. */
async function forget(trx: Trx, { vaultId, uuid }: DiskRotation): Promise<void> {
  await sql`update disks set overdue_told_at = null
    where vault_id = ${vaultId} and uuid = ${uuid} and overdue_told_at is not null`.execute(trx)
}

function told({ isOverdue, dueAt, ...disk }: DiskRotation): OverdueDisk[] {
  return isOverdue && dueAt !== null ? [{ ...disk, dueAt }] : []
}
