import { HoldfastError } from '@holdfast/contract'
import { type Expression, sql } from 'kysely'
import type { StoredUser } from '../../access/ports.ts'
import type { Db, Trx } from '../schema.ts'

/** Names of the nodes that are still there. Somebody limited to deleted ones only gets none: not null, which is all. */
const NODE_NAMES = sql<string[] | null>`case when users.node_ids is null then null else
  array(select nodes.name from nodes where nodes.id = any (users.node_ids) and nodes.deleted_at is null order by nodes.name)
  end`

/** One query for users, wherever they are joined: the columns of {@link StoredUser} as one JSON-free row. */
export const USER_COLUMNS = [
  'users.id as user_id',
  'users.name as user_name',
  'users.password_hash',
  'users.role',
  'users.node_ids',
  'users.is_disabled',
  'users.language',
  'users.time_zone',
  'users.revision',
  'users.session_epoch',
  'users.last_sign_in_at',
  'users.created_at as user_created_at',
] as const

export const nodeNames = NODE_NAMES.as('node_names')

export function selectUsers(db: Db | Trx) {
  return db.selectFrom('users').select(USER_COLUMNS).select(nodeNames)
}

export type UserRow = Awaited<ReturnType<ReturnType<typeof selectUsers>['executeTakeFirstOrThrow']>>

export function toStoredUser(row: UserRow): StoredUser {
  return {
    id: row.user_id,
    name: row.user_name,
    role: row.role,
    nodes: row.node_names,
    nodeIds: row.node_ids,
    isDisabled: row.is_disabled,
    language: row.language,
    timeZone: row.time_zone,
    createdAt: row.user_created_at,
    lastSignInAt: row.last_sign_in_at,
    revision: row.revision,
    passwordHash: row.password_hash,
    sessionEpoch: row.session_epoch,
  }
}

/** Ids of the nodes of these names, null for null. Throws `name-unknown`. */
export async function nodeIdsOf(trx: Trx, names: string[] | null): Promise<string[] | null> {
  if (names === null) return null
  const rows = await trx
    .selectFrom('nodes')
    .select(['id', 'name'])
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`name = any (${names}::text[])`)
    .execute()
  const ids = new Map(rows.map((row) => [row.name, row.id]))
  const unknown = names.find((name) => !ids.has(name))
  if (unknown !== undefined) throw new HoldfastError('name-unknown', `no node is called "${unknown}"`)
  return [...ids.values()]
}

/** For a column of PostgreSQL's arrays: node-postgres writes one itself, null stays null. */
export function textArray(values: string[] | null): Expression<string[] | null> {
  return sql<string[] | null>`${values}::text[]`
}
