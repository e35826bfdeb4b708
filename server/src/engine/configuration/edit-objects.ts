import {
  type ConfigDocument,
  type Control,
  HoldfastError,
  type JobSpec,
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
import { firstSlot } from '../scheduler.ts'
import { bindSecrets, refuseElsewhere } from '../upkeep/secret-destinations.ts'
import { checkConfig } from './check-config.ts'
import { diffConfig } from './diff-config.ts'

type EditObjects = Pick<
  Control,
  'listObjects' | 'getObject' | 'createObject' | 'replaceObject' | 'deleteObject' | 'listRevisions'
>

const EMPTY: ConfigDocument = { nodes: [], vaults: [], policies: [], notifications: [], jobs: [] }

/** Nodes, vaults, policies, notifications and jobs one at a time, as forms edit them. */
export function editObjects(deps: ControlDeps): EditObjects {
  const { objects } = deps.store
  const nextRunAt = (spec: JobSpec) => firstSlot(spec, deps.now())

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
        objects.create(kind, spec, { by, id, nextRunAt }),
      )
      return await objectOf(deps, kind, made)
    },

    async replaceObject(kind, ref, spec, { by, revision }) {
      const before = await objectOf(deps, kind, ref)
      if (spec.name !== before.spec.name) await refuseTaken(deps, kind, spec.name)
      await refuseProblems(deps, kind, spec, before.spec.name)
      const isSame = !differs(kind, before.spec, spec) && (revision ?? before.revision) === before.revision
      if (!isSame) {
        await saving(deps, kind, spec, ({ objects }) =>
          objects.replace(kind, before.id, spec, { by, revision, nextRunAt }),
        )
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

/** A notification sends the secrets it uses nowhere but where they were entered for. */
async function saving<T>(
  deps: ControlDeps,
  kind: ObjectKind,
  spec: ObjectSpec,
  save: (store: Store) => Promise<T>,
): Promise<T> {
  const notifications = kind === 'notifications' ? [spec as NotificationSpec] : []
  return await deps.store.atomically(async (within) => {
    await refuseElsewhere(within, notifications)
    const saved = await save(within)
    await bindSecrets(within, notifications)
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
  const document: ConfigDocument = { ...EMPTY, vaults: others }
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
