import { type RawBuilder, sql } from 'kysely'
import { newId } from '../../kit/ids.ts'
import type { Queue } from '../runs/queue.ts'
import { json, type Trx, toldJson } from '../schema.ts'

/** A message that is to be sent. */
export interface NewDelivery {
  notificationId: string
  notificationName: string
  subject: 'run' | 'disk-overdue' | 'lock-timeout'
  event: string
  runId?: string
  jobName?: string
  /** What is told where no run says it. */
  told?: object
}

/** Writes deliveries down, each with its message in the queue. */
export async function addDeliveries(trx: Trx, queue: Queue, wanted: readonly NewDelivery[]): Promise<void> {
  if (wanted.length === 0) return
  const rows = wanted.map((row) => ({ id: newId('delivery'), ...row }))
  await sql`insert into deliveries
      (id, notification_id, notification_name, subject, event, run_id, job_name, facts, state)
    select id, "notificationId", "notificationName", subject, event, "runId", "jobName",
      case when told is not null then jsonb_build_object('told', told) end, 'waiting'
    from jsonb_to_recordset(${toldJson(rows)}::jsonb) as rows (id text, "notificationId" text,
      "notificationName" text, subject text, event text, "runId" text, "jobName" text, told jsonb)`.execute(
    trx,
  )
  await queue.sendNotifications(
    trx,
    rows.map(({ id }) => ({ deliveryId: id })),
  )
}

/**
 * Notifications that want to hear of what is no end of a run. One that is limited to jobs hears of it when it concerns
 * one of `jobs`, an expression for an array of names.
 */
export async function listeners(
  trx: Trx,
  event: 'disk-overdue' | 'lock-timeout',
  jobs: RawBuilder<string[]>,
): Promise<Pick<NewDelivery, 'notificationId' | 'notificationName'>[]> {
  const { rows } = await sql<Pick<NewDelivery, 'notificationId' | 'notificationName'>>`
    select id as "notificationId", name as "notificationName" from notifications
    where deleted_at is null and (spec ->> 'enabled')::boolean and spec -> 'on' @> ${json([event])}::jsonb
      and (spec -> 'jobs' is null or spec -> 'jobs' ?| ${jobs})
    order by id`.execute(trx)
  return rows
}
