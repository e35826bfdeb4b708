import { sql } from 'kysely'
import type { NotificationMessage } from '../../engine/ports.ts'
import type { Trx } from '../schema.ts'
import type { Queue } from './queue.ts'

/** Queues every notification that wants to hear of these ends of runs. One query when nobody does. */
export async function announce(
  trx: Trx,
  queue: Queue,
  ends: { runId: string; jobId: string; event: NotificationMessage['event'] }[],
): Promise<void> {
  if (ends.length === 0) return
  const wanted = await sql<NotificationMessage>`
    select ends."runId", notifications.id as "notificationId", ends.event
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as ends ("runId" text, "jobId" text, event text)
    join jobs on jobs.id = ends."jobId"
    join notifications on notifications.deleted_at is null
      and (notifications.spec ->> 'enabled')::boolean
      and notifications.spec -> 'on' ? ends.event
      and (notifications.spec -> 'jobs' is null or notifications.spec -> 'jobs' ? jobs.name)`.execute(trx)
  await queue.sendNotifications(trx, wanted.rows)
}
