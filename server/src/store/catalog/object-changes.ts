import {
  type ConfigChange,
  type ConfigDocument,
  HoldfastError,
  type ID_PREFIXES,
  type IdKind,
  type JobSpec,
  OBJECT_KINDS,
  type ObjectKind,
} from '@holdfast/contract'
import { sql } from 'kysely'
import { newId } from '../../kit/ids.ts'
import { json, type Trx } from '../schema.ts'

const ID_KIND: Record<ObjectKind, IdKind & keyof typeof ID_PREFIXES> = {
  nodes: 'node',
  vaults: 'vault',
  policies: 'policy',
  notifications: 'notification',
  jobs: 'job',
}

interface ApplyOptions {
  by: string
  /** Ids that vaults bear on themselves, by vault name. */
  vaultIds: Map<string, string>
  nextRunAt: (spec: JobSpec) => Date | null
}

/** Applies the changes in the order of OBJECT_KINDS, deletions last and in reverse, each with a revision. */
export async function applyChanges(
  trx: Trx,
  document: ConfigDocument,
  changes: ConfigChange[],
  options: ApplyOptions,
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
      await remove(trx, change, options.by)
    }
  }
}

async function put(
  trx: Trx,
  document: ConfigDocument,
  change: ConfigChange,
  options: ApplyOptions,
): Promise<void> {
  const found = document[change.kind].find((candidate) => candidate.name === change.name)
  if (!found)
    throw new HoldfastError('invariant-broken', `${change.kind} ${change.name} is not in the document`)
  const { name, ...spec } = found
  const known = change.kind === 'vaults' ? options.vaultIds.get(name) : undefined
  const existing = await findExisting(trx, change.kind, name, known)
  const id = existing?.id ?? known ?? newId(ID_KIND[change.kind])
  const revision = (existing?.revision ?? 0) + 1
  const columns = change.kind === 'jobs' ? await jobColumns(trx, found as JobSpec, options) : {}
  const stored = change.kind === 'jobs' ? withoutReferences(spec) : spec
  if (existing) {
    const values = {
      name,
      spec: json(stored),
      revision,
      updated_at: sql<string>`now()`,
      deleted_at: null,
      ...columns,
    }
    await trx
      .updateTable(change.kind)
      .set(values as never)
      .where('id', '=', id)
      .execute()
  } else {
    await trx
      .insertInto(change.kind)
      .values({ id, name, spec: json(stored), revision, ...columns } as never)
      .execute()
  }
  await trx
    .insertInto('revisions')
    .values({ object_kind: change.kind, object_id: id, revision, name, spec: json(found), by: options.by })
    .execute()
}

/** By its name; a vault that bears an id also by that: under the name it had before, or deleted. */
async function findExisting(trx: Trx, kind: ObjectKind, name: string, id: string | undefined) {
  const rows = trx.selectFrom(kind).select(['id', 'revision']).forUpdate()
  const named = await rows.where('name', '=', name).where('deleted_at', 'is', null).executeTakeFirst()
  if (named || id === undefined) return named
  return await rows.where('id', '=', id).executeTakeFirst()
}

/** What a job refers to is kept by id in columns, so that renaming it changes nothing here. */
function withoutReferences(spec: object): object {
  const { node, vault, policy, kind, enabled, site, ...rest } = spec as Partial<JobSpec>
  return rest
}

async function jobColumns(trx: Trx, spec: JobSpec, options: ApplyOptions) {
  const idOf = async (kind: 'nodes' | 'vaults' | 'policies', name: string | undefined) => {
    if (name === undefined) return null
    const row = await trx
      .selectFrom(kind)
      .select('id')
      .where('name', '=', name)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (!row)
      throw new HoldfastError(
        'name-unknown',
        `job ${spec.name} refers to ${name} in ${kind}, which does not exist`,
      )
    return row.id
  }
  return {
    kind: spec.kind,
    enabled: spec.enabled,
    site: spec.site,
    node_id: await idOf('nodes', spec.node),
    vault_id: await idOf('vaults', spec.vault),
    policy_id: await idOf('policies', spec.policy),
    next_run_at: spec.enabled ? options.nextRunAt(spec) : null,
  }
}

async function remove(trx: Trx, change: ConfigChange, by: string): Promise<void> {
  const row = await trx
    .updateTable(change.kind)
    .set((eb) => ({ deleted_at: sql<string>`now()`, revision: eb('revision', '+', 1) }))
    .where('name', '=', change.name)
    .where('deleted_at', 'is', null)
    .returning(['id', 'revision'])
    .executeTakeFirst()
  if (!row) return
  await trx
    .insertInto('revisions')
    .values({
      object_kind: change.kind,
      object_id: row.id,
      revision: row.revision,
      name: change.name,
      spec: null,
      by,
    })
    .execute()
}
