import {
  type ConfigChange,
  type ConfigDocument,
  HoldfastError,
  type ID_PREFIXES,
  type IdKind,
  type JobSpec,
  OBJECT_KINDS,
  type ObjectKind,
  type ObjectSpec,
} from '@holdfast/contract'
import { sql } from 'kysely'
import type { WriteOptions } from '../../engine/ports.ts'
import { newId } from '../../kit/ids.ts'
import { notifyChange } from '../events.ts'
import { json, type Trx } from '../schema.ts'
import { addAudit } from './audit.ts'

const ID_KIND: Record<ObjectKind, IdKind & keyof typeof ID_PREFIXES> = {
  nodes: 'node',
  vaults: 'vault',
  policies: 'policy',
  notifications: 'notification',
  jobs: 'job',
}

/** Applies the changes in the order of OBJECT_KINDS, deletions last and in reverse, each with a revision. */
export async function applyChanges(
  trx: Trx,
  document: ConfigDocument,
  changes: ConfigChange[],
  /** With the ids that vaults bear on themselves, by vault name. */
  options: WriteOptions & { vaultIds: Map<string, string> },
): Promise<void> {
  for (const kind of OBJECT_KINDS) {
    for (const change of changes.filter((candidate) => candidate.kind === kind)) {
      if (change.action === 'create' || change.action === 'update') await put(trx, document, change, options)
    }
  }
  for (const kind of OBJECT_KINDS.toReversed()) {
    for (const change of changes.filter(
      (candidate) => candidate.kind === kind && candidate.action === 'delete',
    )) {
      const row = await findNamed(trx, kind, change.name)
      if (row) await removeObject(trx, kind, row.id, options.by)
    }
  }
}

async function put(
  trx: Trx,
  document: ConfigDocument,
  change: ConfigChange,
  options: WriteOptions & { vaultIds: Map<string, string> },
): Promise<void> {
  const { kind, name } = change
  const spec = document[kind].find((candidate) => candidate.name === name)
  if (!spec) throw new HoldfastError('invariant-broken', `${kind} ${name} is not in the document`)
  const known = kind === 'vaults' ? options.vaultIds.get(name) : undefined
  // By its name; a vault that bears an id also by that: under the name it had before, or deleted.
  const id = (await findNamed(trx, kind, name))?.id ?? known ?? newObjectId(kind)
  await writeObject(trx, kind, id, spec, options)
}

async function findNamed(trx: Trx, kind: ObjectKind, name: string) {
  const rows = trx.selectFrom(kind).select('id').forUpdate()
  return await rows.where('name', '=', name).where('deleted_at', 'is', null).executeTakeFirst()
}

export function newObjectId(kind: ObjectKind): string {
  return newId(ID_KIND[kind])
}

/** Makes the object of this id what `spec` says, as a new revision: a new one, one in force, or one that was deleted. */
export async function writeObject(
  trx: Trx,
  kind: ObjectKind,
  id: string,
  object: ObjectSpec,
  options: WriteOptions,
): Promise<void> {
  const existing = await trx
    .selectFrom(kind)
    .select(['revision', 'deleted_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const revision = (existing?.revision ?? 0) + 1
  const { name, ...spec } = object
  const columns = kind === 'jobs' ? await jobColumns(trx, object as JobSpec, options) : {}
  const stored = json(kind === 'jobs' ? withoutReferences(spec) : spec)
  if (existing) {
    const times = { updated_at: sql<string>`now()`, deleted_at: null }
    const values = { name, spec: stored, revision, ...times, ...columns }
    await trx
      .updateTable(kind)
      .set(values as never)
      .where('id', '=', id)
      .execute()
  } else {
    await trx
      .insertInto(kind)
      .values({ id, name, spec: stored, revision, ...columns } as never)
      .execute()
  }
  const action = existing && existing.deleted_at === null ? 'object.change' : 'object.create'
  await record(trx, action, { kind, id, revision, name, spec: json(object), by: options.by })
}

/** Deletes an object that nothing refers to. Its row stays for what speaks of it by id. */
export async function removeObject(trx: Trx, kind: ObjectKind, id: string, by: string): Promise<void> {
  const row = await trx
    .updateTable(kind)
    .set((eb) => ({ deleted_at: sql<string>`now()`, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(['name', 'revision'])
    .executeTakeFirst()
  if (row && kind === 'jobs') await trx.deleteFrom('job_memory').where('job_id', '=', id).execute()
  if (row) await record(trx, 'object.delete', { kind, id, ...row, spec: null, by })
}

async function record(
  trx: Trx,
  action: string,
  edit: { kind: ObjectKind; id: string; revision: number; name: string; spec: string | null; by: string },
): Promise<void> {
  const { kind, id, revision, name, spec, by } = edit
  await trx
    .insertInto('revisions')
    .values({ object_kind: kind, object_id: id, revision, name, spec, by })
    .execute()
  await addAudit(trx, { by, action, object: name, objectId: id, details: { kind, revision } })
  await notifyChange(trx, { topic: 'objects', ...(kind === 'jobs' ? { jobId: id } : {}) })
}

/** What a job refers to is kept by id in columns, so that renaming it changes nothing here. */
function withoutReferences(spec: object): object {
  const { node, vault, policy, kind, enabled, site, ...rest } = spec as Partial<JobSpec>
  return rest
}

async function jobColumns(trx: Trx, spec: JobSpec, options: WriteOptions) {
  const idOf = async (kind: 'nodes' | 'vaults' | 'policies', name: string | undefined) => {
    if (name === undefined) return null
    // Locked, so that it is not deleted between this look and the end of the transaction.
    const row = await trx
      .selectFrom(kind)
      .select('id')
      .where('name', '=', name)
      .where('deleted_at', 'is', null)
      .forShare()
      .executeTakeFirst()
    if (!row)
      throw new HoldfastError(
        'name-unknown',
        `job ${spec.name} refers to ${name} in ${kind}, which does not exist`,
      )
    return row.id
  }
  const named = async () => {
    const ids = new Set<string | null>()
    // One after the other, in the same order as anybody else who locks several.
    for (const name of [...new Set(options.nodeNames(spec))].sort()) ids.add(await idOf('nodes', name))
    return [...ids].filter((id) => id !== null)
  }
  return {
    kind: spec.kind,
    enabled: spec.enabled,
    site: spec.site,
    node_id: await idOf('nodes', spec.node),
    named_node_ids: await named(),
    vault_id: await idOf('vaults', spec.vault),
    policy_id: await idOf('policies', spec.policy),
    next_run_at: spec.enabled ? options.nextRunAt(spec) : null,
  }
}
