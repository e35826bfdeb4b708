import { type SqlBool, sql } from 'kysely'
import type { DiskStore, FoundDisk, KnownDisk } from '../../engine/ports.ts'
import { ofJobInScope } from '../catalog/scope.ts'
import { notifyChange } from '../events.ts'
import { type Db, inTransaction, json, type Trx } from '../schema.ts'

/** How long what a machine said of its bay holds. Its workers say it three times as often. */
const HOLDS = sql`interval '90 seconds'`
/** The watch of a worker and whoever announces a disk notice one attach at most this far from each other. */
const SAME_ATTACH = sql`interval '30 seconds'`
/** The attach of a disk that was announced and that no worker has seen yet. */
const ANNOUNCED = 'announced'

const IS_HERE = sql<SqlBool>`(disks.host_id is not null and disks.seen_at > now() - ${HOLDS})`
const IS_NEWS = sql<SqlBool>`coalesce(disks.attached_at > now() - ${SAME_ATTACH}, false)`

export function diskStore(db: Db): DiskStore {
  return {
    see: (host, found) => inTransaction(db, (trx) => see(trx, host, found)),
    announce: (vaultId, uuid) => inTransaction(db, (trx) => announce(trx, vaultId, uuid)),

    async startableJobs(vaultId, uuid, notStartedSince) {
      return await inTransaction(db, async (trx) => {
        const jobs = await trx
          .selectFrom('jobs')
          .select(['id', 'name', 'site'])
          .where('vault_id', '=', vaultId)
          .where('enabled', '=', true)
          .where('deleted_at', 'is', null)
          .orderBy('id')
          .forNoKeyUpdate()
          .execute()
        // After the locks were taken: whoever started one meanwhile is seen.
        const busy = await sql<{ id: string }>`
          select distinct job_id as id from runs
          where operation = 'job' and job_id = any(${jobs.map(({ id }) => id)}::text[])
            and (disk is null or disk ->> 'uuid' = ${uuid})
            and (status <> 'finished' or (trigger = 'device' and created_at >= ${notStartedSince}::timestamptz))`.execute(
          trx,
        )
        const taken = new Set(busy.rows.map(({ id }) => id))
        return jobs.filter(({ id }) => !taken.has(id))
      })
    },

    async known(vaultId, uuids, scope) {
      const result = await sql<KnownDisk>`
        select wanted.uuid,
          case when ${IS_HERE} then jsonb_build_object(
            'hostId', disks.host_id, 'host', disks.host_name, 'device', disks.device) end as place,
          disks.seen_at as "seenAt", disks.safe_at as "safeAt",
          exists (
            select 1 from runs join jobs on jobs.id = runs.job_id
            where runs.status <> 'finished' and runs.claim is not null and jobs.vault_id = ${vaultId}
              and runs.disk ->> 'uuid' = wanted.uuid) as "isBusy",
          disks.total_bytes as "totalBytes", disks.free_bytes as "freeBytes",
          disks.health, disks.health_at as "healthAt",
          (
            select count(*) from restore_points
            where vault_id = ${vaultId} and disk ->> 'uuid' = wanted.uuid and state = 'present'
              and ${ofJobInScope('restore_points', scope)}) as "pointCount"
        from unnest(${[...uuids]}::text[]) with ordinality as wanted (uuid, position)
        left join disks on disks.vault_id = ${vaultId} and disks.uuid = wanted.uuid
        order by wanted.position`.execute(db)
      return result.rows
    },

    setSafe: (vaultId, uuid, at) => note(db, vaultId, uuid, { safe_at: at }),
    setSpace: (vaultId, uuid, { totalBytes, freeBytes }) =>
      note(db, vaultId, uuid, { total_bytes: totalBytes, free_bytes: freeBytes }),
    setHealth: (vaultId, uuid, health, at) =>
      note(db, vaultId, uuid, { health: json(health), health_at: at }),
  }
}

