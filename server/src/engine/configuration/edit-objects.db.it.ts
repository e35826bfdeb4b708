import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobSpec, notificationSpec, policySpec, vaultSpec } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'

let lab: EngineLab
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-edits-'))
  lab = await openEngineLab([scriptedDriver(), diskCopy])
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

const anna = { by: 'user:anna' }
const any = { by: 'user:ben', revision: null }
const job = (name: string, spec: object = {}) => jobSpec.parse({ name, kind: 'scripted', ...spec })
const vault = (name: string) => vaultSpec.parse({ name, kind: 'directory', path: join(directory, name) })
const policy = (name: string) => policySpec.parse({ name, rpo: '26h', retention: { keepLast: 3 } })
const copy = (name: string, spec: object = {}) =>
  jobSpec.parse({
    name,
    kind: 'disk-copy',
    vault: 'v',
    config: { source: join(directory, 'source') },
    ...spec,
  })

describe('an object', () => {
  test('is made, read by name and id, changed, and deleted, each as a revision with its author', async () => {
    const { control } = lab
    const schedule = { cron: '30 2 * * *', timeZone: 'UTC' }
    const made = await control.createObject('jobs', job('a', { schedule }), anna)
    expect(made).toMatchObject({ kind: 'jobs', revision: 1, spec: { name: 'a', attempts: 4 } })
    expect(await control.getObject('jobs', 'a')).toEqual(made)
    expect((await control.getJob('a')).nextRunAt).not.toBeNull()
    const edit = { by: 'user:ben', revision: 1 }
    const changed = await control.replaceObject('jobs', made.id, job('b', { enabled: false }), edit)
    expect(changed).toMatchObject({ id: made.id, revision: 2, spec: { name: 'b', enabled: false } })
    expect(await control.getJob('b')).toMatchObject({ id: made.id, schedule: null, nextRunAt: null })
    await expect(control.getObject('jobs', 'a')).rejects.toMatchObject({ code: 'name-unknown' })
    expect(await control.listRevisions('jobs', 'b')).toMatchObject([
      { revision: 2, by: 'user:ben', name: 'b', spec: { enabled: false } },
      { revision: 1, by: 'user:anna', name: 'a', spec: { enabled: true } },
    ])
    await control.deleteObject('jobs', 'b', { ...anna, revision: 2 })
    await expect(control.getObject('jobs', made.id)).rejects.toMatchObject({ code: 'name-unknown' })
    const { items } = await control.listAudit({ objectId: made.id })
    expect(items.map(({ by, action, object }) => [by, action, object])).toEqual([
      ['user:anna', 'object.delete', 'b'],
      ['user:ben', 'object.change', 'b'],
      ['user:anna', 'object.create', 'a'],
    ])
  })

  test('is not changed by an edit that was made for another revision', async () => {
    const { control } = lab
    await control.createObject('policies', policy('p'), anna)
    const weekly = { ...policy('p'), rpo: '1w' }
    await control.replaceObject('policies', 'p', weekly, { ...anna, revision: 1 })
    const conflict = { code: 'edit-conflict', details: { revision: 2 } }
    const late = { ...anna, revision: 1 }
    await expect(control.replaceObject('policies', 'p', policy('p'), late)).rejects.toMatchObject(conflict)
    await expect(control.replaceObject('policies', 'p', weekly, late)).rejects.toMatchObject(conflict)
    await expect(control.deleteObject('policies', 'p', late)).rejects.toMatchObject(conflict)
    expect((await control.getObject('policies', 'p')).spec.rpo).toBe('1w')
    await control.replaceObject('policies', 'p', policy('p'), any)
    expect(await control.getObject('policies', 'p')).toMatchObject({ revision: 3, spec: { rpo: '26h' } })
  })

  test('gets no revision from an edit that changes nothing', async () => {
    const { control } = lab
    const made = await control.createObject('policies', policy('p'), anna)
    expect(await control.replaceObject('policies', 'p', policy('p'), any)).toEqual(made)
  })

  test('of two edits of one revision at the same time one wins', async () => {
    const { control } = lab
    await control.createObject('policies', policy('p'), anna)
    const edits = ['1h', '2h', '3h', '4h'].map((rpo) =>
      control.replaceObject('policies', 'p', { ...policy('p'), rpo }, { ...anna, revision: 1 }),
    )
    const done = await Promise.allSettled(edits)
    expect(done.filter((edit) => edit.status === 'fulfilled')).toHaveLength(1)
    for (const edit of done)
      if (edit.status === 'rejected') expect(edit.reason).toMatchObject({ code: 'edit-conflict' })
  })

  test('takes no name that another one bears, unless that was deleted', async () => {
    const { control } = lab
    await control.createObject('policies', policy('p'), anna)
    const other = await control.createObject('policies', policy('q'), anna)
    const taken = { code: 'object-exists' }
    await expect(control.createObject('policies', policy('p'), anna)).rejects.toMatchObject(taken)
    await expect(control.replaceObject('policies', 'q', policy('p'), any)).rejects.toMatchObject(taken)
    await control.deleteObject('policies', 'p', any)
    expect(await control.replaceObject('policies', 'q', policy('p'), any)).toMatchObject({ id: other.id })
    const atOnce = [1, 2, 3].map(() => control.createObject('policies', policy('r'), anna))
    const done = await Promise.allSettled(atOnce)
    expect(done.filter((made) => made.status === 'fulfilled')).toHaveLength(1)
    for (const made of done) if (made.status === 'rejected') expect(made.reason).toMatchObject(taken)
  })

  test('with mistakes is refused with all of them, told from the object itself', async () => {
    const { control } = lab
    await control.createObject('vaults', vault('v'), anna)
    await control.createObject('jobs', copy('good'), anna)
    const wrong = copy('bad', { policy: 'nobody', schedule: { cron: '99 * * * *' }, config: { sauce: 1 } })
    for (const refused of [
      control.createObject('jobs', wrong, anna),
      control.replaceObject('jobs', 'good', wrong, any),
    ]) {
      await expect(refused).rejects.toMatchObject({
        code: 'config-invalid',
        details: {
          problems: expect.arrayContaining([
            expect.objectContaining({ path: ['policy'], message: 'no policy is called "nobody"' }),
            expect.objectContaining({ path: ['schedule', 'cron'] }),
            expect.objectContaining({ path: ['config', 'sauce'] }),
          ]),
        },
      })
    }
    const inside = vaultSpec.parse({ name: 'w', kind: 'directory', path: join(directory, 'v/w') })
    await expect(control.createObject('vaults', inside, anna)).rejects.toMatchObject({
      code: 'config-invalid',
      details: { problems: [{ path: ['path'] }] },
    })
    expect(await control.replaceObject('vaults', 'v', { ...inside, name: 'v' }, any)).toMatchObject({
      revision: 2,
    })
  })
})

