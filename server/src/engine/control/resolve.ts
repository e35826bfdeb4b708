import { type ConfigObject, HoldfastError, idOf, type ObjectKind } from '@holdfast/contract'
import type { CatalogPoint, StoredJob, StoredRun } from '../ports.ts'
import { REMOVED } from '../run/prune.ts'
import { type ControlDeps, notForLimited } from './scope.ts'

/**
 * Names and ids people give, turned into what they mean. Each throws `name-unknown`, in the same words for what does
 * not exist and for what lies outside the scope of the one who asks.
 */

export async function jobOf(deps: ControlDeps, ref: string): Promise<StoredJob> {
  const job = await deps.store.objects.job(ref)
  if (job && isInScope(deps, job)) return job
  throw new HoldfastError('name-unknown', `there is no job "${ref}"`, {
    hint: 'List the jobs with `holdfast status`.',
  })
}

/** A job whose own work may begin: not one that was deleted, of which only runs and restore points live on. */
export async function jobInForce(deps: ControlDeps, ref: string): Promise<StoredJob> {
  const job = await jobOf(deps, ref)
  if (!job.isDeleted) return job
  throw new HoldfastError('name-unknown', `job ${job.name} was deleted`, {
    hint: 'List the jobs with `holdfast status`.',
  })
}

export async function runOf(deps: ControlDeps, ref: string): Promise<StoredRun> {
  const run = await deps.store.runs.get(ref)
  if (run && (await isMadeInScope(deps, run))) return run
  throw new HoldfastError('name-unknown', `there is no run "${ref}"`, {
    hint: idOf('run').safeParse(ref).success
      ? 'A run is forgotten 400 days after its end, a preview after one. List the runs with `holdfast runs`.'
      : 'List the runs with `holdfast runs`.',
  })
}

/** One that is in force. */
export async function objectOf<K extends ObjectKind>(
  deps: ControlDeps,
  kind: K,
  ref: string,
): Promise<ConfigObject<K>> {
  if (kind === 'notifications' && deps.scope.nodeIds !== null) throw notForLimited()
  const object = await deps.store.objects.get(kind, ref, deps.scope)
  if (object) return object
  throw new HoldfastError('name-unknown', `nothing in ${kind} is called "${ref}"`, {
    hint: 'Compare the name with the list; names are exact, in capital and small letters too.',
  })
}

/** A restore point by id, or the newest good one of a job: `documents`, `documents@latest`, `documents@2026-11-20T03:00`. */
export async function pointOf(deps: ControlDeps, ref: string): Promise<CatalogPoint> {
  const known = await deps.store.points.get(ref)
  const point = known && (await isMadeInScope(deps, known)) ? known : null
  if (point?.state === 'present') return point
  if (point) {
    throw new HoldfastError(
      'name-unknown',
      `restore point ${ref} is ${point.state === 'missing' ? 'not on its vault any more' : 'being removed'}`,
    )
  }
  if (!point && idOf('restorePoint').safeParse(ref).success) throw await unknownPoint(deps, ref)
  const at = ref.lastIndexOf('@')
  const jobRef = at > 0 ? ref.slice(0, at) : ref
  const when = at > 0 ? ref.slice(at + 1) : 'latest'
  const job = await deps.store.objects.job(jobRef)
  const hint = 'List the restore points with `holdfast points list`.'
  if (!job || !isInScope(deps, job))
    throw new HoldfastError('name-unknown', `there is no restore point and no job "${jobRef}"`, { hint })
  const until = when === 'latest' ? Number.POSITIVE_INFINITY : Date.parse(when)
  if (Number.isNaN(until))
    throw new HoldfastError(
      'config-invalid',
      `"${when}" is neither "latest" nor a time such as 2026-11-20T03:00Z`,
    )
  const points = await deps.store.points.list({ jobId: job.id })
  const found = points.find(
    (candidate) =>
      candidate.verifiedOk !== false &&
      Date.parse(candidate.takenAt) <= until &&
      isOnNodes(deps, candidate.nodeId),
  )
  if (found) return found
  const span = when === 'latest' ? '' : ` from ${when} or before`
  throw new HoldfastError('name-unknown', `job ${job.name} has no good restore point${span}`, { hint })
}

/** The records name the job, so that they speak to those only who may see every job. */
async function unknownPoint({ store, scope }: ControlDeps, id: string): Promise<HoldfastError> {
  const filter = { objectId: id, action: REMOVED, limit: 1 }
  const [removal] = scope.nodeIds === null ? (await store.audit.list(filter)).items : []
  const hint = 'List the restore points with `holdfast points list`.'
  if (!removal) return new HoldfastError('name-unknown', `there is no restore point "${id}"`, { hint })
  const message = `restore point ${id} of ${removal.object} was removed by retention at ${removal.at}, in run ${removal.details.runId}`
  return new HoldfastError('name-unknown', message, {
    hint: `${hint} The policy of the job says what stays.`,
  })
}

function isInScope({ scope }: ControlDeps, { node, nodes }: StoredJob): boolean {
  const named = nodes.map(({ id }) => id)
  return isOnNodes({ scope }, node?.id ?? null, named)
}

function isOnNodes(
  { scope: { nodeIds } }: Pick<ControlDeps, 'scope'>,
  nodeId: string | null,
  named: readonly string[] = [],
): boolean {
  if (nodeIds === null) return true
  return nodeId !== null && [nodeId, ...named].every((id) => nodeIds.includes(id))
}

/** A run or restore point belongs to the node it was made on; its job must not have left the scope either. */
async function isMadeInScope(
  deps: ControlDeps,
  { jobId, nodeId, namedNodeIds }: { jobId: string; nodeId: string | null; namedNodeIds?: readonly string[] },
): Promise<boolean> {
  if (deps.scope.nodeIds === null) return true
  if (!isOnNodes(deps, nodeId, namedNodeIds)) return false
  const job = await deps.store.objects.job(jobId)
  return job !== null && isInScope(deps, job)
}
