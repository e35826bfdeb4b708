import type { NotifiedRunEvent } from '@holdfast/contract'
import { sql } from 'kysely'
import { addDeliveries } from '../keeping/add-deliveries.ts'
import type { Trx } from '../schema.ts'
import type { Queue } from './queue.ts'

interface Wanted {
  runId: string
  jobName: string
  event: NotifiedRunEvent
  notificationId: string
  notificationName: string
}

/**
 * Writes down a delivery, with its message in the queue, for every notification that is to be told of what runs came to:
 * what the job says about itself (`notify`) comes before `on` of the notification. Previews tell nobody, and a start is
 * told once however often the run is tried. One query when nobody wants to hear.
 */
export async function announce(
  trx: Trx,
  queue: Queue,
  ends: { runId: string; jobId: string; event: NotifiedRunEvent }[],
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
        when 'always' then ends.event <> 'started' or notifications.spec -> 'on' ? ends.event
        when 'failure' then ends.event in ('warning', 'failed', 'missed', 'lost', 'held')
        when 'daily' then false
        when 'never' then false
        else notifications.spec -> 'on' ? ends.event end
      and not (ends.event = 'started' and exists (
        select from deliveries where deliveries.run_id = runs.id and deliveries.event = 'started'))`.execute(
    trx,
  )
  await addDeliveries(
    trx,
    queue,
    wanted.rows.map((row) => ({ ...row, subject: 'run' as const })),
  )
}
