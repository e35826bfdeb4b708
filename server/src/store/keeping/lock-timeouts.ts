import type { LockTimeout } from '@holdfast/contract'
import { sql } from 'kysely'
import type { Queue } from '../runs/queue.ts'
import type { Trx } from '../schema.ts'
import { addDeliveries, listeners } from './add-deliveries.ts'

/** A script that tries again and again is told of as often at most. */
const NOT_AGAIN_FOR = sql`interval '1 hour'`

/** Tells that a wait for a lock was in vain, once in an hour for each waiter and lock; whether anybody hears of it now. */
export async function tellLockTimeout(trx: Trx, queue: Queue, lock: LockTimeout): Promise<boolean> {
  const { name, waiter, jobName } = lock
  const lately = await sql`select id from deliveries
    where subject = 'lock-timeout' and event = ${name} and facts -> 'told' ->> 'waiter' = ${waiter}
      and created_at > now() - ${NOT_AGAIN_FOR} limit 1`.execute(trx)
  if (lately.rows.length > 0) return false
  const jobs = sql<string[]>`${jobName === null ? [] : [jobName]}::text[]`
  const wanted = await listeners(trx, 'lock-timeout', jobs)
  const news = { subject: 'lock-timeout', event: name, told: lock } as const
  await addDeliveries(
    trx,
    queue,
    wanted.map((notification) => ({ ...notification, ...news })),
  )
  return wanted.length > 0
}