describe('what is referred to', () => {
  test('keeps its references under a new name', async () => {
    const { control } = lab
    await lab.apply({
      nodes: [],
      vaults: [vault('v')],
      policies: [policy('p')],
      notifications: [
        { name: 'n', kind: 'webhook', url: 'http://127.0.0.1/', jobs: ['other', 'a'] },
        { name: 'm', kind: 'webhook', url: 'http://127.0.0.1/' },
      ],
      jobs: [copy('a', { policy: 'p' }), job('other')],
    })
    await control.replaceObject('vaults', 'v', { ...vault('v'), name: 'w' }, any)
    await control.replaceObject('policies', 'p', policy('q'), any)
    const { spec } = await control.getObject('jobs', 'a')
    expect(spec).toMatchObject({ vault: 'w', policy: 'q' })
    await control.replaceObject('jobs', 'a', { ...spec, name: 'b' }, any)
    expect(await control.getObject('notifications', 'n')).toMatchObject({
      revision: 2,
      spec: { jobs: ['other', 'b'] },
    })
    expect(await control.listRevisions('notifications', 'n')).toMatchObject([
      { by: 'user:ben' },
      { by: 'test' },
    ])
    expect(await control.getObject('notifications', 'm')).toMatchObject({ revision: 1 })
    expect(await control.checkConfig(await control.exportConfig())).toEqual([])
  })

  test('is not deleted, and the error names who uses it', async () => {
    const { control } = lab
    await lab.apply({
      vaults: [vault('v')],
      policies: [policy('p')],
      notifications: [{ name: 'n', kind: 'webhook', url: 'http://127.0.0.1/', jobs: ['a'] }],
      jobs: [copy('a', { policy: 'p' }), job('busy')],
    })
    const used = (kind: string, name: string) => ({
      code: 'object-in-use',
      details: { users: [{ kind, name }], count: 1 },
    })
    await expect(control.deleteObject('vaults', 'v', any)).rejects.toMatchObject(used('jobs', 'a'))
    await expect(control.deleteObject('policies', 'p', any)).rejects.toMatchObject(used('jobs', 'a'))
    await expect(control.deleteObject('jobs', 'a', any)).rejects.toMatchObject(used('notifications', 'n'))
    const run = await control.startJob('busy', anna)
    await expect(control.deleteObject('jobs', 'busy', any)).rejects.toMatchObject(used('runs', run.id))
    await control.cancelRun(run.id, anna)
    await control.deleteObject('jobs', 'busy', any)
    await control.deleteObject('notifications', 'n', any)
    await control.deleteObject('jobs', 'a', any)
    await control.deleteObject('vaults', 'v', any)
    expect(await control.exportConfig()).toMatchObject({ vaults: [], jobs: [], policies: [{ name: 'p' }] })
  })

  test('tells which objects refer to a secret', async () => {
    const { store } = lab.deps
    const smtp = { host: 'mail', user: 'u', password: { secret: 'smtp-password' } }
    await lab.apply({
      notifications: [
        { name: 'mail', kind: 'mail', from: 'a@b.example', to: ['c@d.example'], smtp },
        {
          name: 'hook',
          kind: 'webhook',
          url: { secret: 'hook' },
          headers: { key: { secret: 'smtp-password' } },
        },
        {
          name: 'plain',
          kind: 'webhook',
          url: 'http://smtp-password/',
          headers: { secret: 'smtp-password' },
        },
      ],
    })
    const users = ['hook', 'mail', 'plain'].map((name) => ({ kind: 'notifications', name }))
    expect(await store.objects.usersOfSecret('hook')).toEqual(users.slice(0, 1))
    expect(await store.objects.usersOfSecret('smtp-password')).toEqual(
      expect.arrayContaining(users.slice(0, 2)),
    )
    expect(await store.objects.usersOfSecret('smtp')).toEqual([])
    await lab.control.deleteObject('notifications', 'hook', any)
    expect(await store.objects.usersOfSecret('hook')).toEqual([])
  })
})

