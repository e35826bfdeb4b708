import { type AuditFilter, instant } from '@holdfast/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { AuditStore } from '../../engine/ports.ts'
import { newId } from '../../kit/ids.ts'
import { cursorOf, PAGE_SIZE, pageFrom, readCursor } from '../cursor.ts'
import { type Db, type Trx, toldJson } from '../schema.ts'

type Entry = Parameters<AuditStore['add']>[0]

/** Writes down what somebody did, best in the transaction that did it. */
export async function addAudit(db: Db | Trx, entry: Entry): Promise<void> {
  const { by, action, object, objectId, details } = entry
  await db
    .insertInto('audit')
    .values({
      id: newId('audit'),
      // Not now(), which is the same for all entries of a transaction and would leave them without an order.
      at: sql<string>`clock_timestamp()`,
      by,
      action,
      object,
      object_id: objectId,
      details: toldJson(details),
    })
    .execute()
}

function filtered(db: Db, { objectId, by, user, action, object, from, to }: AuditFilter) {
  let query = db.selectFrom('audit')
  if (objectId !== undefined) query = query.where('object_id', '=', objectId)
  if (by !== undefined) query = query.where('by', '=', by)
  // A name of a user holds no blank: what stands after the last " of " is the owner of the token.
  if (user !== undefined)
    query = query.where(
      sql<boolean>`(by = ${`user:${user}`} or by like 'token:%' and right(by, length(${` of ${user}`}::text)) = ${` of ${user}`}::text)`,
    )
  if (action !== undefined) query = query.where('action', '=', action)
  if (object !== undefined) query = query.where(sql<boolean>`strpos(lower(object), lower(${object})) > 0`)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  return query
}

export function auditStore(db: Db): AuditStore {
  return {
    add: (entry) => addAudit(db, entry),

    async list({ limit = PAGE_SIZE, after, ...filter }) {
      let query = filtered(db, filter)
        .selectAll('audit')
        // To the microsecond: entries of one millisecond would be left out or told twice at the edge of a page.
        .select(sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exact_at'))
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (after !== undefined) {
        const [at, id] = readCursor(after, instant, z.string())
        query = query.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id})`)
      }
      return pageFrom(
        await query.execute(),
        limit,
        (row) => ({
          id: row.id,
          at: row.at,
          by: row.by,
          action: row.action,
          object: row.object,
          objectId: row.object_id,
          details: row.details,
        }),
        (row) => cursorOf(row.exact_at, row.id),
      )
    },
  }
}
