import {
  type ConfigObject,
  type JsonValue,
  OBJECT_KINDS,
  OBJECT_SCHEMAS,
  type ObjectFilter,
  type ObjectKind,
  type ObjectSpec,
  startHook,
} from '@holdfast/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { ObjectState, ObjectStore } from '../../engine/ports.ts'
import { cursorOf, PAGE_SIZE, pageFrom, readCursor } from '../cursor.ts'
import type { Db } from '../schema.ts'
import { objectInScope } from './scope.ts'

type Lists = Pick<ObjectStore, 'list' | 'get' | 'revisions' | 'names' | 'states' | 'startHooks'>

interface Row {
  id: string
  name: string
  spec: Record<string, JsonValue>
  revision: number
  created_at: string
  updated_at: string
}

/** Objects with their revision and their times, for those who read and edit them. */
export function objectLists(db: Db): Lists {
  return {
    async list(kind, filter, scope) {
      const limit = filter.limit ?? PAGE_SIZE
      const where = [objectInScope(kind, scope), ...conditions(kind, filter)]
      const rows = await read(db, kind, where, limit + 1)
      return pageFrom(
        rows,
        limit,
        (row) => toObject(kind, row),
        (row) => cursorOf(row.name, row.id),
      )
    },

    async get(kind, ref, scope) {
      const named = sql<SqlBool>`(${sql.ref(`${kind}.id`)} = ${ref} or ${sql.ref(`${kind}.name`)} = ${ref})`
      const idFirst = sql`(${sql.ref(`${kind}.id`)} = ${ref}) desc, `
      const [row] = await read(db, kind, [objectInScope(kind, scope), named], 1, idFirst)
      return row ? toObject(kind, row) : null
    },

    async revisions(kind, id) {
      return await db
        .selectFrom('revisions')
        .select(['revision', 'at', 'by', 'name', 'spec'])
        .where('object_kind', '=', kind)
        .where('object_id', '=', id)
        .orderBy('revision', 'desc')
        .execute()
    },

    async startHooks(name) {
      const wanted = JSON.stringify({ startHooks: [{ name }] })
      const rows = await db
        .selectFrom('jobs')
        .select(['id', sql<JsonValue>`spec -> 'startHooks'`.as('hooks')])
        .where('deleted_at', 'is', null)
        .where('enabled', '=', true)
        .where(sql<SqlBool>`spec @> ${wanted}::jsonb`)
        .orderBy('name')
        .execute()
      return rows.flatMap(({ id, hooks }) =>
        z
          .array(startHook)
          .parse(hooks)
          .filter((hook) => hook.name === name)
          .map(({ token }) => ({ jobId: id, reference: token })),
      )
    },

    async states() {
      const lists = OBJECT_KINDS.map(
        (kind) =>
          sql`select ${sql.lit(kind)} as kind, id, name, revision from ${sql.table(kind)} where deleted_at is null`,
      )
      const all = sql<ObjectState>`${sql.join(lists, sql` union all `)} order by kind, name`
      return (await all.execute(db)).rows
    },

    async names() {
      const lists = OBJECT_KINDS.map(
        (kind) => sql`select ${sql.lit(kind)} as kind, name from ${sql.table(kind)} where deleted_at is null`,
      )
      const { rows } = await sql<{
        kind: ObjectKind
        name: string
      }>`${sql.join(lists, sql` union all `)}`.execute(db)
      const byKind = Map.groupBy(rows, (row) => row.kind)
      const entries = OBJECT_KINDS.map((kind) => [kind, (byKind.get(kind) ?? []).map((row) => row.name)])
      return Object.fromEntries(entries) as Record<ObjectKind, string[]>
    },
  }
}

function conditions(kind: ObjectKind, { q, after }: ObjectFilter): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = []
  const name = sql.ref(`${kind}.name`)
  if (q !== undefined) all.push(sql`strpos(lower(${name}), lower(${q})) > 0`)
  if (after !== undefined) {
    const [lastName, lastId] = readCursor(after, z.string(), z.string())
    all.push(sql`(${name}, ${sql.ref(`${kind}.id`)}) > (${lastName}, ${lastId})`)
  }
  return all
}

/** What a job refers to is kept in columns and told by its name of today. */
const JOB_SPEC = sql`jobs.spec || jsonb_strip_nulls(jsonb_build_object('kind', jobs.kind, 'enabled', jobs.enabled,
  'site', jobs.site, 'node', nodes.name, 'vault', vaults.name, 'policy', policies.name))`
const JOB_REFERENCES = sql`left join nodes on nodes.id = jobs.node_id left join vaults on vaults.id = jobs.vault_id
  left join policies on policies.id = jobs.policy_id`

async function read(
  db: Db,
  kind: ObjectKind,
  where: RawBuilder<SqlBool>[],
  limit: number,
  first: RawBuilder<unknown> = sql``,
): Promise<Row[]> {
  const column = (name: string) => sql.ref(`${kind}.${name}`)
  const isJob = kind === 'jobs'
  const result = await sql<Row>`
    select ${column('id')}, ${column('name')}, ${isJob ? JOB_SPEC : column('spec')} as spec, ${column('revision')},
      ${column('created_at')}, ${column('updated_at')}
    from ${sql.table(kind)} ${isJob ? JOB_REFERENCES : sql``}
    where ${column('deleted_at')} is null and ${sql.join(where, sql` and `)}
    order by ${first}${column('name')}, ${column('id')} limit ${limit}`.execute(db)
  return result.rows
}

function toObject<K extends ObjectKind>(kind: K, row: Row): ConfigObject<K> {
  return {
    id: row.id,
    kind,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    spec: OBJECT_SCHEMAS[kind].parse({ ...row.spec, name: row.name }) as ObjectSpec<K>,
  }
}
