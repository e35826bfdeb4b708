import {
  type ConfigDocument,
  type Control,
  HoldfastError,
  type NodeSpec,
  type NotificationSpec,
  type ObjectKind,
  type ObjectSpec,
  type VaultSpec,
} from '@holdfast/contract'
import { cronProblem } from '../../domain/schedule/slots.ts'
import { identifyVault } from '../control/reindex.ts'
import { objectOf } from '../control/resolve.ts'
import { type ControlDeps, EVERYTHING, notForLimited } from '../control/scope.ts'
import type { Store } from '../ports.ts'
import { bindSecrets, refuseElsewhere } from '../upkeep/secret-destinations.ts'
import { checkConfig } from './check-config.ts'
import { diffConfig } from './diff-config.ts'
import { jobFacts, withRenamedNode } from './job-nodes.ts'

type EditObjects = Pick<
  Control,
  'listObjects' | 'getObject' | 'createObject' | 'replaceObject' | 'deleteObject' | 'listRevisions'
>

const EMPTY: ConfigDocument = { nodes: [], vaults: [], policies: [], notifications: [], jobs: [] }

/** Nodes, vaults, policies, notifications and jobs one at a time, as forms edit them. */
export function editObjects(deps: ControlDeps): EditObjects {
  const { objects } = deps.store
  const facts = jobFacts(deps)

  return {
    async listObjects(kind, filter) {
      if (kind === 'notifications' && deps.scope.nodeIds !== null) throw notForLimited()
      return await objects.list(kind, filter, deps.scope)
    },

    getObject: (kind, ref) => objectOf(deps, kind, ref),

    async createObject(kind, spec, { by }) {
      await refuseTaken(deps, kind, spec.name)
      await refuseProblems(deps, kind, spec, null)
      const id = kind === 'vaults' ? await idOfVault(deps, spec as VaultSpec) : null
      const made = await saving(deps, kind, spec, ({ objects }) =>
        objects.create(kind, spec, { by, id, ...facts }),
      )
      return await objectOf(deps, kind, made)
    },

    async replaceObject(kind, ref, spec, { by, revision }) {
      const before = await objectOf(deps, kind, ref)
      if (spec.name !== before.spec.name) await refuseTaken(deps, kind, spec.name)
      await refuseProblems(deps, kind, spec, before.spec.name)
      const isSame = !differs(kind, before.spec, spec) && (revision ?? before.revision) === before.revision
      if (!isSame) {
        await saving(deps, kind, spec, async (within) => {
          await within.objects.replace(kind, before.id, spec, { by, revision, ...facts })
          if (kind === 'nodes' && spec.name !== before.spec.name)
            await renameInJobs(deps, within, {
              id: before.id,
              before: before.spec.name,
              after: spec.name,
              by,
            })
        })
      }
      return await objectOf(deps, kind, before.id)
    },

    async deleteObject(kind, ref, { by, revision }) {
      const { id } = await objectOf(deps, kind, ref)
      await objects.delete(kind, id, { by, revision })
    },

    async listRevisions(kind, ref) {
      const { id } = await objectOf(deps, kind, ref)
      return await objects.revisions(kind, id)
    },
  }
}

/**
 * Settings of jobs name nodes, so that a file can be read by people: those that name this one get its new name, in the
 * same transaction. Throws `object-in-use` where that cannot be done.
 */
async function renameInJobs(
  deps: ControlDeps,
  { objects }: Store,
  { id, before, after, by }: { id: string; before: string; after: string; by: string },
): Promise<void> {
  const users = (await objects.jobs()).filter(({ nodes }) => nodes.some((node) => node.id === id))
  for (const user of users) {
    const job = await objects.get('jobs', user.id, EVERYTHING)
    if (!job) continue
    const renamed = withRenamedNode(deps.drivers, job.spec, before, after)
    if (renamed === null) {
      throw new HoldfastError('object-in-use', `the settings of job "${job.spec.name}" name "${before}"`, {
        hint: 'Have the job name another node, rename this one, then change the job back.',
        details: { users: [{ kind: 'jobs', name: job.spec.name }], count: 1 },
      })
    }
    if (renamed === job.spec) continue
    await objects.replace('jobs', job.id, renamed, { by, revision: job.revision, ...jobFacts(deps) })
  }
}

/** Notifications and nodes send the secrets they use nowhere but where they were entered for. */
async function saving<T>(
  deps: ControlDeps,
  kind: ObjectKind,
  spec: ObjectSpec,
  save: (store: Store) => Promise<T>,
): Promise<T> {
  const senders = kind === 'notifications' || kind === 'nodes' ? [spec as NotificationSpec | NodeSpec] : []
  return await deps.store.atomically(async (within) => {
    await refuseElsewhere(within, senders)
    const saved = await save(within)
    await bindSecrets(within, senders)
    return saved
  })
}

async function refuseTaken(deps: ControlDeps, kind: ObjectKind, name: string): Promise<void> {
  const other = await deps.store.objects.get(kind, name, EVERYTHING)
  if (other?.spec.name === name) throw new HoldfastError('object-exists', `the name "${name}" is taken`)
}

/** Throws `config-invalid` with every problem of the object, their paths from the object itself. */
async function refuseProblems(
  deps: ControlDeps,
  kind: ObjectKind,
  spec: ObjectSpec,
  /** The name it bears so far; null for a new one. */
  before: string | null,
): Promise<void> {
  const document = await surroundings(deps, kind, spec, before)
  const existing = await deps.store.objects.names()
  const index = document[kind].length - 1
  const problems = checkConfig(document, deps.drivers, { cronProblem, existing })
    .filter((problem) => problem.kind === kind && problem.index === index)
    .map(({ path, message, hint }) => ({ path, message, hint: hint ?? null }))
  const [first] = problems
  if (!first) return
  const message = `${first.path.join('.')}: ${first.message}`
  throw new HoldfastError('config-invalid', message, { details: { problems } })
}

/** The object, as the last of its kind, with those others that decide whether it may be as it is. */
async function surroundings(
  deps: ControlDeps,
  kind: ObjectKind,
  spec: ObjectSpec,
  before: string | null,
): Promise<ConfigDocument> {
  const vaults = kind === 'vaults' || kind === 'jobs' ? await deps.store.objects.vaults() : []
  const others = vaults
    .filter((vault) => kind !== 'vaults' || vault.name !== before)
    .map(({ id, ...vault }): VaultSpec => vault)
  const nodes = kind === 'jobs' ? (await deps.store.objects.document()).nodes : []
  const document: ConfigDocument = { ...EMPTY, vaults: others, nodes }
  return { ...document, [kind]: [...document[kind], spec] }
}

function differs(kind: ObjectKind, before: ObjectSpec, after: ObjectSpec): boolean {
  if (before.name !== after.name) return true
  const documentOf = (spec: ObjectSpec): ConfigDocument => ({ ...EMPTY, [kind]: [spec] })
  const [change] = diffConfig(documentOf(before), documentOf(after), { prune: false })
  return change?.action !== 'unchanged'
}

/** What the vault bears on itself, so that its restore points are its own again; null for a fresh one. */
async function idOfVault(deps: ControlDeps, spec: VaultSpec): Promise<string | null> {
  const id = await identifyVault(deps, spec)
  if (id === null) return null
  const owner = await deps.store.objects.get('vaults', id, EVERYTHING)
  if (!owner) return id
  throw new HoldfastError(
    'object-exists',
    `${spec.kind === 'directory' ? spec.path : spec.name} is the vault "${owner.spec.name}"`,
    {
      hint: 'Use that vault, or change its name instead of making another one.',
    },
  )
}
