import { instant, type PointFilter, type RestorePoint, restorePointManifest } from '@holdfast/contract'
import { type SqlBool, sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely'
import { z } from 'zod'
import type { CatalogedPoint, CatalogPoint, PointStore, Scope } from '../../engine/ports.ts'
import { cleanText } from '../../kit/text/storable.ts'
import { chunks } from '../chunks.ts'
import { cursorOf, PAGE_SIZE, pageFrom, readCursor } from '../cursor.ts'
import { notifyChange } from '../events.ts'
import { type Db, inTransaction, json, type Tables, type Trx } from '../schema.ts'
import { objectInScope, ofJobInScope } from './scope.ts'

function selectPoints(db: Db | Trx) {
  return db
    .selectFrom('restore_points')
    .selectAll()
    .select(
      sql<boolean>`exists (select 1 from locks where locks.name = 'point:' || restore_points.id)`.as(
        'in_use',
      ),
    )
    .select(
      sql<boolean>`exists (
        select 1 from runs where runs.id = restore_points.run_id and runs.started_by is not null)`.as(
        'by_hand',
      ),
    )
}

type SelectedPoint = Awaited<ReturnType<ReturnType<typeof selectPoints>['executeTakeFirstOrThrow']>>

type PointUpdate = UpdateQueryBuilder<Tables, 'restore_points', 'restore_points', UpdateResult>

function toPoint(row: SelectedPoint): CatalogPoint {
  return {
    id: row.id,
    jobId: row.job_id,
    jobName: row.job_name,
    jobKind: row.job_kind,
    vaultId: row.vault_id,
    disk: row.disk,
    runId: row.run_id,
    nodeId: row.node_id,
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
    byHand: row.by_hand,
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
    node_id: sql<string | null>`coalesce((select node_id from runs where id = ${manifest.runId}),
      (select node_id from jobs where id = ${manifest.jobId}))`,
    asset: json(manifest.asset),
    taken_at: manifest.takenAt,
    finished_at: manifest.finishedAt,
    size_bytes: manifest.sizeBytes,
    added_bytes: manifest.addedBytes,
    item_count: manifest.itemCount,
    details: json(manifest.details),
    location: cleanText(point.location),
    disk: manifest.disk && json(manifest.disk),
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

    async add(points, confirmedAt, replaced = []) {
      // A copy of a restore point's folder bears its id: the catalog knows one place for it.
      const unique = new Map(points.map((point) => [point.manifest.id, toRow(point, confirmedAt)]))
      let added = 0
      await inTransaction(db, async (trx) => {
        for (const rows of chunks([...unique.values()])) {
          // A point that is being removed stays so: seeing it again only means that the removal is not finished.
          const result = await trx
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
        if (replaced.length > 0)
          await trx
            .deleteFrom('restore_points')
            .where('id', 'in', [...replaced])
            .execute()
        const jobIds = new Set([...unique.values()].map((row) => row.job_id))
        await notifyChange(trx, ...[...jobIds].map((jobId) => ({ topic: 'points' as const, jobId })))
      })
      return { added, confirmed: unique.size - added }
    },

    async setVerified(id, { verifiedAt, verifiedLevel, verifiedOk }) {
      const values = { verified_at: verifiedAt, verified_level: verifiedLevel, verified_ok: verifiedOk }
      await told(db, (trx) => trx.updateTable('restore_points').set(values).where('id', '=', id))
    },

    async setProtected(id, isProtected) {
      return await told(db, (trx) =>
        trx
          .updateTable('restore_points')
          .set({ protected: isProtected })
          .where('id', '=', id)
          .where('state', '=', 'present'),
      )
    },

    async beginRemoval(id) {
      return await told(db, (trx) =>
        trx
          .updateTable('restore_points')
          .set({ state: 'removing' })
          .where('id', '=', id)
          .where('protected', '=', false)
          .where('state', 'in', ['present', 'removing']),
      )
    },

    async setMissing(id) {
      await told(db, (trx) =>
        trx
          .updateTable('restore_points')
          .set({ state: 'missing' })
          .where('id', '=', id)
          .where('state', '=', 'present'),
      )
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

    async page(filter, scope) {
      const limit = filter.limit ?? PAGE_SIZE
      const rows = await filtered(db, filter, scope)
        .limit(limit + 1)
        .execute()
      return pageFrom(rows, limit, toPublicPoint, (row) => cursorOf(row.taken_at, row.id))
    },

    async vaultTotals(scope) {
      // The oldest point of an asset holds all its data, each later one what it added. Where retention took one out of
      // the middle, what later points share with it is not counted: a lower bound then.
      const result = await sql<{
        id: string
        name: string
        kind: string
        pointCount: number
        sizeBytes: number
      }>`
        with assets as (
          select vault_id, count(*) as point_count, sum(added_bytes) as added_bytes,
            (array_agg(size_bytes - added_bytes order by taken_at, id))[1] as first_bytes
          from restore_points where state = 'present' and ${ofJobInScope('restore_points', scope)}
          group by vault_id, job_id, disk ->> 'uuid', asset ->> 'kind', asset ->> 'key'
        )
        select vaults.id, vaults.name, vaults.spec ->> 'kind' as kind,
          coalesce(sum(assets.point_count), 0)::bigint as "pointCount",
          coalesce(sum(assets.added_bytes + assets.first_bytes), 0)::bigint as "sizeBytes"
        from vaults left join assets on assets.vault_id = vaults.id
        where vaults.deleted_at is null and ${objectInScope('vaults', scope)}
        group by vaults.id order by vaults.name`.execute(db)
      return result.rows
    },
  }
}

/** Changes one point and tells whoever listens. False when there was nothing to change. */
async function told(db: Db, change: (trx: Trx) => PointUpdate): Promise<boolean> {
  return await inTransaction(db, async (trx) => {
    const changed = await change(trx).returning('job_id').execute()
    await notifyChange(trx, ...changed.map((row) => ({ topic: 'points' as const, jobId: row.job_id })))
    return changed.length > 0
  })
}

function filtered(db: Db, filter: PointFilter, scope: Scope) {
  const { job, vault, q, from, to, after } = filter
  let query = selectPoints(db)
    .where('state', '=', 'present')
    .where(ofJobInScope('restore_points', scope))
    .orderBy('taken_at', 'desc')
    .orderBy('id', 'desc')
  if (job !== undefined) query = query.where('job_id', '=', job)
  if (vault !== undefined) query = query.where('vault_id', '=', vault)
  if (from !== undefined) query = query.where('taken_at', '>=', from)
  if (to !== undefined) query = query.where('taken_at', '<', to)
  if (q !== undefined) {
    const holds = (key: string) => sql<SqlBool>`strpos(lower(asset ->> ${key}), lower(${q})) > 0`
    query = query.where((eb) => eb.or([holds('name'), holds('key')]))
  }
  if (after !== undefined) {
    const [at, id] = readCursor(after, instant, z.string())
    query = query.where(sql<SqlBool>`(taken_at, id) < (${at}::timestamptz, ${id})`)
  }
  return query
}

function toPublicPoint(row: SelectedPoint): RestorePoint {
  const { state, inUse, byHand, nodeId, ...rest } = toPoint(row)
  return rest
}
