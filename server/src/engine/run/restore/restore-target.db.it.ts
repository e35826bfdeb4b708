import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asHoldfastError } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { diskCopy } from '../../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../../testkit/engine-lab.ts'

let lab: EngineLab
let directory: string
let point: string
let mine: string

const anna = { by: 'user:anna' }
const at = (...parts: string[]) => join(directory, ...parts)
const overwrite = { existing: 'overwrite' }

beforeAll(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'holdfast-target-')))
  for (const name of ['source', 'other', 'own', 'back', 'vault', 'unused', 'victim', 'third'])
    await mkdir(at(name))
  await writeFile(at('source', 'file'), 'of the point')
  await writeFile(at('other', 'file'), 'of another job')
  await writeFile(at('third', 'file'), 'of a third job')
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
      { name: 'mine', kind: 'host', restoreRoots: [at('back'), at('gone'), '/opt/apps'] },
      { name: 'homes', kind: 'host', restoreRoots: ['/home'] },
      { name: 'closed', kind: 'host' },
    ],
    vaults: [vault('vault'), vault('unused')],
    jobs: [job('source', 'mine'), job('other', 'closed'), job('third', 'homes')],
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
  ['own/postgres', 'restore-target-refused'],
  ['back/../own', 'restore-target-refused'],
  ['other', 'restore-target-refused'],
  ['other/below', 'restore-target-refused'],
])('nobody restores over %s', async (place, code) => {
  const request = asked(`${directory}/${place}`)
  expect(await refusal(lab.control.startRestore(request, anna))).toBe(code)
  expect(await refusal(lab.control.previewRestore(request))).toBe(code)
  expect(await refusal(lab.limitedTo([mine]).startRestore(request, anna))).toBe('restore-target-refused')
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
  '/libx32',
  '/proc/1',
])('nobody restores to %s of the system', async (target) => {
  expect(await refusal(lab.control.startRestore(asked(target), anna))).toMatch(
    /restore-target-refused|vault-foreign/,
  )
  const fresh = asked(target, { existing: 'refuse' })
  expect(await refusal(lab.control.startRestore(fresh, anna))).toMatch(/restore-target-refused|vault-foreign/)
})

test('a folder in a home that is not hidden is like any other', async () => {
  const fresh = asked('/root/holdfast-new/restored', { existing: 'refuse' })
  expect(await refusal(lab.control.previewRestore(fresh))).toBe('done')
})

test.each([
  ['vault', 'vault-foreign'],
  ['own', 'restore-target-refused'],
  ['other', 'restore-target-refused'],
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
    expect(thrown).toMatchObject({
      code: 'restore-target-refused',
      hint: expect.stringContaining('restoreRoots'),
    })
    messages.push((thrown as Error).message.replace(at(name), ''))
    expect(await refusal(limited.startRestore(asked(at(name)), anna))).toBe('restore-target-refused')
  }
  expect(new Set(messages).size).toBe(1)
  await symlink(at('source'), at('back', 'to-source'))
  const thrown = await limited.previewRestore(asked(at('back', 'to-source', 'new'))).catch(asHoldfastError)
  expect(thrown).toMatchObject({ code: 'restore-target-refused' })
  expect((thrown as Error).message).not.toContain(at('source'))
  const led = await limited.startRestore(asked(at('back', 'to-source', 'new')), anna)
  expect((await lab.finished(led.id)).error?.code).toBe('restore-target-refused')
  const below = await limited.startRestore(asked(at('back', 'deep', 'new')), anna)
  expect((await lab.finished(below.id)).outcome).toBe('success')
})

test.each([
  '/root/bin',
  '/home/anna/bin/x',
  '/home/anna',
  '/var/lib/dpkg/info',
  '/var/lib/systemd',
  '/var/www',
  '/var/log/x',
  '/var/tmp',
  '/opt/new',
  '/snap/x',
  '/srv/git/.ssh',
  '/srv/.x/y',
])('an administrator restores to %s only where the configuration names a folder in it', async (target) => {
  for (const existing of ['overwrite', 'refuse']) {
    const thrown = await lab.control.previewRestore(asked(target, { existing })).catch(asHoldfastError)
    expect(thrown).toMatchObject({
      code: 'restore-target-refused',
      hint: expect.stringContaining('restoreRoots'),
    })
  }
})

test('a folder that the configuration names is open, what is hidden in it is not', async () => {
  const fresh = { existing: 'refuse' }
  expect(await refusal(lab.control.previewRestore(asked('/opt/apps/new', fresh)))).toBe('done')
  expect(await refusal(lab.control.previewRestore(asked('/opt/apps/.new', fresh)))).toBe(
    'restore-target-refused',
  )
  expect(await refusal(lab.control.previewRestore(asked('/var/tmp/new', fresh)))).toBe('done')
})

