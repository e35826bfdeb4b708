import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { AnyDriver, RestoreInput } from '../../../drivers/driver.ts'
import { noteCopy } from '../../../drivers/testkit/note-copy/index.ts'
import { type EngineLab, openEngineLab } from '../../testkit/engine-lab.ts'

/** Keeps notes as that one does, and restores them into a database, which only writes down what it got. */
const got: RestoreInput<unknown>[] = []
let meanwhile: () => Promise<void>
const toNode: AnyDriver = {
  ...noteCopy,
  restore: {
    target: 'node',
    targetNodeKinds: ['influxdb'],
    options: z.strictObject({}),
    overwrites: () => true,
    plan: async (_, { target }) => ({ summary: `into ${target}`, items: [], guards: [], expectedBytes: 1 }),
    async run(_, input) {
      got.push(input)
      await meanwhile()
      return { summary: 'done', bytesMoved: 1, counts: {}, details: {}, points: [], assets: [] }
    },
  },
}

let directory: string
let lab: EngineLab
let restorePointId: string
const by = { by: 'anna' }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-place-'))
  await writeFile(join(directory, 'todo.txt'), 'first\n')
})
afterAll(() => rm(directory, { recursive: true }))
beforeEach(async () => {
  got.length = 0
  meanwhile = async () => {}
  lab = await openEngineLab([toNode])
  const server = (name: string) => ({ name, kind: 'influxdb', url: `http://${name}.example.org:8086` })
  await lab.apply({
    nodes: [{ name: 'here', kind: 'host' }, { ...server('mine'), maxParallelRuns: 1 }, server('theirs')],
    vaults: [{ name: 'disk', kind: 'directory', path: join(directory, 'vault') }],
    jobs: [
      {
        ...{ name: 'todo', kind: 'note-copy', node: 'here', vault: 'disk' },
        config: { source: join(directory, 'todo.txt') },
      },
    ],
  })
  await lab.startWorker()
  await lab.finished((await lab.control.startJob('todo', by)).id)
  restorePointId = (await lab.control.listPoints({ job: 'todo' })).items[0]?.id ?? ''
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(join(directory, 'vault'), { recursive: true, force: true })
})

const idOf = async (name: string) => (await lab.control.getObject('nodes', name)).id
const restore = async (target: string, control = lab.control) =>
  await control.startRestore({ restorePointId, target }, by)

test('a node and a database are handed to the driver, whatever the name of the database holds', async () => {
  const run = await lab.finished((await restore('mine/a/b c ')).id)
  expect(run).toMatchObject({ outcome: 'success' })
  expect(got).toMatchObject([{ target: 'a/b c ', node: { id: await idOf('mine'), kind: 'influxdb' } }])
  const request = { restorePointId, target: 'mine//etc' }
  expect(await lab.control.previewRestore(request)).toMatchObject({ summary: 'into /etc' })
})

test('what names no node and database, no such node or one of another kind is refused', async () => {
  for (const target of ['mine', 'mine/', '/telegraf', '/'])
    await expect(restore(target), target).rejects.toMatchObject({ code: 'config-invalid' })
  await expect(restore('none/telegraf')).rejects.toMatchObject({ code: 'name-unknown' })
  await expect(restore('here/telegraf')).rejects.toMatchObject({
    code: 'config-invalid',
    message: expect.stringContaining('kind host'),
  })
})

test('who is limited to nodes restores to these only, and sees no restore to another one', async () => {
  const limited = lab.limitedTo([await idOf('here'), await idOf('mine')])
  await expect(restore('theirs/x', limited)).rejects.toMatchObject({ code: 'name-unknown' })
  expect(await lab.finished((await restore('mine/x', limited)).id)).toMatchObject({ outcome: 'success' })
  const other = await lab.finished((await restore('theirs/x')).id)
  await expect(limited.getRun(other.id)).rejects.toMatchObject({ code: 'name-unknown' })
  const listed = (await limited.listRuns({})).items.filter(({ operation }) => operation === 'restore')
  expect(listed).toHaveLength(1)
  expect(await lab.finished((await restore('theirs/x', lab.operator)).id)).toMatchObject({
    outcome: 'success',
  })
})

test('a restore takes a slot of the node, and follows it under a new name', async () => {
  const goOn = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  meanwhile = async () => {
    begun.resolve()
    await goOn.promise
  }
  const first = await restore('mine/one')
  await begun.promise
  const second = await restore('mine/two')
  const waiting = await lab.until(second.id, ({ waitingFor }) => waitingFor !== null)
  expect(JSON.stringify(waiting.waitingFor)).toContain(`node:${await idOf('mine')}`)
  const { spec } = await lab.control.getObject('nodes', 'mine')
  await lab.control.replaceObject('nodes', 'mine', { ...spec, name: 'ours' }, { ...by, revision: null })
  goOn.resolve()
  await lab.finished(first.id)
  expect(await lab.finished(second.id)).toMatchObject({ outcome: 'success' })
  expect(got).toMatchObject([
    { target: 'one', node: { name: 'mine' } },
    { target: 'two', node: { name: 'ours' } },
  ])
})
