import { randomInt } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Control, restorePointManifest } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DRIVERS, driverOf } from '../../server/src/drivers/registry.ts'
import { createControl } from '../../server/src/engine/control/control.ts'
import type { EngineDeps } from '../../server/src/engine/deps.ts'
import { hostIdentity } from '../../server/src/kit/host.ts'
import { createLogger } from '../../server/src/kit/log.ts'
import { migrate, openDatabase } from '../../server/src/store/database.ts'
import { openEmbedded } from '../../server/src/store/embedded/embedded.ts'
import { Queue } from '../../server/src/store/runs/queue.ts'
import { createStore } from '../../server/src/store/store.ts'
import { createVaultAccess } from '../../server/src/vaults/access.ts'
import { machineBay } from '../../server/src/vaults/bay.ts'
import { compareTrees } from '../quickstart/compare-trees.ts'
import { Installation, kill, until } from './installation.testkit.ts'

const ROUNDS = 20

let place: Installation
let control: Control
let deps: EngineDeps
const closers: (() => Promise<void>)[] = []

/** The test looks into the database by a connection of its own, so that only the worker dies. */
beforeAll(async () => {
  place = await Installation.create()
  const embedded = await openEmbedded({ dir: place.path('data', 'postgres'), log: () => {} })
  const connection = { ...embedded.connection }
  const database = openDatabase(connection, () => {})
  await migrate(database.db)
  const queue = new Queue({ connection, onError: () => {}, sendOnly: true })
  const store = createStore(database.db, queue)
  const log = createLogger('silent')
  const common = {
    log,
    now: () => new Date(),
    random: Math.random,
    notify: async () => {},
    secretKeyFile: place.path('data', 'secret.key'),
    secret: async () => '',
    ownPaths: [place.path('data')],
    selfBackup: null,
    host: hostIdentity(),
    vaults: createVaultAccess({ resolvePassphrase: async () => '', ownPaths: [] }),
    bay: machineBay([]),
  }
  deps = { ...common, store, drivers: DRIVERS, driverOf: (kind) => driverOf(kind) }
  control = createControl(deps, async () => [])
  closers.push(() => queue.stop(), database.close, embedded.close)
})

afterAll(async () => {
  for (const close of closers) await close()
  await place[Symbol.asyncDispose]()
})

async function fillSource(): Promise<string> {
  const source = place.path('source')
  for (let folder = 0; folder < 30; folder++) {
    const directory = path.join(source, `d${folder}`)
    await mkdir(directory, { recursive: true })
    for (let file = 0; file < 40; file++)
      await writeFile(path.join(directory, `f${file}`), `${folder} ${file}\n`.repeat(50))
  }
  await writeFile(path.join(source, 'big'), Buffer.alloc(48 * 1024 * 1024, 'holdfast'))
  return source
}

/** Everything the catalog calls a good restore point is finished on the disk, manifest and all. */
async function expectOnlyFinished(vault: string): Promise<Set<string>> {
  const { items: points } = await control.listPoints({ limit: 10_000 })
  for (const point of points) {
    const folder = path.join(vault, point.location)
    const manifest = restorePointManifest.parse(
      JSON.parse(await readFile(path.join(folder, 'restore-point.json'), 'utf8')),
    )
    expect(manifest.id).toBe(point.id)
    expect(path.basename(folder).startsWith('.')).toBe(false)
  }
  return new Set(points.map((point) => point.id))
}

test(`a worker killed with -9 at ${ROUNDS} random moments loses nothing and leaves nothing`, {
  timeout: 600_000,
}, async () => {
  const source = await fillSource()
  const vault = place.path('vault')
  const job = { kind: 'disk-copy', vault: 'v', config: { source } }
  await control.applyConfig(
    {
      nodes: [],
      notifications: [],
      vaults: [
        {
          name: 'v',
          kind: 'directory',
          path: vault,
          maxParallelRuns: 2,
          mustBeMounted: false,
          minFree: '1MiB',
        },
      ],
      policies: [
        {
          name: 'short',
          retention: { keepLast: 2 },
          verification: { afterRun: 'full', samplePercent: 5, maxAge: '30d' },
        },
      ],
      jobs: [
        { ...defaults, ...job, name: 'kept' },
        { ...defaults, ...job, name: 'pruned', policy: 'short' },
      ],
    },
    { prune: false, by: 'test', fingerprint: null },
  )

  const acknowledged = new Set<string>()
  const kept = await control.getJob('kept').then((job) => job.id)
  for (let round = 0; round < ROUNDS; round++) {
    await writeFile(path.join(source, `round-${round}`), String(round))
    await control.startJob('kept', { by: 'test' })
    await control.startJob('pruned', { by: 'test' })
    const worker = await place.startWorker()
    await until(async () => (await deps.store.runs.live()).some((run) => run.claim !== null))
    await sleep(randomInt(0, 1800))
    await kill(worker)
    for (const id of await expectOnlyFinished(vault)) {
      const point = await control.getPoint(id)
      if (point.jobId === kept) acknowledged.add(id)
    }
  }

  const worker = await place.startWorker()
  await until(async () => (await deps.store.runs.live()).length === 0)
  for (const name of ['kept', 'pruned']) {
    const last = await control.startJob(name, { by: 'test' })
    await until(async () => (await control.getRun(last.id)).status === 'finished')
    expect(await control.getRun(last.id)).toMatchObject({ outcome: 'success' })
  }

  const { items: runs } = await control.listRuns({ limit: 500, operation: 'job' })
  expect(runs.map((run) => run.outcome)).toContain('lost')
  expect(runs.filter((run) => run.outcome === 'failed').map((run) => run.error)).toEqual([])

  const { items: points } = await control.listPoints({ limit: 10_000 })
  const ids = new Set(points.map((point) => point.id))
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([])

  const checks = await control.startVerify([...ids], 'full', { by: 'test' })
  for (const run of checks) {
    await until(async () => (await control.getRun(run.id)).status === 'finished')
    expect(await control.getRun(run.id)).toMatchObject({ outcome: 'success' })
  }
  expect(points.filter((point) => point.jobName === 'pruned')).toHaveLength(2)

  const before = points.map((point) => point.id).sort()
  const found = await control.reindex({ paths: [], dryRun: true, by: 'test' })
  expect(found.vaults).toMatchObject([{ found: before.length, added: 0, missing: 0 }])
  const newest = points.find((point) => point.jobName === 'kept')
  const copy = path.join(vault, newest?.location ?? '', 'data')
  expect(await compareTrees(source, copy, [])).toMatchObject({ isEqual: true })

  worker.kill('SIGTERM')
  await until(() => worker.exitCode !== null)
  expect(await deps.store.journal.orphans()).toEqual([])
  expect(await control.listLocks()).toEqual([])
  for (const entry of await readdir(vault)) {
    if (!entry.startsWith('job_')) continue
    expect((await readdir(path.join(vault, entry))).filter((name) => name.startsWith('.'))).toEqual([])
  }
})

const defaults = {
  enabled: true,
  site: 'main',
  windows: [],
  locks: [],
  lockFiles: [],
  timeLimit: '24h',
  maxWait: '12h',
  attempts: 4,
  whenAbsent: 'fail' as const,
}
