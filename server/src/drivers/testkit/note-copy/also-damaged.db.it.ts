import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineLab, openEngineLab } from '../../../engine/testkit/engine-lab.ts'
import { noteCopy } from './index.ts'
import { notePoints } from './points.ts'

const BY = { by: 'test' }

let directory: string
let lab: EngineLab
/** Ids of what the next check tells of besides the restore point that it looks at. */
let shared: string[] = []

/** Tells of restore points that are damaged by the same, as kinds of job do whose restore points share files. */
const telling: typeof noteCopy = {
  ...noteCopy,
  points: {
    ...notePoints,
    verify: async (...asked) => ({ ...(await notePoints.verify(...asked)), alsoDamaged: shared }),
  },
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-shared-'))
  await writeFile(join(directory, 'todo.txt'), 'first\n')
  lab = await openEngineLab([telling])
})
afterAll(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

test('a check that finds damage in files that others share marks them too, and keeps it beside the data', async () => {
  await lab.apply({
    vaults: [{ name: 'disk', kind: 'directory', path: join(directory, 'vault') }],
    jobs: [
      { name: 'todo', kind: 'note-copy', vault: 'disk', config: { source: join(directory, 'todo.txt') } },
    ],
  })
  await lab.startWorker()
  for (let run = 0; run < 3; run += 1) await lab.finished((await lab.control.startJob('todo', BY)).id)
  const { items: points } = await lab.control.listPoints({ job: 'todo' })
  const [newest, between, oldest] = points
  if (!newest || !between || !oldest) throw new Error('there are not three restore points')

  const path = (point: { location: string }, name: string) => join(directory, 'vault', point.location, name)
  await writeFile(path(oldest, 'note'), 'damaged')
  shared = [between.id, 'rp_unknown']
  const [check] = await lab.control.startVerify([oldest.id], 'full', BY)
  expect(await lab.finished(check?.id ?? '')).toMatchObject({ error: { code: 'restore-point-damaged' } })

  const { items: after } = await lab.control.listPoints({ job: 'todo' })
  expect(after.map(({ id, verifiedOk }) => [id, verifiedOk])).toEqual([
    [newest.id, true],
    [between.id, false],
    [oldest.id, false],
  ])
  expect(JSON.parse(await readFile(path(between, 'marks.json'), 'utf8'))).toMatchObject({ verifiedOk: false })
})