test('a restore root around homes opens neither a home nor what programs obey in it', async () => {
  await lab.finished((await lab.control.startJob('third', anna)).id)
  const { items } = await lab.control.listPoints({ job: 'third' })
  const limited = lab.limitedTo([(await lab.control.getObject('nodes', 'homes')).id])
  for (const control of [limited, lab.operator, lab.control]) {
    for (const target of ['/home/victim', '/home/victim/.ssh', '/home/victim/bin']) {
      const request = { restorePointId: items[0]?.id ?? '', target }
      expect(await refusal(control.previewRestore(request))).toBe('restore-target-refused')
    }
    const open = { restorePointId: items[0]?.id ?? '', target: '/home/victim/restored' }
    expect(await refusal(control.previewRestore(open))).toBe('done')
  }
})

test('an operator restores to the source of the job and below the restore roots only', async () => {
  for (const place of [at('apart'), at('victim'), '/opt/new', '/srv/git/.ssh', '/etc']) {
    const thrown = await lab.operator.previewRestore(asked(place)).catch(asHoldfastError)
    expect(thrown).toMatchObject({
      code: 'restore-target-refused',
      hint: expect.stringContaining('restoreRoots'),
    })
    expect(await refusal(lab.operator.startRestore(asked(place), anna))).toBe('restore-target-refused')
  }
  expect(await refusal(lab.operator.previewRestore(asked(at('source'))))).toBe('done')
  expect(await refusal(lab.operator.previewRestore(asked(at('back', 'op'))))).toBe('done')
})

test('a root or source that somebody replaced by a link opens nothing', async () => {
  await mkdir(at('victim', '.ssh'), { recursive: true })
  await symlink(at('victim'), at('gone'))
  const limited = lab.limitedTo([mine])
  await rename(at('source'), at('away'))
  await symlink(at('victim'), at('source'))
  try {
    for (const [control, place] of [
      [limited, 'gone'],
      [limited, 'gone/x'],
      [lab.operator, 'source'],
      [lab.operator, 'source/x'],
    ] as const) {
      expect(await refusal(control.previewRestore(asked(at(place))))).toBe('restore-target-refused')
      const run = await lab.finished((await control.startRestore(asked(at(place)), anna)).id)
      expect(run.error?.code).toBe('restore-target-refused')
    }
    expect(await readdir(at('victim'))).toEqual(['.ssh'])
    expect(await readdir(at('victim', '.ssh'))).toEqual([])
  } finally {
    await rm(at('source'))
    await rename(at('away'), at('source'))
  }
})

test('a confined user is told the same of a link to something, to nothing and to a file', async () => {
  const told = new Set<string>()
  for (const [index, end] of ['/etc/shadow', '/nowhere/at/all', at('back')].entries()) {
    const link = at('back', `led-${index}`)
    await symlink(end, link)
    for (const place of [link, join(link, 'x')]) {
      const thrown = await lab.limitedTo([mine]).previewRestore(asked(place)).catch(asHoldfastError)
      const { code, message, hint } = asHoldfastError(thrown)
      told.add(JSON.stringify([code, message.replace(place, ''), hint]))
    }
  }
  expect(told.size).toBe(1)
})

test.skipIf(requires('root', 'mount'))(
  'a mount that shows a place under another name hides nothing',
  async () => {
    const [bound, below] = [at('back', 'bound'), at('back', 'around', 'below')]
    for (const [place, code] of [
      ['vault', 'vault-foreign'],
      ['own', 'restore-target-refused'],
      ['other', 'restore-target-refused'],
    ] as const) {
      await mkdir(at(place, 'deep'), { recursive: true })
      for (const [mountPoint, target] of [
        [bound, join(bound, 'new')],
        [below, at('back', 'around')],
      ] as const) {
        await mkdir(mountPoint, { recursive: true })
        execFileSync('mount', ['--bind', at(place, 'deep'), mountPoint])
        try {
          expect(await refusal(lab.control.previewRestore(asked(target)))).toBe(code)
        } finally {
          execFileSync('umount', [mountPoint])
        }
      }
      await rm(at(place, 'deep'), { recursive: true })
    }
  },
)

test('where the node names no restore roots, a limited user restores nowhere', async () => {
  await lab.finished((await lab.control.startJob('other', anna)).id)
  const { items } = await lab.control.listPoints({ job: 'other' })
  const closed = lab.limitedTo([(await lab.control.getObject('nodes', 'closed')).id])
  const request = { restorePointId: items[0]?.id ?? '', target: at('back', 'x') }
  expect(await refusal(closed.startRestore(request, anna))).toBe('restore-target-refused')
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

test('an outside lock is given back by whoever took it, also with a token, or by an administrator', async () => {
  const lock = { name: 'own', holder: 'script', leaseSeconds: 60, waitSeconds: 0 }
  const { operator } = lab
  await operator.acquireLock({ ...lock, by: 'token:ci of anna' })
  await expect(operator.acquireLock({ ...lock, by: 'user:eve' })).rejects.toMatchObject({ code: 'lock-held' })
  await expect(operator.releaseLock('own', 'script', 'user:eve')).rejects.toMatchObject({
    code: 'not-allowed',
    message: 'own was taken by user:anna',
  })
  expect(await operator.releaseLock('own', 'script', 'user:anna')).toBe(true)
  await operator.acquireLock({ ...lock, by: 'user:anna' })
  expect(await lab.control.releaseLock('own', 'script', 'cli:root')).toBe(true)
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
