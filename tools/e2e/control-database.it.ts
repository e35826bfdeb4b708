import { copyFile, mkdir, open, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RestorePoint, RunSummary } from '@holdfast/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type LabPostgres, startLabPostgres } from '../lab/postgres.ts'
import { Installation } from './installation.testkit.ts'
import { TestServer } from './server.testkit.ts'

let place: Installation

async function configure(): Promise<void> {
  await mkdir(place.path('source'))
  await writeFile(place.path('source', 'file'), 'text')
  const job = (name: string, rest: string) =>
    `  - { name: ${name}, kind: disk-copy, vault: v, config: { source: ${place.path('source')} }${rest} }`
  await place.configure(`
vaults: [{ name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]
jobs:
${job('files', '')}
${job('elsewhere', ', site: branch')}
${job('locked', ', locks: [{ name: outside }]')}
`)
}

describe('backup and restore of the control database', () => {
  beforeAll(async () => {
    place = await Installation.create()
    await configure()
  })
  afterAll(() => place[Symbol.asyncDispose]())

  test('comes back as it was, and what was queued is done', async () => {
    const file = place.path('control.backup')
    const worker = await place.startWorker()
    await place.json('apply', place.path('config'))
    await place.json('run', 'files')
    const waiting = await place.start('elsewhere')
    await place.json('lock', 'acquire', 'outside', '--holder', 'script')
    const locked = await place.start('locked')
    await place.untilRun(locked, (run) => run.waitingFor !== null)
    expect(await place.run('backup-db', file)).toMatchObject({ exitCode: 0 })
    expect((await stat(file)).mode & 0o077).toBe(0)
    await place.json('lock', 'release', 'outside', '--holder', 'script')
    await place.finished(locked)

    const refused = await place.run('restore-db', '--replace', file)
    expect(refused).toMatchObject({ exitCode: 11, stderr: expect.stringContaining('lock-held') })
    await place.stop(worker)
    const notEmpty = await place.run('restore-db', file)
    expect(notEmpty).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('database-not-empty') })

    const broken = place.path('broken.backup')
    await copyFile(file, broken)
    await using handle = await open(broken, 'r+')
    const { size } = await handle.stat()
    const [byte = 0] = (await handle.read(Buffer.alloc(1), 0, 1, size >> 1)).buffer
    await handle.write(Buffer.of(byte ^ 0xff), 0, 1, size >> 1)
    const damaged = await place.run('restore-db', '--replace', broken)
    expect(damaged).toMatchObject({ exitCode: 15, stderr: expect.stringContaining('backup-file-invalid') })
    expect(await place.getRun(locked)).toMatchObject({ outcome: 'success' })
    await place.letGo()

    expect(await place.run('restore-db', '--replace', file)).toMatchObject({ exitCode: 0 })
    expect(await place.getRun(locked)).toMatchObject({ status: 'queued' })
    const workers = [await place.startWorker(), await place.startWorker('--site', 'branch')]
    expect(await place.finished(waiting)).toMatchObject({ outcome: 'success' })
    expect(await place.getRun(locked)).toMatchObject({ status: 'queued' })
    await place.json('lock', 'release', 'outside', '--holder', 'script')
    expect(await place.finished(locked)).toMatchObject({ outcome: 'success' })
    // The database is older than the vault: the run found what it did not know.
    const { items: points } = await (await place.control()).listPoints({})
    expect(points.map((point) => point.jobName).toSorted()).toEqual([
      'elsewhere',
      'files',
      'locked',
      'locked',
    ])
    for (const each of workers) await place.stop(each)
    await place.letGo()
  })

  test('no restore of the old time is done again, and nobody is still signed in', async () => {
    const file = place.path('restoring.backup')
    // Of a site that nobody serves before the backup is made.
    const points = await place.list<RestorePoint>('points', 'list')
    const point = points.find(({ jobName }) => jobName === 'elsewhere')
    const target = place.path('back')
    const restore = await (await place.control()).startRestore(
      { restorePointId: point?.id ?? '', target, options: { existing: 'overwrite' } },
      { by: 'test', trigger: 'manual' },
    )
    const server = new TestServer(place)
    const running = await server.start()
    const body = { token: server.setupToken, name: 'anna', password: 'violet-lantern-under-91-rivers' }
    const headers = { origin: server.address }
    const made = await server.call('POST', '/api/setup', { headers, body })
    const signedIn = { headers: { cookie: made.headers.getSetCookie()[0]?.split(';')[0] ?? '' } }
    expect(await server.call('GET', '/api/auth/me', signedIn)).toMatchObject({ status: 200 })
    expect(await place.run('backup-db', file)).toMatchObject({ exitCode: 0 })
    const worker = await place.startWorker('--site', 'branch')
    expect(await place.finished(restore.id)).toMatchObject({ outcome: 'success' })
    await place.stop(worker)
    await place.stop(running)
    await place.letGo()

    await writeFile(path.join(target, 'file'), 'newer work')
    const { exitCode, stdout } = await place.run('restore-db', '--replace', file)
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('remove whoever'),
    })
    await server.start()
    await place.startWorker('--site', 'branch')
    expect(await place.finished(restore.id)).toMatchObject({ outcome: 'canceled', canceledBy: 'restore-db' })
    await place.finished(await place.start('elsewhere'))
    expect(await readFile(path.join(target, 'file'), 'utf8')).toBe('newer work')
    expect(await server.call('GET', '/api/auth/me', signedIn)).toMatchObject({ status: 401 })
  })

  test('a file that is no backup is refused, and one that is not there', async () => {
    const text = place.path('config', 'holdfast.yaml')
    expect(await place.run('restore-db', '--replace', text)).toMatchObject({ exitCode: expect.any(Number) })
    const missing = await place.run('restore-db', place.path('nothing'), '--json')
    expect(missing.exitCode).not.toBe(0)
    expect(JSON.parse(missing.stdout).error.kind).not.toBe('bug')
  })
})