test('a vault made anew keeps the id that its directory bears, and its restore points', async () => {
  const { control } = lab
  await mkdir(join(directory, 'source'))
  await writeFile(join(directory, 'source/file'), 'text')
  const { id } = await control.createObject('vaults', vault('v'), anna)
  await control.createObject('jobs', copy('files'), anna)
  await lab.startWorker()
  const run = await lab.finished((await control.startJob('files', anna)).id)
  expect(run).toMatchObject({ outcome: 'success', startedBy: 'user:anna' })
  const again = { ...vault('v'), name: 'same directory' }
  await expect(control.createObject('vaults', again, anna)).rejects.toMatchObject({ code: 'config-invalid' })
  await control.deleteObject('jobs', 'files', any)
  await control.deleteObject('vaults', 'v', any)
  const [point] = (await control.listPoints({})).items
  expect(point).toMatchObject({ vaultId: id, runId: run.id })
  expect(await control.createObject('vaults', again, anna)).toMatchObject({ id, revision: 3 })
})

describe('a list of objects', () => {
  test('is sorted by name, searched, and cut into pages', async () => {
    const names = ['alpha', 'Beta', 'gamma', 'delta', 'beta 2']
    await lab.apply({ policies: names.map(policy) })
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await lab.control.listObjects('policies', { limit: 2, after })
      seen.push(...page.items.map((object) => object.spec.name))
      if (page.next === null) break
      after = page.next
    }
    expect(seen.toSorted()).toEqual(names.toSorted())
    const whole = await lab.control.listObjects('policies', {})
    expect(whole.items.map((object) => object.spec.name)).toEqual(seen)
    const found = await lab.control.listObjects('policies', { q: 'BETA' })
    expect(found.items.map((object) => object.spec.name).toSorted()).toEqual(['Beta', 'beta 2'])
    expect((await lab.control.listObjects('nodes', {})).items).toEqual([])
    const hook = notificationSpec.parse({ name: 'n', kind: 'webhook', url: 'http://127.0.0.1/' })
    await lab.control.createObject('notifications', hook, anna)
    expect((await lab.control.listObjects('notifications', {})).items).toMatchObject([{ spec: hook }])
  })
})

describe('forms', () => {
  test('get a JSON Schema of what is written, per job kind and for its restore', async () => {
    const kinds = await lab.control.jobKinds()
    expect(kinds).toMatchObject([
      { kind: 'scripted', collection: 'scripted-jobs', config: { type: 'object' }, restore: null },
      {
        kind: 'disk-copy',
        vaultKinds: ['directory', 'disk-set'],
        config: { required: ['source'] },
        restore: { type: 'object' },
      },
    ])
  })

  test('show when a schedule is due next', async () => {
    lab.deps.now = () => new Date('2026-10-24T12:00:00Z')
    const schedule = { cron: '30 2 * * *', timeZone: 'Europe/Rome', missed: 'run-once' } as const
    const control = lab.limitedTo(null)
    expect(await control.previewSchedule(schedule, 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
    await expect(control.previewSchedule({ ...schedule, cron: '61 * * * *' }, 2)).rejects.toMatchObject({
      kind: 'config',
    })
  })
})
