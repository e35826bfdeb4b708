import type { Control, JobKind, JsonValue, RestorePoint, Run } from '@holdfast/contract'
import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import { previewSlots } from '../../domain/schedule/slots.ts'
import type { CatalogPoint, StoredRun } from '../ports.ts'
import { jobOf, objectOf, pointOf, runOf } from './resolve.ts'
import type { ControlDeps } from './scope.ts'
import { readStatus } from './status.ts'

type Queries = Pick<
  Control,
  | 'status'
  | 'listJobs'
  | 'getJob'
  | 'listRuns'
  | 'getRun'
  | 'listSteps'
  | 'readLog'
  | 'listPoints'
  | 'getPoint'
  | 'jobKinds'
  | 'previewSchedule'
  | 'listAudit'
  | 'listLocks'
>

export function queries(deps: ControlDeps): Queries {
  const { store, scope } = deps
  return {
    status: () => readStatus(deps),

    async listJobs({ node, vault, ...filter }) {
      const ids = {
        node: node && (await objectOf(deps, 'nodes', node)).id,
        vault: vault && (await objectOf(deps, 'vaults', vault)).id,
      }
      return await store.overview.jobs({ ...filter, ...ids }, scope, deps.now())
    },
    async getJob(ref) {
      const { id } = await objectOf(deps, 'jobs', ref)
      const job = await store.overview.job(id, scope, deps.now())
      if (job) return job
      throw new HoldfastError('name-unknown', `job "${ref}" has just been deleted`)
    },

    async listRuns({ job, ...filter }) {
      const jobId = job === undefined ? undefined : (await jobOf(deps, job)).id
      return await store.runs.list({ ...filter, jobId }, scope)
    },
    async getRun(ref, options) {
      const run = publicRun(await runOf(deps, ref))
      return options?.plan === 'whole' ? { ...run, plan: await store.runs.wholePlan(run.id) } : run
    },
    async listSteps(runId) {
      await runOf(deps, runId)
      return await store.runs.steps(runId)
    },
    async readLog(runId, after, limit) {
      await runOf(deps, runId)
      return await store.runs.log(runId, after, limit)
    },

    async listPoints({ job, vault, ...filter }) {
      const ids = {
        job: job && (await jobOf(deps, job)).id,
        vault: vault && (await objectOf(deps, 'vaults', vault)).id,
      }
      return await store.points.page({ ...filter, ...ids }, scope)
    },
    getPoint: async (ref) => publicPoint(await pointOf(deps, ref)),

    async jobKinds() {
      return deps.drivers.map(
        ({ info, config, restore, preparation }): JobKind => ({
          kind: info.kind,
          collection: info.collection,
          title: info.title,
          protects: [...info.protects],
          vaultKinds: [...info.vaultKinds],
          vaultOptional: info.vaultOptional ?? false,
          nodeKinds: info.nodeKinds ? [...info.nodeKinds] : null,
          namedNodeKinds: info.namedNodeKinds ? [...info.namedNodeKinds] : null,
          prepares: preparation !== undefined,
          config: jsonSchema(config),
          restore: restore ? jsonSchema(restore.options) : null,
          restoreNodeKinds: restore?.target === 'node' ? [...(restore.targetNodeKinds ?? [])] : null,
        }),
      )
    },
    async previewSchedule(schedule, count) {
      return previewSlots(schedule, deps.now(), count).map((slot) => slot.toISOString())
    },
    listAudit: (filter) => store.audit.list(filter),
    listLocks: () => store.locks.list(),
  }
}

/** What a form writes: defaults are filled in later, so that what has one is not required. */
function jsonSchema(schema: z.ZodType): Record<string, JsonValue> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, JsonValue>
}

/** A run without what only the engine cares about. */
export function publicRun(run: StoredRun): Run {
  const {
    site,
    nodeId,
    namedNodeIds,
    request,
    checkpoint,
    claim,
    workerId,
    notBefore,
    waitingOn,
    waitingSince,
    recoveries,
    approvedGuards,
    ...rest
  } = run
  return rest
}

function publicPoint(point: CatalogPoint): RestorePoint {
  const { state, inUse, byHand, nodeId, ...rest } = point
  return rest
}
