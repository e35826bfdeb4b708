import { HoldfastError, type JobSpec, type ObjectKind, type ObjectSpec } from '@holdfast/contract'
import { sql } from 'kysely'
import type { ObjectStore, ObjectUser, WriteOptions } from '../../engine/ports.ts'
import { type Db, inTransaction, type Trx } from '../schema.ts'
import { newObjectId, removeObject, writeObject } from './object-changes.ts'

type Edits = Pick<ObjectStore, 'create' | 'replace' | 'delete' | 'usersOfSecret'>

const UNIQUE_VIOLATION = '23505'
/** Users named in an error. */
const NAMED_USERS = 10

/** Edits of one object at a time, as a person makes them. */
export function objectEdits(db: Db, ensureSite: (site: string) => Promise<unknown>): Edits {
  const ready = async (kind: ObjectKind, spec: ObjectSpec) => {
    if (kind === 'jobs') await ensureSite((spec as JobSpec).site)
  }

  return {
    async create(kind, spec, { id: given, ...options }) {
      await ready(kind, spec)
      const id = given ?? newObjectId(kind)
      await unlessTaken(spec.name, () =>
        inTransaction(db, (trx) => writeObject(trx, kind, id, spec, options)),
      )
      return id
    },

    async replace(kind, id, spec, { revision, ...options }) {
      await ready(kind, spec)
      await unlessTaken(spec.name, () =>
        inTransaction(db, async (trx) => {
          const { name } = await lockRevision(trx, kind, id, revision)
          await writeObject(trx, kind, id, spec, options)
          if (kind === 'jobs' && name !== spec.name)
            await renameInNotifications(trx, name, spec.name, options)
        }),
      )
    },

    async delete(kind, id, { by, revision }) {
      await inTransaction(db, async (trx) => {
        const { name } = await lockRevision(trx, kind, id, revision)
        const users = await usersOf(trx, kind, id, name)
        if (users.length > 0) throw inUse(name, users)
        await removeObject(trx, kind, id, by)
      })
    },

    async usersOfSecret(name) {
      const path = sql.lit('$.** ? (@.secret == $name)')
      const found = (kind: ObjectKind) => sql`
        select ${sql.lit(kind)} as kind, name from ${sql.table(kind)}
        where deleted_at is null and jsonb_path_exists(spec, ${path}, jsonb_build_object('name', ${name}::text))`
      const kinds = (['nodes', 'vaults', 'policies', 'notifications', 'jobs'] as const).map(found)
      const result = await sql<ObjectUser>`${sql.join(kinds, sql` union all `)} order by kind, name`.execute(
        db,
      )
      return result.rows
    },
  }
}

async function unlessTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
    throw new HoldfastError('object-exists', `the name "${name}" is taken`, { cause: error })
  }
}

/** Locks the object until the end of the transaction. A revision of null is any. */
async function lockRevision(
  trx: Trx,
  kind: ObjectKind,
  id: string,
  revision: number | null,
): Promise<{ name: string }> {
  const row = await trx
    .selectFrom(kind)
    .select(['name', 'revision'])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new HoldfastError('name-unknown', `nothing in ${kind} has the id ${id} any more`)
  if (revision === null || revision === row.revision) return row
  const message = `"${row.name}" is at revision ${row.revision}, the edit was made for revision ${revision}`
  throw new HoldfastError('edit-conflict', message, { details: { revision: row.revision } })
}

/** Notifications name jobs, so that a file can be read by people; a new name must not silence them. */
async function renameInNotifications(
  trx: Trx,
  before: string,
  after: string,
  options: WriteOptions,
): Promise<void> {
  const rows = await trx
    .selectFrom('notifications')
    .select(['id', 'name', 'spec'])
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`spec -> 'jobs' ? ${before}`)
    .execute()
  for (const { id, name, spec } of rows) {
    const jobs = (spec.jobs as string[]).map((job) => (job === before ? after : job))
    await writeObject(trx, 'notifications', id, { ...spec, name, jobs } as ObjectSpec, options)
  }
}

const REFERENCE_COLUMNS = { nodes: 'node_id', vaults: 'vault_id', policies: 'policy_id' } as const

function refersTo(kind: keyof typeof REFERENCE_COLUMNS, id: string) {
  const refers = sql<boolean>`${sql.ref(REFERENCE_COLUMNS[kind])} = ${id}`
  return kind === 'nodes' ? sql<boolean>`(${refers} or ${id} = any(named_node_ids))` : refers
}

async function usersOf(trx: Trx, kind: ObjectKind, id: string, name: string): Promise<ObjectUser[]> {
  if (kind === 'notifications') return []
  if (kind === 'jobs') {
    const result = await sql<ObjectUser>`
      select 'runs' as kind, id as name from runs
        where job_id = ${id} and status <> 'finished' and operation <> 'plan'
      union all select 'notifications', name from notifications where deleted_at is null and spec -> 'jobs' ? ${name}
      order by kind, name`.execute(trx)
    return result.rows
  }
  const jobs = await trx
    .selectFrom('jobs')
    .select('name')
    .where(refersTo(kind, id))
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .execute()
  return jobs.map((job) => ({ kind: 'jobs', name: job.name }))
}

function inUse(name: string, users: ObjectUser[]): HoldfastError {
  const told = users.slice(0, NAMED_USERS).map((user) => ({ kind: user.kind, name: user.name }))
  const names = told.map((user) => `${user.kind}/${user.name}`).join(', ')
  const more = users.length > told.length ? ` and ${users.length - told.length} more` : ''
  return new HoldfastError('object-in-use', `"${name}" is used by ${names}${more}`, {
    details: { users: told, count: users.length },
  })
}
