import {
  type Control,
  configDocument,
  type Edit,
  HoldfastError,
  type JobStatus,
  nodeSpec,
  type RestorePoint,
  type Run,
  type RunLogLine,
} from '@holdfast/contract'

const AT = '2026-08-20T12:00:00.000Z'
const JOB = 'job_000000000001'

export const RUN: Run = {
  id: 'run_000000000001',
  jobId: JOB,
  jobName: 'documents',
  jobKind: 'disk-copy',
  operation: 'job',
  trigger: 'manual',
  slotAt: null,
  status: 'queued',
  outcome: null,
  attempt: 1,
  startedBy: 'user:admin',
  approvedBy: null,
  canceledBy: null,
  recoversRunId: null,
  disk: null,
  waitingFor: null,
  plan: null,
  progress: null,
  report: null,
  error: null,
  createdAt: AT,
  startedAt: null,
  finishedAt: null,
}

const POINT: RestorePoint = {
  id: 'rp_000000000001',
  jobId: JOB,
  jobName: 'documents',
  jobKind: 'disk-copy',
  vaultId: 'vlt_000000000001',
  disk: null,
  runId: RUN.id,
  asset: { kind: 'folder', key: '/data', name: 'data' },
  takenAt: AT,
  finishedAt: AT,
  sizeBytes: 1,
  addedBytes: 1,
  itemCount: 1,
  details: {},
  protected: false,
  verifiedAt: null,
  verifiedLevel: null,
  verifiedOk: null,
  location: 'documents/1',
  confirmedAt: AT,
}

const JOB_STATUS: JobStatus = {
  id: JOB,
  name: 'documents',
  kind: 'disk-copy',
  description: null,
  enabled: true,
  site: 'main',
  node: null,
  namedNodes: [],
  vault: null,
  policy: null,
  schedule: null,
  nextRunAt: null,
  lastRun: null,
  recentOutcomes: [],
  newestPointAt: null,
  pointCount: 0,
  coverage: 'no-policy',
  rpo: null,
}

const PLAN = { summary: 'nothing to do', items: [], guards: [], expectedBytes: 0 }
const times = { createdAt: AT, updatedAt: AT }
export const OBJECTS: Record<string, { id: string; spec: unknown }> = {
  nodes: { id: 'nod_0000000000aa', spec: nodeSpec.parse({ name: 'alpha', kind: 'host' }) },
  vaults: { id: 'vlt_000000000001', spec: { name: 'shelf', kind: 'directory', path: '/backup' } },
  policies: { id: 'pol_000000000001', spec: { name: 'daily' } },
  notifications: {
    id: 'ntf_000000000001',
    spec: { name: 'hook', kind: 'webhook', url: 'https://example.org/hook' },
  },
  jobs: { id: JOB, spec: { name: 'documents', kind: 'disk-copy', config: {} } },
}
export const REVISION = 7

/** Refuses what the real one refuses of edits, and remembers what was asked for. */
export class FakeControl {
  readonly calls: { method: string; args: unknown[] }[] = []
  log: RunLogLine[] = []
  /** Thrown by the next call of the method. */
  readonly failures = new Map<string, unknown>()
  /** Answered instead of the usual. */
  readonly answers = new Map<string, unknown>()
  /** Awaited before each answer. */
  wait: Promise<void> = Promise.resolve()

  /** The whole interface: every method answers with one valid sample. */
  asControl(): Control {
    return new Proxy({} as Control, {
      get: (_, method: string) =>
        method === 'then' ? undefined : (...args: unknown[]) => this.#call(method, args),
    })
  }

