import type { Control, Preview } from '@holdfast/contract'
import { type Caller, type CallerOptions, createCaller } from './call.ts'
import { remoteObjects } from './remote-objects.ts'

/** For what takes as long as it takes: looking through vaults, planning, trying everything out. */
const UNLIMITED = { timeoutMs: 0 }
/** A change of many objects, or a mail server that thinks. */
const PATIENT = { timeoutMs: 180_000 }
/** As many restore points as one request may name. */
const MOST_POINTS = 1000

/**
 * The control plane of a server, over HTTP. Who asks (`by`) and how (`trigger`) is left out: the server knows it from
 * the token.
 */
export function remoteControl(options: CallerOptions): Control {
  const caller = createCaller(options)
  const { call } = caller
  return {
    ...remoteObjects(caller),
    ...remoteRuns(caller),
    status: () => call('GET /api/status', {}),
    listJobs: (filter) => call('GET /api/jobs', { query: { ...filter } }),
    getJob: (ref) => call('GET /api/jobs/{ref}/status', { params: { ref } }),

    planConfig: (document, { prune }) =>
      call('POST /api/config/plan', { body: { document, prune }, ...PATIENT }),
    applyConfig: (document, { prune, fingerprint }) =>
      call('POST /api/config/apply', { body: { document, prune, fingerprint }, ...PATIENT }),
    exportConfig: () => call('GET /api/config', {}),
    checkConfig: (document) => call('POST /api/config/check', { body: { document }, ...PATIENT }),

    listSecrets: () => call('GET /api/secrets', {}),
    putSecret: (name, value) => call('PUT /api/secrets/{name}', { params: { name }, body: { value } }),
    deleteSecret: (name) => call('DELETE /api/secrets/{name}', { params: { name } }),

    listDeliveries: (filter) => call('GET /api/deliveries', { query: { ...filter } }),
    testNotification: (ref) => call('POST /api/notifications/{ref}/test', { params: { ref }, ...PATIENT }),
    listAudit: (filter) => call('GET /api/audit', { query: { ...filter } }),

    async acquireLock({ signal, by: _by, ...body }) {
      const wait = { timeoutMs: (body.waitSeconds + 30) * 1000, ...aborted({ signal }) }
      await call('POST /api/locks/acquire', { body, ...wait })
    },
    async releaseLock(name, holder) {
      return (await call('POST /api/locks/release', { body: { name, holder } })).released
    },
    listLocks: () => call('GET /api/locks', {}),
    listBay: () => call('GET /api/bay', {}),

    reindex: ({ paths, dryRun }) => call('POST /api/reindex', { body: { paths, dryRun }, ...UNLIMITED }),
    doctor: () => call('GET /api/doctor', UNLIMITED),
  }
}

/** Types tell an option that is absent from one that is undefined. */
function aborted(options: Preview | undefined): { signal?: AbortSignal } {
  return options?.signal ? { signal: options.signal } : {}
}

type RunMethods =
  | 'listRuns'
  | 'getRun'
  | 'listSteps'
  | 'readLog'
  | 'listPoints'
  | 'getPoint'
  | 'listEntries'
  | 'protectPoint'
  | 'startJob'
  | 'startByDisk'
  | 'previewPlan'
  | 'startPreparation'
  | 'previewPreparation'
  | 'startVerify'
  | 'startRestore'
  | 'previewRestore'
  | 'cancelRun'
  | 'approveRun'
  | 'refuseRun'

function remoteRuns({ call }: Caller): Pick<Control, RunMethods> {
  return {
    listRuns: (filter) => call('GET /api/runs', { query: { ...filter } }),
    getRun: (ref, options) => call('GET /api/runs/{ref}', { params: { ref }, query: { ...options } }),
    listSteps: (ref) => call('GET /api/runs/{ref}/steps', { params: { ref } }),
    readLog: (ref, after, limit) =>
      call('GET /api/runs/{ref}/log', { params: { ref }, query: { after, limit } }),
    listPoints: (filter) => call('GET /api/restore-points', { query: { ...filter } }),
    getPoint: (ref) => call('GET /api/restore-points/{ref}', { params: { ref } }),
    listEntries: (ref, { signal, ...query }) =>
      call('GET /api/restore-points/{ref}/entries', {
        params: { ref },
        query,
        ...UNLIMITED,
        ...aborted({ signal }),
      }),
    async protectPoint(ref, isProtected) {
      await call('PUT /api/restore-points/{ref}/protected', {
        params: { ref },
        body: { protected: isProtected },
      })
    },
    startJob: (ref) => call('POST /api/jobs/{ref}/run', { params: { ref } }),
    startByDisk: (uuid) => call('POST /api/disks/{uuid}/start', { params: { uuid } }),
    previewPlan: (ref, options) =>
      call('POST /api/jobs/{ref}/plan', { params: { ref }, ...UNLIMITED, ...aborted(options) }),
    startPreparation: (ref) => call('POST /api/jobs/{ref}/prepare', { params: { ref } }),
    previewPreparation: (ref, options) =>
      call('POST /api/jobs/{ref}/prepare/plan', { params: { ref }, ...UNLIMITED, ...aborted(options) }),
    async startVerify(refs, level) {
      const runs = []
      for (let from = 0; from < refs.length; from += MOST_POINTS) {
        const points = refs.slice(from, from + MOST_POINTS)
        runs.push(...(await call('POST /api/restore-points/verify', { body: { points, level } })))
      }
      return runs
    },
    startRestore: ({ restorePointId: ref, ...body }) =>
      call('POST /api/restore-points/{ref}/restore', { params: { ref }, body }),
    previewRestore: ({ restorePointId: ref, ...body }, options) =>
      call('POST /api/restore-points/{ref}/restore/plan', {
        params: { ref },
        body,
        ...UNLIMITED,
        ...aborted(options),
      }),
    async cancelRun(ref) {
      await call('POST /api/runs/{ref}/cancel', { params: { ref } })
    },
    async approveRun(ref) {
      await call('POST /api/runs/{ref}/approve', { params: { ref } })
    },
    async refuseRun(ref) {
      await call('POST /api/runs/{ref}/refuse', { params: { ref } })
    },
  }
}
