import {
  type ConfigChange,
  type ConfigDocument,
  HoldfastError,
  type JobSpec,
  type JsonValue,
  jobSpec,
  nodeSpec,
  notificationSpec,
  OBJECT_KINDS,
  type ObjectKind,
  policySpec,
  vaultSpec,
} from '@holdfast/contract'
import { sql } from 'kysely'
import type { ObjectState, ObjectStore, StoredJob } from '../../engine/ports.ts'
import { type Db, inTransaction, json, type Trx } from '../schema.ts'
import { addAudit } from './audit.ts'
import { applyChanges } from './object-changes.ts'
import { objectEdits } from './object-edits.ts'
import { objectLists } from './object-lists.ts'

interface SpecRow {
  id: string
  name: string
  spec: Record<string, JsonValue>
}

const nodeOf = (row: SpecRow) => ({ ...nodeSpec.parse({ ...row.spec, name: row.name }), id: row.id })
const vaultOf = (row: SpecRow) => ({ ...vaultSpec.parse({ ...row.spec, name: row.name }), id: row.id })
const policyOf = (row: SpecRow) => ({ ...policySpec.parse({ ...row.spec, name: row.name }), id: row.id })

/** The job's own settings, without the names of what it refers to. Enough for its schedule. */
export function parseSchedule(row: { name: string; kind: string; spec: Record<string, JsonValue> }): JobSpec {
  return jobSpec.parse({ ...row.spec, name: row.name, kind: row.kind })
}

/** Null for settings that cannot be read; the slot of such a job says so when it comes. */
function readSchedule(row: Parameters<typeof parseSchedule>[0]): JobSpec | null {
  try {
    return parseSchedule(row)
  } catch {
    return null
  }
}

