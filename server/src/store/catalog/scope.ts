import type { ObjectKind } from '@holdfast/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../engine/ports.ts'

/** Conditions that leave out what somebody may not see. All are true for whom everything is open. */

/** Of a query with the table `jobs`. */
export function jobInScope({ nodeIds }: Scope): RawBuilder<SqlBool> {
  return nodeIds === null ? sql`true` : sql`jobs.node_id = any(${[...nodeIds]}::text[])`
}

/** Of a query with a table that has a `node_id`: `runs`, `restore_points`. For those of which the job is in scope already. */
export function madeInScope(table: string, { nodeIds }: Scope): RawBuilder<SqlBool> {
  return nodeIds === null ? sql`true` : sql`${sql.ref(`${table}.node_id`)} = any(${[...nodeIds]}::text[])`
}

/**
 * Of a query with `runs` or `restore_points`: what jobs of the scope made on nodes of the scope. Deleted jobs count as
 * well: history stays.
 */
export function ofJobInScope(table: string, scope: Scope): RawBuilder<SqlBool> {
  if (scope.nodeIds === null) return sql`true`
  return sql`${madeInScope(table, scope)} and exists (
    select 1 from jobs where jobs.id = ${sql.ref(`${table}.job_id`)} and ${jobInScope(scope)})`
}

/** Of a query with the table of a kind of object. */
export function objectInScope(kind: ObjectKind, scope: Scope): RawBuilder<SqlBool> {
  if (scope.nodeIds === null) return sql`true`
  const used = (column: string) =>
    sql<SqlBool>`${sql.ref(`${kind}.id`)} in (
      select ${sql.ref(column)} from jobs where jobs.deleted_at is null and ${jobInScope(scope)})`
  switch (kind) {
    case 'jobs':
      return jobInScope(scope)
    case 'nodes':
      return sql`nodes.id = any(${[...scope.nodeIds]}::text[])`
    case 'vaults':
      return used('jobs.vault_id')
    case 'policies':
      return used('jobs.policy_id')
    case 'notifications':
      return sql`false`
  }
}
