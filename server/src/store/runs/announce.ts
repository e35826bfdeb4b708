import { sql } from 'kysely'
import { runDeliveries } from '../keeping/deliveries.ts'
import type { Trx } from '../schema.ts'
import type { Queue } from './queue.ts'

interface Wanted {
  runId: string
  jobName: string
  event: string
  notificationId: string
  notificationName: string
}

/**
 * Writes down a delivery, with its message in the queue, for every notification that is to be told of these ends of
 * runs: what the job says about itself (`notify`) comes before `on` of the notification. Previews tell nobody. One
 * query when nobody wants to hear.
 */
export async function announce(
  trx: Trx,
  queue: Queue,
  ends: { runId: string; jobId: string; event: string }[],
): Promise<void> {
  if (ends.length === 0) return
  const wanted = await sql<Wanted>`
    select ends."runId", jobs.name as "jobName", ends.event,
      notifications.id as "notificationId", notifications.name as "notificationName"
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as ends ("runId" text, "jobId" text, event text)
    join runs on runs.id = ends."runId" and runs.operation <> 'plan'
    join jobs on jobs.id = ends."jobId"
    join notifications on notifications.deleted_at is null
      and (notifications.spec ->> 'enabled')::boolean
      and (notifications.spec -> 'jobs' is null or notifications.spec -> 'jobs' ? jobs.name)
      and case jobs.spec ->> 'notify'
        when 'always' then true
        when 'failure' then ends.event in ('warning', 'failed', 'missed', 'lost', 'held')
        when 'daily' then false
        when 'never' then false
        else notifications.spec -> 'on' ? ends.event end`.execute(trx)
  if (wanted.rows.length === 0) return
  const { ids, insert } = runDeliveries(wanted.rows)
  await insert.execute(trx)
  await queue.sendNotifications(trx, ids)
}
