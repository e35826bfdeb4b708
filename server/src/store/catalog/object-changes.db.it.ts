import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDocument } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'

let lab: EngineLab
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-objects-'))
  lab = await openEngineLab([scriptedDriver(), diskCopy])
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

const apply = (document: object, prune = false) =>
  lab.control.applyConfig(configDocument.parse(document), { prune, by: 'anna', fingerprint: null })
const job = (spec: object = {}) => ({ name: 'a', kind: 'scripted', ...spec })
const actions = (changes: Awaited<ReturnType<typeof apply>>) =>
  changes.map((change) => `${change.action} ${change.kind}/${change.name}`)
const revisions = async (id: string) =>
  (
    await lab.test.database.pool.query(
      'select revision, name, spec, by from revisions where object_id = $1 order by revision',
      [id],
    )
  ).rows

describe('applying a configuration', () => {
  test('keeps every edit as a revision, and none where nothing changed', async () => {
    await apply({ jobs: [job({ attempts: 2 })] })
    await apply({ jobs: [job({ attempts: 2 })] })
    await apply({ jobs: [job({ attempts: 3 })] })
    const { id = '' } = (await lab.deps.store.objects.job('a')) ?? {}
    await apply({}, true)
    expect(await revisions(id)).toMatchObject([
      { revision: 1, name: 'a', by: 'anna', spec: { attempts: 2, kind: 'scripted' } },
      { revision: 2, spec: { attempts: 3 } },
      { revision: 3, spec: null },
    ])
  })

  test('a deleted job frees its name, keeps its runs, and one made anew is another job', async () => {
    await apply({ jobs: [job()] })
    const run = await lab.control.startJob('a', { by: 'anna' })
    await apply({}, true)
    expect(actions(await apply({ jobs: [job()] }))).toEqual(['create jobs/a'])
    const again = await lab.deps.store.objects.job('a')
    expect(again?.id).not.toBe(run.jobId)
    expect(await lab.control.getRun(run.id)).toMatchObject({ jobId: run.jobId, jobName: 'a' })
    expect((await lab.deps.store.objects.job(run.jobId))?.id).toBe(run.jobId)
    expect(await lab.control.listRuns({ job: again?.id ?? '' })).toEqual({ items: [], next: null })
  })

  test('is whole or not at all', async () => {
    await apply({ jobs: [job()] })
    const document = configDocument.parse({
      jobs: [job({ attempts: 7 }), job({ name: 'b', policy: 'gone' })],
    })
    const { changes } = await lab.control.planConfig(document, { prune: false })
    const options = {
      by: 'anna',
      vaultIds: new Map<string, string>(),
      seen: [],
      nextRunAt: () => null,
      nodeNames: () => [],
    }
    await expect(lab.deps.store.objects.apply(document, changes, options)).rejects.toMatchObject({
      code: 'name-unknown',
    })
    expect((await lab.control.exportConfig()).jobs).toMatchObject([{ name: 'a', attempts: 4 }])
  })

  test('with the fingerprint of its plan does what was planned or nothing', async () => {
    await apply({ jobs: [job()] })
    const document = configDocument.parse({ jobs: [job({ attempts: 7 })] })
    const planned = await lab.control.planConfig(document, { prune: false })
    const { fingerprint } = planned
    const applying = (prune = false, what = document) =>
      lab.control.applyConfig(what, { prune, by: 'bert', fingerprint })
    const conflict = expect.objectContaining({ code: 'config-conflict' })
    // Another document, another way, and what somebody else did meanwhile: to the job, and back.
    await expect(applying(true)).rejects.toEqual(conflict)
    await expect(applying(false, configDocument.parse({ jobs: [job({ attempts: 8 })] }))).rejects.toEqual(
      conflict,
    )
    await apply({ jobs: [job({ attempts: 5 })] })
    await expect(applying()).rejects.toEqual(conflict)
    await apply({ jobs: [job()] })
    await expect(applying()).rejects.toEqual(conflict)
    expect((await lab.control.exportConfig()).jobs).toMatchObject([{ attempts: 4 }])
    // What it does not touch may change.
    const again = await lab.control.planConfig(document, { prune: false })
    await apply({ jobs: [job({ name: 'b' })] })
    const options = { prune: false, by: 'bert', fingerprint: again.fingerprint }
    expect(await lab.control.applyConfig(document, options)).toEqual(again.changes)
    // Pruning touches everything there is.
    const whole = await lab.control.planConfig(document, { prune: true })
    expect(actions(whole.changes)).toContain('delete jobs/b')
    await apply({ jobs: [job({ name: 'c' })] })
    const all = { prune: true, by: 'bert', fingerprint: whole.fingerprint }
    await expect(lab.control.applyConfig(document, all)).rejects.toEqual(conflict)
  })

  test('sees in its transaction what changed after its plan', async () => {
    await apply({ jobs: [job()] })
    const document = configDocument.parse({ jobs: [job({ attempts: 7 })] })
    const { changes } = await lab.control.planConfig(document, { prune: false })
    const seen = await lab.deps.store.objects.states()
    await apply({ jobs: [job({ attempts: 5 })] })
    const options = {
      by: 'anna',
      vaultIds: new Map<string, string>(),
      seen,
      nextRunAt: () => null,
      nodeNames: () => [],
    }
    await expect(lab.deps.store.objects.apply(document, changes, options)).rejects.toMatchObject({
      code: 'config-conflict',
    })
    await apply({}, true)
    await expect(lab.deps.store.objects.apply(document, changes, options)).rejects.toMatchObject({
      code: 'config-conflict',
    })
  })

  test('what is exported applies back to no change', async () => {
    await apply({
      vaults: [{ name: 'v', kind: 'directory', path: '/nowhere/v' }],
      policies: [{ name: 'p', retention: { keepLast: 3, timeZone: 'Europe/Rome' } }],
      notifications: [{ name: 'n', kind: 'webhook', url: 'http://127.0.0.1/', jobs: ['a'] }],
      jobs: [
        job({ policy: 'p', schedule: { cron: '1 2 * * *' }, windows: [{ from: '22:00', to: '06:00' }] }),
      ],
    })
    const changes = await apply(await lab.control.exportConfig(), true)
    expect(new Set(changes.map((change) => change.action))).toEqual(new Set(['unchanged']))
  })

  test('does not delete what a job that stays refers to', async () => {
    const policies = [{ name: 'p', retention: { keepLast: 3 } }]
    await apply({ policies, jobs: [job({ policy: 'p' })] })
    await expect(apply({ jobs: [job({ policy: 'p' })] }, true)).rejects.toMatchObject({
      code: 'config-invalid',
    })
    expect((await lab.control.exportConfig()).policies).toHaveLength(1)
  })
})

