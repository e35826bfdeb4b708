import type { FailureStore, FailureSubject } from '../../access/ports.ts'
import { type Db, inTransaction } from '../schema.ts'

/** An empty text stands for any: no name and no address is empty where it is counted. */
const keyOf = ({ name, address }: FailureSubject) => ({ name: name ?? '', address: address ?? '' })

export function failureStore(db: Db): FailureStore {
  return {
    async update(subject, decide) {
      const key = keyOf(subject)
      await inTransaction(db, async (trx) => {
        // A row of nothing, so that there is one to lock: two first failures at once count as two.
        const nothing = { ...key, failures: 0, first_at: new Date(0), last_at: new Date(0) }
        await trx
          .insertInto('sign_in_failures')
          .values(nothing)
          .onConflict((on) => on.columns(['name', 'address']).doNothing())
          .execute()
        const row = await trx
          .selectFrom('sign_in_failures')
          .select(['failures', 'first_at', 'last_at'])
          .where('name', '=', key.name)
          .where('address', '=', key.address)
          .forUpdate()
          .executeTakeFirst()
        const before =
          row && row.failures > 0
            ? { count: row.failures, firstAt: new Date(row.first_at), lastAt: new Date(row.last_at) }
            : null
        const after = decide(before)
        if (!after) return
        await trx
          .updateTable('sign_in_failures')
          .set({ failures: after.count, first_at: after.firstAt, last_at: after.lastAt })
          .where('name', '=', key.name)
          .where('address', '=', key.address)
          .execute()
      })
    },

    async remove(subject) {
      const { name, address } = keyOf(subject)
      await db
        .deleteFrom('sign_in_failures')
        .where('name', '=', name)
        .where('address', '=', address)
        .execute()
    },

    async removeName(name) {
      await db.deleteFrom('sign_in_failures').where('name', '=', name).execute()
    },

    async removeAll() {
      await db.deleteFrom('sign_in_failures').execute()
    },

    async removeBefore(lastAt) {
      await db.deleteFrom('sign_in_failures').where('last_at', '<', lastAt.toISOString()).execute()
    },
  }
}
