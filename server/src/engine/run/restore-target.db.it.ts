import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asHoldfastError } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'

let lab: EngineLab
let directory: string
let point: string
let mine: string

const anna = { by: 'user:anna' }
const at = (...parts: string[]) => join(directory, ...parts)
const overwrite = { existing: 'overwrite' }

beforeAll(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'holdfast-target-')))
  for (const name of ['source', 'other', 'own', 'back', 'vault', 'unused']) await mkdir(at(name))
  await writeFile(at('source', 'file'), 'of the point')
  await writeFile(at('other', 'file'), 'of another job')
  lab = await openEngineLab([diskCopy], { ownPaths: [at('own')] })
  const vault = (name: string) => ({ name, kind: 'directory', path: at(name), minFree: '1MiB' })
  const job = (name: string, node: string) => ({
    name,
    node,
    kind: 'disk-copy',
    vault: 'vault',
    config: { source: at(name) },
  })
  await lab.apply({
    nodes: [
      { name: 'mine', kind: 'host', restoreRoots: [at('back')] },
      { name: 'closed', kind: 'host' },
    ],
    vaults: [vault('vault'), vault('unused')],
    jobs: [job('source', 'mine'), job('other', 'closed')],
  })
  await lab.startWorker()
  await lab.finished((await lab.control.startJob('source', anna)).id)
  point = (await lab.control.listPoints({})).items[0]?.id ?? ''
  mine = (await lab.control.getObject('nodes', 'mine')).id
})
afterAll(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

const asked = (target: string, options = overwrite) => ({ restorePointId: point, target, options })

async function refusal(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'done',
    (thrown: unknown) => asHoldfastError(thrown).code,
  )
}

test.each([
  ['vault/new', 'vault-foreign'],
  ['unused', 'vault-foreign'],
  ['.', 'vault-foreign'],
  ['own/postgres', 'not-allowed'],
  ['back/../own', 'not-allowed'],
  ['other', 'not-allowed'],
  ['other/below', 'not-allowed'],
])('nobody restores over %s', async (place, code) => {
  const request = asked(`${directory}/${place}`)
  expect(await refusal(lab.control.startRestore(request, anna))).toBe(code)
  expect(await refusal(lab.control.previewRestore(request))).toBe(code)
  expect(await refusal(lab.limitedTo([mine]).startRestore(request, anna))).toBe('not-allowed')
})

test.each([
  '/',
  '/etc',
  '/etc/cron.d/new',
  '/root',
  '/root/.ssh',
  '/home',
  '/home/anna',
  '/home/anna/.config/x',
  '/var',
  '/usr/bin/',
  '//lib64//x',
  '/proc/1',
])('nobody restores to %s of the system', async (target) => {
  expect(await refusal(lab.control.startRestore(asked(target), anna))).toMatch(/not-allowed|vault-foreign/)
  const fresh = asked(target, { existing: 'refuse' })
  expect(await refusal(lab.control.startRestore(fresh, anna))).toMatch(/not-allowed|vault-foreign/)
})

test('a folder in a home that is not hidden is like any other', async () => {
  const fresh = asked('/root/holdfast/data/restored-1', { existing: 'refuse' })
  expect(await refusal(lab.control.startRestore(fresh, anna))).toBe('done')
})

test.each([
  ['vault', 'vault-foreign'],
  ['own', 'not-allowed'],
  ['other', 'not-allowed'],
])('a link does not lead a restore into %s', async (place, code) => {
  const link = at('back', `to-${place}`)
  await symlink(at(place), link)
  const request = asked(join(link, 'new'))
  expect(await refusal(lab.control.previewRestore(request))).toBe(code)
  const run = await lab.finished((await lab.control.startRestore(request, anna)).id)
  expect(run).toMatchObject({ outcome: 'failed', error: { code } })
  expect(await refusal(readFile(at(place, 'new', 'file')))).not.toBe('done')
})

test('over its own source, and to an empty folder, a point is restored', async () => {
  await writeFile(at('source', 'file'), 'changed')
  const run = await lab.finished((await lab.control.startRestore(asked(at('source')), anna)).id)
  expect(run.outcome).toBe('success')
  expect(await readFile(at('source', 'file'), 'utf8')).toBe('of the point')
  const apart = asked(at('apart'), { existing: 'refuse' })
  expect((await lab.finished((await lab.control.startRestore(apart, anna)).id)).outcome).toBe('success')
})