async function addRow(db: Db, ...disks: readonly Pick<FoundDisk, 'vaultId' | 'uuid'>[]): Promise<void> {
  if (disks.length === 0) return
  await db
    .insertInto('disks')
    .values(disks.map(({ vaultId, uuid }) => ({ vault_id: vaultId, uuid })))
    .onConflict((conflict) => conflict.columns(['vault_id', 'uuid']).doNothing())
    .execute()
}

type Noted = Partial<
  Record<'safe_at' | 'total_bytes' | 'free_bytes' | 'health' | 'health_at', Date | number | string | null>
>

/** What a run that has the disk says of it: so it was seen just now. */
async function note(db: Db, vaultId: string, uuid: string, noted: Noted): Promise<void> {
  await inTransaction(db, async (trx) => {
    await addRow(trx, { vaultId, uuid })
    await trx
      .updateTable('disks')
      .set({ ...(noted as object), seen_at: sql<string>`now()` })
      .where('vault_id', '=', vaultId)
      .where('uuid', '=', uuid)
      .execute()
    await notifyChange(trx, { topic: 'workers' })
  })
}

async function see(
  trx: Trx,
  { hostId, hostName }: { hostId: string; hostName: string },
  found: readonly FoundDisk[],
): Promise<FoundDisk[]> {
  await addRow(trx, ...found)
  const rows = await trx
    .selectFrom('disks')
    .selectAll()
    .select([IS_NEWS.as('is_news'), IS_HERE.as('is_here')])
    .where((eb) =>
      eb.or([
        eb('host_id', '=', hostId),
        ...found.map(({ vaultId, uuid }) => eb.and([eb('vault_id', '=', vaultId), eb('uuid', '=', uuid)])),
      ]),
    )
    .orderBy('vault_id')
    .orderBy('uuid')
    .forUpdate()
    .execute()
  const pluggedIn: FoundDisk[] = []
  let isNews = false
  for (const row of rows) {
    const one = trx.updateTable('disks').where('vault_id', '=', row.vault_id).where('uuid', '=', row.uuid)
    const disk = found.find(({ vaultId, uuid }) => vaultId === row.vault_id && uuid === row.uuid)
    if (!disk) {
      // The attach stays known: a worker that was slow and still saw it starts nothing.
      const gone = { host_id: null, host_name: null, device: null, attached_at: null, safe_at: null }
      await one.set(gone).execute()
      isNews = true
      continue
    }
    const isSame = row.attach_id === disk.attachId
    const wasAnnounced = row.attach_id === ANNOUNCED && row.is_news
    if (!isSame && !wasAnnounced) pluggedIn.push(disk)
    isNews ||= !isSame || !row.is_here || row.device !== disk.device
    await one
      .set({
        host_id: hostId,
        host_name: hostName,
        device: disk.device,
        attach_id: disk.attachId,
        seen_at: sql<string>`now()`,
        ...(isSame && row.attached_at ? {} : { attached_at: sql<string>`now()` }),
        // A disk that was in the bay when it was entered in a set may have been used by a run before it was looked at.
        ...(isSame || row.attach_id === null ? {} : { safe_at: null }),
      })
      .execute()
  }
  if (isNews) await notifyChange(trx, { topic: 'workers' })
  return pluggedIn
}

async function announce(
  trx: Trx,
  vaultId: string,
  uuid: string,
): Promise<{ hostId: string | null; noticedAt: string | null }> {
  await addRow(trx, { vaultId, uuid })
  const row = await trx
    .selectFrom('disks')
    .select(['host_id', 'attach_id', 'attached_at', IS_HERE.as('is_here'), IS_NEWS.as('is_news')])
    .where('vault_id', '=', vaultId)
    .where('uuid', '=', uuid)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const noticedAt = row.is_news ? row.attached_at : null
  if (row.is_here) return { hostId: row.host_id, noticedAt }
  if (noticedAt === null) {
    await trx
      .updateTable('disks')
      .set({ host_id: null, attach_id: ANNOUNCED, attached_at: sql<string>`now()` })
      .where('vault_id', '=', vaultId)
      .where('uuid', '=', uuid)
      .execute()
  }
  return { hostId: null, noticedAt }
}