  async #call(method: string, args: unknown[]): Promise<unknown> {
    this.calls.push({ method, args })
    await this.wait
    const failure = this.failures.get(method)
    if (failure !== undefined) throw failure
    if (this.answers.has(method)) return this.answers.get(method)
    const edit = args.at(-1) as Edit | undefined
    if (/^(replace|delete)Object$/.test(method) && edit?.revision !== null && edit?.revision !== REVISION) {
      throw new HoldfastError('edit-conflict', 'it was changed', { details: { revision: REVISION } })
    }
    if (args.includes('nothing')) throw new HoldfastError('name-unknown', 'there is nothing of that name')
    const sample = SAMPLES[method]
    if (!sample) throw new Error(`the fake has no ${method}`)
    return sample(this, ...args)
  }
}

const none = () => undefined
const page = (item: unknown) => () => ({ items: [item], next: null })
const object = (_: FakeControl, kind: unknown) => {
  const { id = '', spec = {} } = OBJECTS[String(kind)] ?? {}
  return { id, kind, revision: REVISION, ...times, spec }
}
const { plan: _plan, report: _report, ...shared } = RUN
const DELIVERY = {
  id: 'dlv_000000000001',
  notification: 'hook',
  subject: 'test',
  event: null,
  runId: null,
  jobName: null,
  state: 'sent',
  attempts: 1,
  problem: null,
  createdAt: AT,
  lastTriedAt: AT,
}

const BAY_DISK = {
  host: 'attic',
  device: '/dev/sdb1',
  uuid: '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11',
  fileSystem: 'ext4',
  label: 'MONDAY',
  sizeBytes: 4e12,
  model: 'Elements',
  serial: null,
  isSystem: false,
  vault: 'shelf',
}

const SAMPLES: Record<string, (fake: FakeControl, ...args: unknown[]) => unknown> = {
  status: () => ({
    at: AT,
    jobCount: 1,
    coverage: { covered: 1, late: 0, missed: 0, never: 0, 'no-policy': 0, unknown: 0 },
    recentRuns: [],
    failures: [],
    nextRuns: [],
    activeRuns: [],
    vaults: [],
    workers: [],
  }),
  listJobs: page(JOB_STATUS),
  getJob: () => JOB_STATUS,
  listRuns: page({ ...shared, summary: null, bytesMoved: null, warningCount: 0 }),
  getRun: () => RUN,
  listSteps: () => [],
  readLog: (fake, _run, after, limit) =>
    fake.log.filter(({ position }) => position > Number(after)).slice(0, Number(limit)),
  listPoints: page(POINT),
  getPoint: () => POINT,
  listEntries: page({
    path: 'letters',
    name: 'letters',
    type: 'folder',
    sizeBytes: null,
    modifiedAt: AT,
    target: null,
  }),
  protectPoint: none,
  startJob: () => RUN,
  startByDisk: () => [RUN],
  listBay: () => [BAY_DISK],
  previewPlan: () => PLAN,
  startPreparation: () => RUN,
  previewPreparation: () => PLAN,
  startVerify: () => [RUN],
  startRestore: () => RUN,
  previewRestore: () => PLAN,
  cancelRun: none,
  approveRun: none,
  refuseRun: none,
  listObjects: (fake, kind) => ({ items: [object(fake, kind)], next: null }),
  getObject: object,
  createObject: object,
  replaceObject: object,
  deleteObject: none,
  listRevisions: () => [],
  jobKinds: () => [],
  previewSchedule: () => [AT],
  planConfig: () => ({ changes: [], fingerprint: 'same' }),
  applyConfig: () => [],
  exportConfig: () => configDocument.parse({}),
  checkConfig: () => [],
  listSecrets: () => [],
  putSecret: none,
  deleteSecret: none,
  listDeliveries: page(DELIVERY),
  testNotification: () => DELIVERY,
  listAudit: page({
    id: 'aud_1',
    at: AT,
    by: 'user:admin',
    action: 'edit',
    object: null,
    objectId: null,
    details: {},
  }),
  acquireLock: none,
  releaseLock: () => true,
  listLocks: () => [],
  reindex: () => ({ vaults: [], jobsAdopted: [] }),
  doctor: () => [],
}
