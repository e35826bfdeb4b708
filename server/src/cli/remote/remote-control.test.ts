import { type Control, configDocument, HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeControl } from '../testkit/fake-control.ts'
import { sampleControl } from '../testkit/run-command.ts'
import { remoteControl } from './remote-control.ts'
import { type ApiServer, serveApi } from './testkit/api-server.ts'
import { controlRoutes } from './testkit/control-routes.ts'

const BY = { by: 'token:test of ada' }
const RUN = 'run_000000000003'
const POINT = 'rp_000000000001'
const DISK = '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11'
const SPEC = configDocument.parse({
  jobs: [{ name: 'mail ö', kind: 'disk-copy', config: { source: '/m' } }],
  vaults: [{ name: 'attic', kind: 'directory', path: '/srv/attic' }],
})

/** The same on both sides of the wire: a control plane with something of everything. */
function furnished(): FakeControl {
  const control = sampleControl()
  control.addRun('photos', { status: 'held', plan: { ...control.plan, own: 1 }, startedBy: 'user:ada' })
  control.addRun('nightly files', { status: 'running', progress: { doneBytes: 5 } })
  control.document.vaults.push(
    ...configDocument.parse({
      vaults: [{ name: 'disks', kind: 'disk-set', disks: [{ uuid: DISK, label: 'Monday' }] }],
    }).vaults,
  )
  control.document.jobs.push({ ...at(SPEC.jobs), name: 'to disks', vault: 'disks' })
  const entry = { type: 'file', sizeBytes: 7, modifiedAt: null, target: null } as const
  control.entries.set(
    'a b',
    ['a b/c', 'a b/d'].map((path) => ({ ...entry, path, name: path.slice(4) })),
  )
  control.bay = [
    {
      host: 'attic',
      device: '/dev/sdb1',
      uuid: DISK,
      fileSystem: 'ext4',
      label: null,
      sizeBytes: 4e12,
      model: null,
      serial: null,
      isSystem: false,
      vault: 'disks',
    },
  ]
  control.secrets.set('smtp-password', 'x')
  control.kinds = [
    {
      kind: 'disk-copy',
      collection: 'sync-jobs',
      title: 'Copy',
      protects: [],
      vaultKinds: [],
      vaultOptional: false,
      nodeKinds: null,
      config: {},
      restore: null,
      restoreNodeKinds: null,
      namedNodeKinds: null,
      prepares: false,
    },
  ]
  control.log.push({
    position: 4,
    at: '2026-08-20T11:55:48.000Z',
    level: 'info',
    message: 'x',
    fields: { a: [1] },
  })
  control.deliveries = [
    {
      id: 'dlv_1',
      notification: 'mail',
      subject: 'run',
      event: 'failed',
      runId: RUN,
      jobName: 'photos',
      state: 'failed',
      attempts: 3,
      problem: 'refused',
      createdAt: '2026-08-20T11:55:48.000Z',
      lastTriedAt: null,
    },
  ]
  control.audit = [
    {
      id: 'aud_1',
      at: '2026-08-20T11:55:48.000Z',
      by: 'user:ada',
      action: 'x',
      object: null,
      objectId: 'job_1',
      details: { a: 1 },
    },
  ]
  control.findings = [{ level: 'warning', subject: 'a', message: 'b', hint: 'c' }]
  control.problems = [{ kind: 'jobs', index: 1, path: ['a', 2], message: 'm' }]
  control.locks = [
    { name: 'a/b', mode: 'shared', holder: RUN, since: '2026-08-20T11:55:48.000Z', expiresAt: null },
  ]
  return control
}