test('a user limited to a node restores below its restore roots only, and learns of no other place', async () => {
  const limited = lab.limitedTo([mine])
  const messages = []
  for (const name of ['source', 'nowhere', 'backup', 'vault']) {
    const thrown = await limited.previewRestore(asked(at(name))).catch(asHoldfastError)
    expect(thrown).toMatchObject({ code: 'not-allowed', hint: expect.stringContaining('restoreRoots') })
    messages.push((thrown as Error).message.replace(at(name), ''))
    expect(await refusal(limited.startRestore(asked(at(name)), anna))).toBe('not-allowed')
  }
  expect(new Set(messages).size).toBe(1)
  await symlink(at('source'), at('back', 'to-source'))
  const thrown = await limited.previewRestore(asked(at('back', 'to-source', 'new'))).catch(asHoldfastError)
  expect(thrown).toMatchObject({ code: 'not-allowed' })
  expect((thrown as Error).message).not.toContain(at('source'))
  const led = await limited.startRestore(asked(at('back', 'to-source', 'new')), anna)
  expect((await lab.finished(led.id)).error?.code).toBe('not-allowed')
  const below = await limited.startRestore(asked(at('back', 'deep', 'new')), anna)
  expect((await lab.finished(below.id)).outcome).toBe('success')
})

test('where the node names no restore roots, a limited user restores nowhere', async () => {
  await lab.finished((await lab.control.startJob('other', anna)).id)
  const { items } = await lab.control.listPoints({ job: 'other' })
  const closed = lab.limitedTo([(await lab.control.getObject('nodes', 'closed')).id])
  const request = { restorePointId: items[0]?.id ?? '', target: at('back', 'x') }
  expect(await refusal(closed.startRestore(request, anna))).toBe('not-allowed')
})

test('the records of a restore hold target, the first paths and options', async () => {
  const paths = Array.from({ length: 25 }, (_, index) => `file-${index}`)
  const { id } = await lab.control.startRestore({ ...asked(at('records')), paths }, anna)
  const [entry] = (await lab.control.listAudit({ limit: 1 })).items
  expect(entry).toMatchObject({
    action: 'restore.start',
    details: {
      runId: id,
      target: at('records'),
      paths: JSON.stringify(paths.slice(0, 20)),
      options: JSON.stringify(overwrite),
    },
  })
  await lab.finished(id)
})

test('outside locks are recorded with name, holder and who asked', async () => {
  const lock = { name: 'nightly', holder: 'script', leaseSeconds: 60, waitSeconds: 0 }
  await lab.control.acquireLock({ ...lock, ...anna })
  expect(await lab.control.releaseLock('nightly', 'script', anna.by)).toBe(true)
  expect(await lab.control.releaseLock('nightly', 'script', anna.by)).toBe(false)
  const record = { by: anna.by, object: 'nightly', details: { name: 'nightly', holder: 'script' } }
  expect((await lab.control.listAudit({ limit: 2 })).items).toMatchObject([
    { action: 'lock.release', ...record },
    { action: 'lock.acquire', ...record },
  ])
})

test('who stops waiting for a lock is told so, and takes none', async () => {
  const lock = { name: 'busy', leaseSeconds: 60, waitSeconds: 60 }
  await lab.control.acquireLock({ ...lock, holder: 'first' })
  const signal = AbortSignal.timeout(50)
  await expect(lab.control.acquireLock({ ...lock, holder: 'second', signal })).rejects.toMatchObject({
    code: 'wait-canceled',
  })
  const gone = AbortSignal.abort()
  expect(await refusal(lab.control.acquireLock({ ...lock, name: 'free', holder: 'x', signal: gone }))).toBe(
    'wait-canceled',
  )
  expect((await lab.control.listLocks()).map(({ name }) => name)).not.toContain('free')
})

test('a deleted job does not start by its id', async () => {
  const { id } = await lab.control.getObject('jobs', 'other')
  await lab.control.deleteObject('jobs', id, { ...anna, revision: null })
  expect(await refusal(lab.control.startJob(id, anna))).toBe('name-unknown')
  expect(await refusal(lab.control.previewPlan(id))).toBe('name-unknown')
})