describe('an external PostgreSQL', () => {
  let server: LabPostgres
  beforeEach(async () => {
    place = await Installation.create()
    await configure()
  })
  afterEach(async () => {
    await place[Symbol.asyncDispose]()
    await server.stop()
  })

  test('whose fsync is off is refused, without a word about its password', async () => {
    server = await startLabPostgres('external')
    place.env.HOLDFAST_DATABASE_URL = server.url ?? ''
    const { exitCode, stderr } = await place.run('apply', place.path('config'))
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('fsync') })
    const password = new URL(server.url ?? '').password
    expect(place.transcript).not.toContain(password)
    const { exitCode: wrong } = await place.run('worker')
    expect(wrong).toBe(2)
    expect(place.processes()).toEqual([])
  })

  /** The lab's safe server is the embedded one of another directory; over its socket it is as foreign as any. */
  test('by its address does all that the embedded one does', async () => {
    server = await startLabPostgres('embedded')
    const { host, port, user, database } = server.connection
    place.env.HOLDFAST_DATABASE_URL = `postgresql://${user}@/${database}?host=${host}&port=${port}`
    const { exitCode, stdout } = await place.run('run', '--config', place.path('config'), 'files')
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^files +✔/m) })
    const file = place.path('control.backup')
    expect(await place.run('backup-db', file)).toMatchObject({ exitCode: 0 })
    expect(await place.run('restore-db', '--replace', file)).toMatchObject({ exitCode: 0 })
    const worker = await place.startWorker()
    expect(await place.finished(await place.start('files'))).toMatchObject({
      outcome: 'success',
      report: { bytesMoved: 0 },
    })
    const doctor = await place.run('doctor')
    expect(doctor.stdout).toContain('external PostgreSQL')
    expect(await place.stop(worker)).toBe(0)
    await expect(readFile(place.path('data'))).rejects.toMatchObject({ code: 'ENOENT' })
    const runs = await place.list<RunSummary>('runs', 'list')
    expect(runs).toHaveLength(2)
    await place.letGo()
  })
})
