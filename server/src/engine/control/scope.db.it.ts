import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asHoldfastError, type Control, OBJECT_KINDS, policySpec } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { LIMITED } from './scope.ts'

/** A user who is limited to the node `mine`; everything else has a name with `theirs`. */
let lab: EngineLab
let directory: string
let limited: Control
let mine: { job: string; run: string; point: string; node: string; vault: string; policy: string }
let theirs: typeof mine

const anna = { by: 'user:anna' }
const spec = policySpec.parse({ name: 'new', rpo: '1d' })
const empty = { nodes: [], vaults: [], policies: [], notifications: [], jobs: [] }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-scope-'))
  await mkdir(join(directory, 'source'))
  await writeFile(join(directory, 'source/file'), 'text')
  lab = await openEngineLab([diskCopy])
  const node = (name: string) => ({ name, kind: 'host', restoreRoots: [directory] })
  const vault = (name: string) => ({ name, kind: 'directory', path: join(directory, name), minFree: '1MiB' })
  const job = (name: string, references: object) => ({
    name,
    kind: 'disk-copy',
    config: { source: join(directory, 'source') },
    schedule: { cron: '0 0 29 2 *' },
    ...references,
  })
  await lab.apply({
    nodes: [node('mine'), node('theirs')],
    vaults: [vault('shared'), vault('theirs')],
    policies: ['mine', 'theirs'].map((name) => ({ name, rpo: '1d' })),
    notifications: [{ name: 'theirs', kind: 'webhook', url: 'http://127.0.0.1:1/', on: [] }],
    jobs: [
      job('mine', { node: 'mine', vault: 'shared', policy: 'mine' }),
      job('theirs', { node: 'theirs', vault: 'shared', policy: 'theirs' }),
      job('theirs without node', { vault: 'theirs' }),
      ...['mine', 'theirs'].flatMap((node) => [
        job(`${node} away`, { node, vault: 'shared', site: 'away' }),
        job(`${node} broken`, { node, vault: 'shared', config: { source: join(directory, 'nowhere') } }),
      ]),
    ],
  })
  await lab.startWorker()
  for (const node of ['mine', 'theirs']) {
    await lab.control.startJob(`${node} away`, anna)
    await lab.finished((await lab.control.startJob(`${node} broken`, anna)).id)
  }
  mine = await runOnce('mine')
  await runOnce('theirs')
  theirs = await runOnce('theirs without node')
  limited = lab.limitedTo([mine.node])
})
afterAll(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

async function runOnce(job: string) {
  const { control } = lab
  const run = await lab.finished((await control.startJob(job, anna)).id)
  expect(run.outcome).toBe('success')
  const [point] = (await control.listPoints({ job })).items
  const name = job === 'mine' ? 'mine' : 'theirs'
  return {
    job: run.jobId,
    run: run.id,
    point: point?.id ?? '',
    node: (await control.getObject('nodes', name)).id,
    vault: (await control.getObject('vaults', job === 'mine' ? 'shared' : 'theirs')).id,
    policy: (await control.getObject('policies', name)).id,
  }
}

type Call = (control: Control, refs: typeof mine) => Promise<unknown>

const target = () => join(directory, 'restored')
const verified =
  (ref: string): Call =>
  (control) =>
    control.startVerify([ref], 'sample', anna)

/** Every method, asked for things by their ids; `status` and the like, which name nothing, are told apart below. */
const CALLS: Record<keyof Control, Call[]> = {
  status: [],
  listJobs: [
    (control, { node }) => control.listJobs({ node }),
    (control, { vault }) => control.listJobs({ vault }),
  ],
  getJob: [(control, { job }) => control.getJob(job)],
  listRuns: [(control, { job }) => control.listRuns({ job })],
  getRun: [(control, { run }) => control.getRun(run)],
  listSteps: [(control, { run }) => control.listSteps(run)],
  readLog: [(control, { run }) => control.readLog(run, -1, 10)],
  listPoints: [
    (control, { job }) => control.listPoints({ job }),
    (control, { vault }) => control.listPoints({ vault }),
  ],
  getPoint: [
    (control, { point }) => control.getPoint(point),
    (control, { job }) => control.getPoint(`${job}@latest`),
  ],
  listEntries: [(control, { point }) => control.listEntries(point, { path: '' })],
  protectPoint: [(control, { point }) => control.protectPoint(point, false, anna)],
  startJob: [(control, { job }) => control.startJob(job, anna)],
  startByDisk: [(control) => control.startByDisk('2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11', anna)],
  listBay: [(control) => control.listBay()],
  previewPlan: [(control, { job }) => control.previewPlan(job)],
  startPreparation: [(control, { job }) => control.startPreparation(job, anna)],
  previewPreparation: [(control, { job }) => control.previewPreparation(job)],
  startVerify: [(control, { point }) => verified(point)(control, mine)],
  startRestore: [
    (control, { point }) => control.startRestore({ restorePointId: point, target: target() }, anna),
  ],
  previewRestore: [
    (control, { point }) => control.previewRestore({ restorePointId: point, target: target() }),
  ],
  cancelRun: [(control, { run }) => control.cancelRun(run, anna)],
  approveRun: [(control, { run }) => control.approveRun(run, anna)],
  refuseRun: [(control, { run }) => control.refuseRun(run, anna)],
  listObjects: [],
  getObject: [
    (control, { job }) => control.getObject('jobs', job),
    (control, { node }) => control.getObject('nodes', node),
    (control, { vault }) => control.getObject('vaults', vault),
    (control, { policy }) => control.getObject('policies', policy),
  ],
  listRevisions: [
    (control, { job }) => control.listRevisions('jobs', job),
    (control, { vault }) => control.listRevisions('vaults', vault),
  ],
  jobKinds: [(control) => control.jobKinds()],
  previewSchedule: [
    (control) => control.previewSchedule({ cron: '1 2 * * *', timeZone: 'UTC', missed: 'skip' }, 1),
  ],
  createObject: [(control) => control.createObject('policies', spec, anna)],
  replaceObject: [
    (control, { policy }) => control.replaceObject('policies', policy, spec, { ...anna, revision: null }),
  ],
  deleteObject: [
    (control, { policy }) => control.deleteObject('policies', policy, { ...anna, revision: null }),
  ],
  planConfig: [(control) => control.planConfig(empty, { prune: true })],
  applyConfig: [(control) => control.applyConfig(empty, { prune: true, fingerprint: null, ...anna })],
  exportConfig: [(control) => control.exportConfig()],
  checkConfig: [(control) => control.checkConfig(empty)],
  listSecrets: [(control) => control.listSecrets()],
  putSecret: [(control) => control.putSecret('a', 'b', anna)],
  deleteSecret: [(control) => control.deleteSecret('a', anna)],
  listDeliveries: [(control) => control.listDeliveries({})],
  testNotification: [(control) => control.testNotification('theirs', anna)],
  listAudit: [(control) => control.listAudit({})],
  acquireLock: [
    (control) => control.acquireLock({ name: 'x', holder: 'y', leaseSeconds: 9, waitSeconds: 0 }),
  ],
  releaseLock: [(control) => control.releaseLock('x', 'y')],
  listLocks: [(control) => control.listLocks()],
  reindex: [(control) => control.reindex({ paths: [], dryRun: true, ...anna })],
  doctor: [(control) => control.doctor()],
}

const callsOf = (is: (typeof LIMITED)[keyof Control]) =>
  (Object.keys(LIMITED) as (keyof Control)[])
    .filter((method) => LIMITED[method] === is)
    .flatMap((method) => CALLS[method].map((call, index) => ({ method, index, call })))

const failure = async (work: Promise<unknown>) =>
  await work.then(
    () => null,
    (thrown: unknown) => asHoldfastError(thrown),
  )

describe('a user who is limited to a node', () => {
  const absent = {
    job: 'job_zzzzzzzzzzzz',
    run: 'run_zzzzzzzzzzzz',
    point: 'rp_zzzzzzzzzzzz',
    node: 'nod_zzzzzzzzzzzz',
    vault: 'vlt_zzzzzzzzzzzz',
    policy: 'pol_zzzzzzzzzzzz',
  }

  test('sees lists, totals and vaults only as far as their jobs go', async () => {
    const lists = {
      status: await limited.status(),
      jobs: await limited.listJobs({}),
      runs: await limited.listRuns({}),
      points: await limited.listPoints({ vault: 'shared' }),
      objects: await Promise.all(
        OBJECT_KINDS.filter((kind) => kind !== 'notifications').map((kind) => limited.listObjects(kind, {})),
      ),
    }
    for (const [name, list] of Object.entries(lists)) {
      expect(JSON.stringify(list), name).toContain('mine')
      expect(JSON.stringify(list), name).not.toContain('theirs')
    }
    expect(lists.jobs.items.map((job) => job.name)).toEqual(['mine', 'mine away', 'mine broken'])
    expect(lists.points.items.map((point) => point.id)).toEqual([mine.point])
    expect(lists.status).toMatchObject({
      jobCount: 3,
      coverage: { covered: 1, 'no-policy': 2 },
      recentRuns: [
        { outcome: 'failed', count: 1 },
        { outcome: 'success', count: 1 },
      ],
      failures: [{ lastJobName: 'mine broken', count: 1 }],
      nextRuns: [{}, {}, {}],
      activeRuns: [{ jobName: 'mine away' }],
      vaults: [{ name: 'shared', pointCount: 1 }],
      workers: [],
    })
    const whole = await lab.control.status()
    expect([whole.jobCount, whole.activeRuns.length, whole.failures[0]?.count]).toEqual([7, 2, 2])
    expect(whole.vaults).toMatchObject([{ name: 'shared', pointCount: 2 }, { name: 'theirs' }])
    expect((await failure(limited.listObjects('notifications', {})))?.code).toBe('not-allowed')
    expect((await failure(limited.getObject('notifications', 'theirs')))?.code).toBe('not-allowed')
  })

  test.each(callsOf('filtered'))('$method ($index) knows nothing of what is elsewhere', async ({ call }) => {
    const foreign = await failure(call(limited, theirs))
    const unknown = await failure(call(limited, absent))
    expect(foreign?.code).toBe('name-unknown')
    const blank = (text = '') => text.replaceAll(/\b(job|run|rp|nod|vlt|pol)_[0-9a-z]{12}\b/g, 'ID')
    expect([foreign?.code, blank(foreign?.message), foreign?.hint]).toEqual([
      unknown?.code,
      blank(unknown?.message),
      unknown?.hint,
    ])
    expect(foreign?.details).toEqual(unknown?.details)
  })

  test.each(callsOf('filtered'))('$method ($index) works for what is theirs', async ({ method, call }) => {
    const failed = await failure(call(limited, mine))
    const isEnded = ['cancelRun', 'approveRun', 'refuseRun'].includes(method)
    // A copy of files needs nothing made beforehand.
    const refusal = method === 'previewPreparation' ? 'config-invalid' : null
    expect(failed?.code ?? null).toBe(isEnded ? 'run-state' : refusal)
  })

  test.each(callsOf('refused'))('$method is not allowed', async ({ call }) => {
    expect((await failure(call(limited, mine)))?.code).toBe('not-allowed')
  })

  test.each(callsOf('same'))('$method does the same as for everybody', async ({ call }) => {
    expect(await call(limited, mine)).toEqual(await call(lab.control, mine))
  })

  test('by name as by id', async () => {
    const { startJob, getJob, getPoint } = limited
    for (const name of ['theirs', 'theirs without node']) {
      expect((await failure(startJob(name, anna)))?.code).toBe('name-unknown')
      expect((await failure(getJob(name)))?.code).toBe('name-unknown')
      expect((await failure(getPoint(name)))?.code).toBe('name-unknown')
    }
  })

  test('with no node at all sees nothing', async () => {
    const none = lab.limitedTo([])
    expect((await none.listJobs({})).items).toEqual([])
    expect((await none.listRuns({})).items).toEqual([])
    expect((await none.status()).vaults).toEqual([])
    expect((await failure(none.getJob('mine')))?.code).toBe('name-unknown')
  })
})
