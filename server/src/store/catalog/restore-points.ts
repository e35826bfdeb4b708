import { restorePointManifest } from '@holdfast/contract'
import { type SqlBool, sql } from 'kysely'
import type { CatalogedPoint, CatalogPoint, PointStore } from '../../engine/ports.ts'
import { cleanText } from '../../kit/text/storable.ts'
import { chunks } from '../chunks.ts'
import { type Db, json, type Trx } from '../schema.ts'

function selectPoints(db: Db | Trx) {
  return db
    .selectFrom('restore_points')
    .selectAll()
    .select(
      sql<boolean>`exists (select 1 from locks where locks.name = 'point:' || restore_points.id)`.as(
        'in_use',
      ),
    )
}

type SelectedPoint = Awaited<ReturnType<ReturnType<typeof selectPoints>['executeTakeFirstOrThrow']>>

function toPoint(row: SelectedPoint): CatalogPoint {
  return {
    id: row.id,
    jobId: row.job_id,
    jobName: row.job_name,
    jobKind: row.job_kind,
    vaultId: row.vault_id,
    runId: row.run_id,
    asset: row.asset,
    takenAt: row.taken_at,
    finishedAt: row.finished_at,
    sizeBytes: row.size_bytes,
    addedBytes: row.added_bytes,
    itemCount: row.item_count,
    details: row.details,
    location: row.location,
    protected: row.protected,
    verifiedAt: row.verified_at,
    verifiedLevel: row.verified_level,
    verifiedOk: row.verified_ok,
    confirmedAt: row.confirmed_at,
    state: row.state,
    inUse: row.in_use,
  }
}

function toRow(point: CatalogedPoint, confirmedAt: Date) {
  const manifest = restorePointManifest.parse(point.manifest)
  const marks = 'marks' in point ? point.marks : null
  return {
    id: manifest.id,
    job_id: manifest.jobId,
    job_name: manifest.jobName,
    job_kind: manifest.jobKind,
    vault_id: manifest.vaultId,
    run_id: manifest.runId,
    asset: json(manifest.asset),
    taken_at: manifest.takenAt,
    finished_at: manifest.finishedAt,
    size_bytes: manifest.sizeBytes,
    added_bytes: manifest.addedBytes,
    item_count: manifest.itemCount,
    details: json(manifest.details),
    location: cleanText(point.location),
    protected: marks?.protected ?? false,
    verified_at: marks?.verifiedAt ?? null,
    verified_level: marks?.verifiedLevel ?? null,
    verified_ok: marks?.verifiedOk ?? null,
    confirmed_at: confirmedAt,
    state: 'present' as const,
  }
}

export function pointStore(db: Db): PointStore {
  return {
    async list(filter) {
      let query = selectPoints(db).orderBy('taken_at', 'desc').orderBy('id')
      if (filter.jobId) query = query.where('job_id', '=', filter.jobId)
      if (filter.vaultId) query = query.where('vault_id', '=', filter.vaultId)
      if (filter.limit) query = query.limit(filter.limit)
      if (!filter.anyState) query = query.where('state', '=', 'present')
      return (await query.execute()).map(toPoint)
    },

    async get(id) {
      const row = await selectPoints(db).where('id', '=', id).executeTakeFirst()
      return row ? toPoint(row) : null
    },

    async add(points, confirmedAt) {
      // A copy of a restore point's folder bears its id: the catalog knows one place for it.
      const unique = new Map(points.map((point) => [point.manifest.id, toRow(point, confirmedAt)]))
      let added = 0
      for (const rows of chunks([...unique.values()])) {
        // A point that is being removed stays so: seeing it again only means that the removal is not finished.
        const result = await db
          .insertInto('restore_points')
          .values(rows)
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet((eb) => ({
              confirmed_at: eb.ref('excluded.confirmed_at'),
              location: eb.ref('excluded.location'),
              state: sql<'present'>`case when restore_points.state = 'removing' then 'removing' else 'present' end`,
            })),
          )
          .returning(sql<boolean>`xmax = 0`.as('inserted'))
          .execute()
        added += result.filter((row) => row.inserted).length
      }
      return { added, confirmed: unique.size - added }
    },

    async setVerified(id, { verifiedAt, verifiedLevel, verifiedOk }) {
      const values = { verified_at: verifiedAt, verified_level: verifiedLevel, verified_ok: verifiedOk }
      await db.updateTable('restore_points').set(values).where('id', '=', id).execute()
    },

    async setProtected(id, isProtected) {
      const result = await db
        .updateTable('restore_points')
        .set({ protected: isProtected })
        .where('id', '=', id)
        .where('state', '=', 'present')
        .executeTakeFirst()
      return result.numUpdatedRows > 0n
    },

    async beginRemoval(id) {
      const result = await db
        .updateTable('restore_points')
        .set({ state: 'removing' })
        .where('id', '=', id)
        .where('protected', '=', false)
        .where('state', 'in', ['present', 'removing'])
        .executeTakeFirst()
      return result.numUpdatedRows > 0n
    },

    async setMissing(id) {
      await db
        .updateTable('restore_points')
        .set({ state: 'missing' })
        .where('id', '=', id)
        .where('state', '=', 'present')
        .execute()
    },

    async remove(id) {
      await db.deleteFrom('restore_points').where('id', '=', id).where('state', '=', 'removing').execute()
    },

    async vaultSizes(vaultId) {
      const rows = await db
        .selectFrom('vault_sizes')
        .select(['day', 'used_bytes', 'free_bytes'])
        .where('vault_id', '=', vaultId)
        .where(sql<SqlBool>`day > current_date - 90`)
        .orderBy('day')
        .execute()
      return rows.map((row) => ({ day: row.day, usedBytes: row.used_bytes, freeBytes: row.free_bytes }))
    },

    async vaultTotals() {
      // The oldest point of an asset holds all its data, each later one what it added. Where retention took one out of
      // the middle, what later points share with it is not counted: a lower bound then.
      const result = await sql<{
        id: string
        name: string
        kind: string
        pointCount: number
        sizeBytes: number
      }>`
        select vaults.id, vaults.name, vaults.spec ->> 'kind' as kind, count(points.id) as "pointCount",
          coalesce(sum(case when points.age_rank = 1 then points.size_bytes else points.added_bytes end), 0)::bigint as "sizeBytes"
        from vaults
        left join (
          select id, vault_id, size_bytes, added_bytes,
            row_number() over (partition by vault_id, job_id, asset ->> 'kind', asset ->> 'key' order by taken_at, id) as age_rank
          from restore_points where state = 'present'
        ) as points on points.vault_id = vaults.id
        where vaults.deleted_at is null
        group by vaults.id order by vaults.name`.execute(db)
      return result.rows
    },
  }
}
