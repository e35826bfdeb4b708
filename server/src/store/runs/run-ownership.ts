import { HoldfastError, type RunStatus } from '@holdfast/contract'
import { canBecome } from '../../domain/run-states.ts'
import type { StoredRun } from '../../engine/ports.ts'
import { type Db, inTransaction, type Trx } from '../schema.ts'

/**
 * Runs `work` in a transaction that only goes on while the run's claim is still the one in `run`. `next` is the status
 * it will have, null when that does not change.
 */
export async function owned<T>(
  db: Db,
  run: StoredRun,
  next: RunStatus | null,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  return await inTransaction(db, async (trx) => {
    const row = await trx
      .selectFrom('runs')
      .select(['claim', 'status'])
      .where('id', '=', run.id)
      .where('status', '<>', 'finished')
      .forUpdate()
      .executeTakeFirst()
    if (!row || run.claim === null || row.claim !== run.claim) throw lostClaim(run)
    if (next !== null && !canBecome(row.status, next)) {
      throw new HoldfastError('invariant-broken', `run ${run.id} cannot go from ${row.status} to ${next}`)
    }
    return await work(trx)
  })
}

export function lostClaim(run: { id: string }): HoldfastError {
  return new HoldfastError('worker-lost', `run ${run.id} was taken over by another worker`)
}
