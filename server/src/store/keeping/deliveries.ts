import { type Delivery, instant, notificationSpec } from '@holdfast/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { DeliveryStore, StoredDelivery } from '../../engine/ports.ts'
import { newId } from '../../kit/ids.ts'
import { tellableText } from '../../kit/text/storable.ts'
import { cursorOf, PAGE_SIZE, pageFrom, readCursor } from '../cursor.ts'
import type { Queue } from '../runs/queue.ts'
import { type Db, inTransaction, toldJson } from '../schema.ts'
import { aroundRun, carriersOf } from './around-run.ts'
import { digestFacts } from './digest-facts.ts'
import { diskRotation, tellOverdueDisks } from './disk-rotation.ts'
import { tellLockTimeout } from './lock-timeouts.ts'

/** A message that could not be sent for this long, as after a restore of an old database, is of no use any more. */
const TOO_OLD = sql`interval '2 days'`

const COLUMNS = sql`id, notification_name as notification, subject, event, run_id as "runId", job_name as "jobName",
  state, attempts, problem, created_at as "createdAt", last_tried_at as "lastTriedAt"`

export function deliveryStore(db: Db, queue: Queue): DeliveryStore {
  return {
    async list({ limit = PAGE_SIZE, after, notification, state, runId }) {
      const where: RawBuilder<SqlBool>[] = [sql`true`]
      if (notification !== undefined)
        where.push(sql`(notification_id = ${notification} or notification_name = ${notification})`)
      if (state !== undefined) where.push(sql`state = ${state}`)
      if (runId !== undefined) where.push(sql`run_id = ${runId}`)
      if (after !== undefined) {
        const [at, id] = readCursor(after, instant, z.string())
        where.push(sql`(created_at, id) < (${at}::timestamptz, ${id})`)
      }
      const { rows } =
        await sql<Delivery>`select ${COLUMNS} from deliveries where ${sql.join(where, sql` and `)}
        order by created_at desc, id desc limit ${limit + 1}`.execute(db)
      return pageFrom(
        rows,
        limit,
        (row) => row,
        (row) => cursorOf(row.createdAt, row.id),
      )
    },

    async begin(id, at) {
      const { rows } = await sql<StoredDelivery>`
        update deliveries set attempts = attempts + 1, last_tried_at = ${at.toISOString()}
        where id = ${id} and state = 'waiting'
        returning id, notification_id as "notificationId", subject, event, run_id as "runId", attempts,
          facts -> 'told' as told, facts -> 'part' as part`.execute(db)
      return rows[0] ?? null
    },

    async end(id, state, problem, part = null) {
      const { rows } = await sql<Delivery>`
        update deliveries set state = ${state}, problem = ${problem === null ? null : tellableText(problem)},
          facts = case when ${part === null} then facts
            else coalesce(facts, '{}') || jsonb_build_object('part', ${toldJson(part)}::jsonb) end
        where id = ${id} returning ${COLUMNS}`.execute(db)
      const [row] = rows
      if (row) return row
      throw new Error(`delivery ${id} is gone`)
    },

    async beginTest({ id: notificationId, name }, at) {
      const id = newId('delivery')
      await sql`insert into deliveries (id, notification_id, notification_name, subject, state, attempts, last_tried_at)
        values (${id}, ${notificationId}, ${name}, 'test', 'waiting', 1, ${at.toISOString()})`.execute(db)
      return id
    },

    async digestReceivers() {
      const { rows } = await sql<{
        id: string
        name: string
        spec: object
        updatedAt: string
        lastSlot: string | null
      }>`
        select id, name, spec, updated_at as "updatedAt", (
          select max(event) from deliveries where subject = 'digest' and notification_id = notifications.id
        ) as "lastSlot"
        from notifications
        where deleted_at is null and (spec ->> 'enabled')::boolean and spec ? 'digest' order by id`.execute(
        db,
      )
      return rows.map((row) => ({
        id: row.id,
        spec: notificationSpec.parse({ ...row.spec, name: row.name }),
        updatedAt: new Date(row.updatedAt),
        lastSlot: row.lastSlot === null ? null : new Date(row.lastSlot),
      }))
    },

    async addDigest({ id: notificationId, name }, slot) {
      return await inTransaction(db, async (trx) => {
        const id = newId('delivery')
        const { rows } = await sql`
          insert into deliveries (id, notification_id, notification_name, subject, event, state)
          values (${id}, ${notificationId}, ${name}, 'digest', ${slot.toISOString()}, 'waiting')
          on conflict (notification_id, event) where subject = 'digest' do nothing returning id`.execute(trx)
        if (rows.length > 0) await queue.sendNotifications(trx, [{ deliveryId: id }])
        return rows.length > 0
      })
    },

    async slotBefore(notificationId, slot) {
      const { rows } = await sql<{ slot: string | null }>`select max(event) as slot from deliveries
        where subject = 'digest' and notification_id = ${notificationId} and event < ${slot.toISOString()}
          and state <> 'failed'`.execute(db)
      return rows[0]?.slot ? new Date(rows[0].slot) : null
    },

    digest: (period, jobs, now) => digestFacts(db, period, jobs, now),
    aroundRun: (run) => aroundRun(db, run),
    carriers: (vaultId, uuid) => carriersOf(db, vaultId, uuid),
    diskRotation: (now) => diskRotation(db, now),
    tellOverdueDisks: (now) => inTransaction(db, (trx) => tellOverdueDisks(trx, queue, now)),
    tellLockTimeout: (lock) => inTransaction(db, (trx) => tellLockTimeout(trx, queue, lock)),

    async resend(waitingSince) {
      await queue.readyToNotify()
      return await inTransaction(db, async (trx) => {
        const since = sql`${waitingSince.toISOString()}::timestamptz`
        await sql`update deliveries set state = 'failed',
            problem = coalesce(problem, 'It was interrupted, and is too old to be sent now.')
          where state = 'waiting' and created_at <= ${since}
            and (subject = 'test' or created_at < ${since} - ${TOO_OLD})`.execute(trx)
        const lost = await sql<{ deliveryId: string }>`
          select id as "deliveryId" from deliveries
          where state = 'waiting' and created_at <= ${since} and not exists (
            select 1 from pgboss.job where job.name = 'notifications' and job.data ->> 'deliveryId' = deliveries.id
              and job.state in ('created', 'retry', 'active'))
          order by created_at limit 1000 for update skip locked`.execute(trx)
        await queue.sendNotifications(trx, lost.rows)
        return lost.rows.length
      })
    },
  }
}