describe('a vault keeps the id that its directory bears', () => {
  const at = (path: string) => join(directory, path)
  const document = (vault: string, path = 'vault') => ({
    vaults: [{ name: vault, kind: 'directory', path: at(path), minFree: '1MiB' }],
    jobs: [{ name: 'files', kind: 'disk-copy', vault, config: { source: at('source') } }],
  })
  const run = async () => await lab.finished((await lab.control.startJob('files', { by: 'anna' })).id)
  const vaultId = async (name: string) => (await lab.deps.store.objects.vault(name))?.id

  beforeEach(async () => {
    await mkdir(at('source'))
    await writeFile(at('source/file'), 'text')
    await apply(document('one'))
    await lab.startWorker()
    expect(await run()).toMatchObject({ outcome: 'success' })
  })

  test('when it is deleted and made anew', async () => {
    const id = await vaultId('one')
    await apply({}, true)
    await apply(document('one'))
    expect(await vaultId('one')).toBe(id)
    expect(await run()).toMatchObject({ outcome: 'success', error: null })
    expect(await revisions(id ?? '')).toHaveLength(3)
  })

  test.each([false, true])('when it gets another name (prune: %s)', async (prune) => {
    const id = await vaultId('one')
    const changes = await apply(document('two'), prune)
    expect(actions(changes)).toEqual(['update vaults/two', 'update jobs/files'])
    expect(changes[0]?.fields).toEqual([{ path: 'name', before: 'one', after: 'two' }])
    expect(await vaultId('two')).toBe(id)
    expect((await lab.control.exportConfig()).vaults).toMatchObject([{ name: 'two' }])
    expect(await run()).toMatchObject({ outcome: 'success', report: { bytesMoved: 0 } })
  })

  test('when it moves: a reindex says whose it is instead of making another vault of it', async () => {
    await rename(at('vault'), at('moved'))
    const reindex = lab.control.reindex({ paths: [at('moved')], dryRun: false, by: 'anna' })
    await expect(reindex).rejects.toMatchObject({ code: 'vault-foreign' })
    expect((await lab.control.exportConfig()).vaults).toMatchObject([{ name: 'one', path: at('vault') }])
    await apply(document('one', 'moved'))
    expect(await run()).toMatchObject({ outcome: 'success', report: { bytesMoved: 0 } })
  })

  test('unless two vaults of one document claim it', async () => {
    const both = { vaults: [...document('one', 'moved').vaults, ...document('two').vaults] }
    await apply(both)
    expect(await vaultId('two')).not.toBe(await vaultId('one'))
  })
})

test('an id means the object that has it, whatever another one is called', async () => {
  await apply({
    jobs: [job(), job({ name: 'b' })],
    vaults: ['v', 'w'].map((name) => ({ name, kind: 'directory', path: `/mnt/${name}` })),
  })
  const { objects } = lab.deps.store
  for (const [kind, name, other] of [
    ['jobs', 'b', 'a'],
    ['vaults', 'w', 'v'],
  ] as const) {
    const { id } = await lab.control.getObject(kind, name)
    // Nothing takes such a name any more; one that was given before must not stand in for the id.
    await lab.test.database.pool.query(`update ${kind} set name = $1 where name = $2`, [id, other])
    const found = kind === 'jobs' ? await objects.job(id) : await objects.vault(id)
    expect(found).toMatchObject({ id, name })
    expect(await lab.control.getObject(kind, id)).toMatchObject({ id, spec: { name } })
  }
})