function selectJobs(db: Db | Trx) {
  return db
    .selectFrom('jobs')
    .leftJoin('nodes', 'nodes.id', 'jobs.node_id')
    .leftJoin('vaults', 'vaults.id', 'jobs.vault_id')
    .leftJoin('policies', 'policies.id', 'jobs.policy_id')
    .select([
      'jobs.id',
      'jobs.name',
      'jobs.kind',
      'jobs.enabled',
      'jobs.site',
      'jobs.spec',
      'jobs.checkpoint',
      'jobs.next_run_at',
      'jobs.deleted_at',
    ])
    .select(
      sql<SpecRow[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('id', named.id, 'name', named.name, 'spec', named.spec)), '[]')
        from nodes named where named.id = any(jobs.named_node_ids))`.as('named_nodes'),
    )
    .select(['nodes.id as node_id', 'nodes.name as node_name', 'nodes.spec as node_spec'])
    .select(['vaults.id as vault_id', 'vaults.name as vault_name', 'vaults.spec as vault_spec'])
    .select(['policies.id as policy_id', 'policies.name as policy_name', 'policies.spec as policy_spec'])
}

type SelectedJob = Awaited<ReturnType<ReturnType<typeof selectJobs>['executeTakeFirstOrThrow']>>

function toStoredJob(row: SelectedJob): StoredJob {
  const referred = (id: string | null, name: string | null, spec: Record<string, JsonValue> | null) =>
    id && name && spec ? { id, name, spec } : null
  const node = referred(row.node_id, row.node_name, row.node_spec)
  const vault = referred(row.vault_id, row.vault_name, row.vault_spec)
  const policy = referred(row.policy_id, row.policy_name, row.policy_spec)
  const ownNode = node && nodeOf(node)
  const others = row.named_nodes.filter(({ id }) => id !== node?.id)
  const names = {
    ...(node ? { node: node.name } : {}),
    ...(vault ? { vault: vault.name } : {}),
    ...(policy ? { policy: policy.name } : {}),
  }
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    enabled: row.enabled,
    isDeleted: row.deleted_at !== null,
    site: row.site,
    spec: jobSpec.parse({
      ...row.spec,
      ...names,
      name: row.name,
      kind: row.kind,
      enabled: row.enabled,
      site: row.site,
    }),
    node: ownNode,
    nodes: [...(ownNode ? [ownNode] : []), ...others.map(nodeOf)],
    vault: vault && vaultOf(vault),
    policy: policy && policyOf(policy),
    checkpoint: row.checkpoint,
    nextRunAt: row.next_run_at,
  }
}

/** A job by id, deleted ones too: their runs and restore points live on. */
export async function getStoredJob(db: Db | Trx, id: string): Promise<StoredJob | null> {
  const row = await selectJobs(db).where('jobs.id', '=', id).executeTakeFirst()
  return row ? toStoredJob(row) : null
}

async function readDocument(db: Db | Trx): Promise<ConfigDocument> {
  const list = (kind: Exclude<ObjectKind, 'jobs'>) =>
    sql<SpecRow>`select id, name, spec from ${sql.table(kind)} where deleted_at is null order by name`
      .execute(db)
      .then((result) => result.rows)
  const named = (rows: SpecRow[]) => rows.map((row) => ({ ...row.spec, name: row.name }))
  const jobs = await selectJobs(db).where('jobs.deleted_at', 'is', null).orderBy('jobs.name').execute()
  return {
    nodes: named(await list('nodes')).map((spec) => nodeSpec.parse(spec)),
    vaults: named(await list('vaults')).map((spec) => vaultSpec.parse(spec)),
    policies: named(await list('policies')).map((spec) => policySpec.parse(spec)),
    notifications: named(await list('notifications')).map((spec) => notificationSpec.parse(spec)),
    jobs: jobs.map((row) => toStoredJob(row).spec),
  }
}

/** A deleted object keeps its id but frees its name, so the one alive is preferred. */
const aliveFirst = sql`deleted_at is not null`

export function objectStore(db: Db, ensureSite: (site: string) => Promise<unknown>): ObjectStore {
  return {
    ...objectLists(db),
    ...objectEdits(db, ensureSite),

    async jobs() {
      const rows = await selectJobs(db).where('jobs.deleted_at', 'is', null).orderBy('jobs.name').execute()
      return rows.map(toStoredJob)
    },

    async job(ref) {
      const row = await selectJobs(db)
        .where((eb) => eb.or([eb('jobs.id', '=', ref), eb('jobs.name', '=', ref)]))
        .orderBy(sql`jobs.id = ${ref}`, 'desc')
        .orderBy(sql`jobs.deleted_at is not null`)
        .executeTakeFirst()
      return row ? toStoredJob(row) : null
    },

    async remembered(jobId) {
      const row = await db
        .selectFrom('job_memory')
        .select('value')
        .where('job_id', '=', jobId)
        .executeTakeFirst()
      return row?.value ?? null
    },

    async vaults() {
      const rows = await db
        .selectFrom('vaults')
        .select(['id', 'name', 'spec'])
        .where('deleted_at', 'is', null)
        .orderBy('name')
        .execute()
      return rows.map(vaultOf)
    },

    async vault(ref) {
      const row = await db
        .selectFrom('vaults')
        .select(['id', 'name', 'spec'])
        .where((eb) => eb.or([eb('id', '=', ref), eb('name', '=', ref)]))
        .orderBy(sql`id = ${ref}`, 'desc')
        .orderBy(aliveFirst)
        .executeTakeFirst()
      return row ? vaultOf(row) : null
    },

    async notification(id) {
      const row = await db
        .selectFrom('notifications')
        .select(['name', 'spec'])
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
      const spec = row ? notificationSpec.parse({ ...row.spec, name: row.name }) : null
      return spec?.enabled ? spec : null
    },

    document: () => readDocument(db),

    async apply(document, changes, options) {
      for (const site of new Set(document.jobs.map((job) => job.site))) await ensureSite(site)
      try {
        await inTransaction(db, async (trx) => {
          await requireUnchanged(trx, options.seen)
          await applyChanges(trx, document, changes, options)
          await addAudit(trx, applied(changes, options.by))
        })
      } catch (error) {
        const { code } = error as { code?: string }
        if (code !== UNIQUE_VIOLATION && code !== DEADLOCK) throw error
        throw changedMeanwhile(error)
      }
    },

    async adoptId(kind, name, id) {
      await inTransaction(db, async (trx) => {
        const row = await trx
          .selectFrom(kind)
          .select('id')
          .where('name', '=', name)
          .where('deleted_at', 'is', null)
          .forUpdate()
          .executeTakeFirst()
        if (!row) throw new HoldfastError('name-unknown', `nothing in ${kind} is called "${name}"`)
        if (row.id === id) return
        await refuseWhileUsed(trx, kind, name, row.id)
        await trx.updateTable(kind).set({ id }).where('id', '=', row.id).execute()
      })
    },

    async createDetachedJob(job) {
      const spec = { description: 'Found on the vault by reindex; its configuration is not known' }
      await db
        .insertInto('jobs')
        .values({
          id: job.id,
          name: job.name.slice(0, 100),
          kind: job.kind,
          spec: json(spec),
          revision: 1,
          enabled: false,
          site: 'main',
          vault_id: job.vaultId,
        })
        .execute()
    },

    async replan(decide) {
      const rows = await db
        .selectFrom('jobs')
        .select(['id', 'name', 'kind', 'spec', 'next_run_at'])
        .where('enabled', '=', true)
        .where('deleted_at', 'is', null)
        .where('next_run_at', 'is not', null)
        .execute()
      const moved = rows.flatMap((row) => {
        const before = row.next_run_at ? new Date(row.next_run_at) : null
        const spec = readSchedule(row)
        if (!spec) return []
        const next = decide(spec, before)
        return next?.getTime() === before?.getTime() ? [] : [{ id: row.id, next }]
      })
      if (moved.length > 0) {
        await sql`update jobs set next_run_at = slot.next
          from jsonb_to_recordset(${json(moved)}::jsonb) as slot (id text, next timestamptz) where jobs.id = slot.id`.execute(
          db,
        )
      }
      return moved.length
    },
  }
}

function applied(changes: ConfigChange[], by: string) {
  const count = (action: ConfigChange['action']) =>
    changes.filter((change) => change.action === action).length
  const details = { created: count('create'), changed: count('update'), deleted: count('delete') }
  return { by, action: 'config.apply', object: null, objectId: null, details }
}

const UNIQUE_VIOLATION = '23505'
const DEADLOCK = '40P01'

function changedMeanwhile(cause?: unknown): HoldfastError {
  return new HoldfastError('config-conflict', 'the configuration was changed by somebody else meanwhile', {
    cause,
  })
}

/** Locks what the changes were found at until the end of the transaction: from here on nobody else changes it. */
async function requireUnchanged(trx: Trx, seen: readonly ObjectState[]): Promise<void> {
  for (const kind of OBJECT_KINDS) {
    const revisions = new Map(
      seen.filter((state) => state.kind === kind).map(({ id, revision }) => [id, revision]),
    )
    if (revisions.size === 0) continue
    const rows = await trx
      .selectFrom(kind)
      .select(['id', 'revision'])
      .where('id', 'in', [...revisions.keys()])
      .where('deleted_at', 'is', null)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute()
    const isSame =
      rows.length === revisions.size && rows.every(({ id, revision }) => revisions.get(id) === revision)
    if (!isSame) throw changedMeanwhile()
  }
}

/** A live run has the id in its locks and writes it into manifests; points of the catalog speak of it. */
async function refuseWhileUsed(trx: Trx, kind: 'jobs' | 'vaults', name: string, id: string): Promise<void> {
  const column = kind === 'jobs' ? 'job_id' : 'vault_id'
  const live = await trx
    .selectFrom('runs')
    .innerJoin('jobs', 'jobs.id', 'runs.job_id')
    .select('runs.id')
    .where(kind === 'jobs' ? 'jobs.id' : 'jobs.vault_id', '=', id)
    .where('runs.status', '<>', 'finished')
    .executeTakeFirst()
  if (live) throw new HoldfastError('lock-held', `run ${live.id} is using ${name}; wait for its end`)
  const point = await trx
    .selectFrom('restore_points')
    .select('id')
    .where(column, '=', id)
    .limit(1)
    .executeTakeFirst()
  if (!point) return
  throw new HoldfastError(
    'vault-foreign',
    `what lies at ${name} belongs to another one than the catalog knows by that name`,
  )
}
