import type { ObjectKind } from '@holdfast/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../engine/ports.ts'

/** Conditions that leave out what somebody may not see. All are true for whom everything is open. */

/** Of a query with the table `jobs`: on a node of the scope, with none in its settings that is not. */
export function jobInScope(scope: Scope): RawBuilder<SqlBool> {
  return onNodes('jobs', scope)
}

/** Of a query with `runs` or `restore_points`, for those of which the job is in scope already. */
export function madeInScope(table: 'runs' | 'restore_points', scope: Scope): RawBuilder<SqlBool> {
  return onNodes(table, scope)
}

function onNodes(table: 'jobs' | 'runs' | 'restore_points', { nodeIds }: Scope): RawBuilder<SqlBool> {
  if (nodeIds === null) return sql`true`
  const allowed = sql`${[...nodeIds]}::text[]`
  const isOn = sql<SqlBool>`${sql.ref(`${table}.node_id`)} = any(${allowed})`
  // What lies in a vault came from one node only.
  return table === 'restore_points'
    ? isOn
    : sql`(${isOn} and ${sql.ref(`${table}.named_node_ids`)} <@ ${allowed})`
}

/**
 * Of a query with `runs` or `restore_points`: what jobs of the scope made on nodes of the scope. Deleted jobs count as
 * well: history stays.
 */
export function ofJobInScope(table: 'runs' | 'restore_points', scope: Scope): RawBuilder<SqlBool> {
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