/** Calls of every method; a method without one is a compile error. */
const CALLS: { [M in keyof Control]: ((control: Control) => Promise<unknown>)[] } = {
  status: [(control) => control.status()],
  listJobs: [
    (control) => control.listJobs({}),
    (control) => control.listJobs({ q: 'photo', enabled: false, coverage: ['never', 'late'], limit: 1 }),
    (control) => control.listJobs({ limit: 1, after: '1', coverage: ['covered'] }),
  ],
  getJob: [(control) => control.getJob('nightly files'), (control) => control.getJob('a/b?c')],
  listRuns: [
    (control) => control.listRuns({ job: 'photos', status: ['held'], outcome: undefined }),
    (control) => control.listRuns({ limit: 1, after: '1' }),
  ],
  getRun: [
    (control) => control.getRun(RUN),
    (control) => control.getRun(RUN, { plan: 'whole' }),
    (control) => control.getRun('run_none'),
  ],
  listSteps: [(control) => control.listSteps(RUN)],
  readLog: [(control) => control.readLog(RUN, -1, 10), (control) => control.readLog(RUN, 4, 10)],
  listPoints: [(control) => control.listPoints({ job: 'nightly files', limit: 1 })],
  getPoint: [(control) => control.getPoint(POINT)],
  listEntries: [
    (control) => control.listEntries(POINT, { path: 'a b', limit: 1 }),
    (control) => control.listEntries('rp_none', { path: '' }),
  ],
  protectPoint: [(control) => control.protectPoint(POINT, true, BY)],
  startJob: [(control) => control.startJob('photos', BY)],
  startByDisk: [(control) => control.startByDisk(DISK, BY), (control) => control.startByDisk('none', BY)],
  listBay: [(control) => control.listBay()],
  previewPlan: [(control) => control.previewPlan('photos')],
  startPreparation: [(control) => control.startPreparation('photos', BY)],
  previewPreparation: [(control) => control.previewPreparation('photos')],
  startVerify: [(control) => control.startVerify([POINT, 'rp_000000000002'], 'full', BY)],
  startRestore: [
    (control) => control.startRestore({ restorePointId: POINT, target: '/x', options: { a: 1 } }, BY),
  ],
  previewRestore: [
    (control) => control.previewRestore({ restorePointId: POINT, target: '/x', paths: ['a'] }),
  ],
  cancelRun: [(control) => control.cancelRun('run_000000000004', BY)],
  approveRun: [
    (control) => control.approveRun(RUN, BY),
    (control) => control.approveRun('run_000000000004', BY),
  ],
  refuseRun: [(control) => control.refuseRun(RUN, BY)],
  listObjects: [
    (control) => control.listObjects('jobs', { limit: 1 }),
    (control) => control.listObjects('vaults', { q: 'sh' }),
    (control) => control.listObjects('nodes', {}),
  ],
  getObject: [
    (control) => control.getObject('policies', 'monthly'),
    (control) => control.getObject('jobs', 'photos'),
  ],
  createObject: [
    (control) => control.createObject('jobs', at(SPEC.jobs), BY),
    (control) => control.createObject('vaults', at(SPEC.vaults), BY),
  ],
  replaceObject: [
    (control) => control.replaceObject('vaults', 'shelf', at(SPEC.vaults), { ...BY, revision: 1 }),
    (control) => control.replaceObject('vaults', 'shelf', at(SPEC.vaults), { ...BY, revision: 7 }),
    (control) => control.replaceObject('jobs', 'photos', at(SPEC.jobs), { ...BY, revision: null }),
  ],
  deleteObject: [(control) => control.deleteObject('jobs', 'photos', { ...BY, revision: 1 })],
  listRevisions: [(control) => control.listRevisions('jobs', 'photos')],
  jobKinds: [(control) => control.jobKinds()],
  previewSchedule: [
    (control) => control.previewSchedule({ cron: '0 1 * * *', timeZone: 'Europe/Rome', missed: 'skip' }, 3),
  ],
  planConfig: [(control) => control.planConfig(SPEC, { prune: true })],
  applyConfig: [(control) => control.applyConfig(SPEC, { prune: false, fingerprint: 'f', ...BY })],
  exportConfig: [(control) => control.exportConfig()],
  checkConfig: [(control) => control.checkConfig(SPEC)],
  listSecrets: [(control) => control.listSecrets()],
  putSecret: [(control) => control.putSecret('new', 'value', BY)],
  deleteSecret: [
    (control) => control.deleteSecret('smtp-password', BY),
    (control) => control.deleteSecret('none', BY),
  ],
  listDeliveries: [(control) => control.listDeliveries({ state: 'failed', runId: RUN })],
  testNotification: [(control) => control.testNotification('mail', BY)],
  listAudit: [
    (control) => control.listAudit({ by: 'user:ada' }),
    (control) => control.listAudit({ objectId: 'x' }),
  ],
  acquireLock: [
    (control) => control.acquireLock({ name: 'new', holder: 'me', leaseSeconds: 60, waitSeconds: 0 }),
    (control) => control.acquireLock({ name: 'a/b', holder: 'me', leaseSeconds: 60, waitSeconds: 0 }),
  ],
  releaseLock: [(control) => control.releaseLock('a/b', RUN), (control) => control.releaseLock('none', 'me')],
  listLocks: [(control) => control.listLocks()],
  reindex: [(control) => control.reindex({ paths: ['/mnt/a'], dryRun: true, ...BY })],
  doctor: [(control) => control.doctor()],
}

function at<T>(items: readonly T[]): T {
  const [item] = items
  if (item === undefined) throw new Error('there is none')
  return item
}

async function outcome(work: Promise<unknown>): Promise<unknown> {
  try {
    return { value: await work }
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown
    return thrown.report()
  }
}

const EVERY = Object.entries(CALLS).flatMap(([name, calls]) =>
  calls.map((call, index) => [`${name} ${index}`, call] as const),
)

describe('the control plane of a server', () => {
  let there: FakeControl
  let server: ApiServer
  beforeEach(async () => {
    there = furnished()
    server = await serveApi(controlRoutes(there))
  })
  afterEach(() => server[Symbol.asyncDispose]())

  it.each(EVERY)('does and answers what one on this machine does: %s', async (_, call) => {
    const here = furnished()
    const remote = await outcome(call(remoteControl({ url: server.url, token: 'secret' })))
    expect(remote).toEqual(await outcome(call(here)))
    expect(there.calls).toEqual(here.calls)
    expect(there.requests).toEqual(here.requests)
    expect(there.document).toEqual(here.document)
    expect([...there.secrets]).toEqual([...here.secrets])
    expect(there.points).toEqual(here.points)
  })

  it('tells the server a key for each change, and the revision of an edit', async () => {
    const control = remoteControl({ url: `${server.url}/`, token: 'secret' })
    await control.startJob('photos', BY)
    await control.startJob('photos', BY)
    await control.deleteObject('policies', 'monthly', { ...BY, revision: 1 })
    const [first, second, third] = server.seen
    expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(second?.headers['idempotency-key']).not.toBe(first?.headers['idempotency-key'])
    expect(third?.headers['if-match']).toBe('"1"')
    expect(first?.headers.authorization).toBe('Bearer secret')
  })

  it('checks more points than one request may name in several', async () => {
    const ids = Array.from({ length: 1001 }, () => POINT)
    const control = remoteControl({ url: server.url, token: 'secret' })
    expect(await control.startVerify(ids, 'sample', BY)).toHaveLength(2)
    expect(server.seen.map(({ body }) => (body as { points: string[] }).points.length)).toEqual([1000, 1])
  })
})
