import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HoldfastError, idOf } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { newId } from '../../kit/ids.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'

let lab: EngineLab
let directory: string
const anna = { by: 'user:anna' }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-by-hand-'))
  await mkdir(join(directory, 'source'))
  lab = await openEngineLab([diskCopy])
  await lab.apply({
    vaults: [{ name: 'v', kind: 'directory', path: join(directory, 'vault'), minFree: '1MiB' }],
    policies: [{ name: 'short', retention: { keepLast: 2 } }],
    jobs: [
      {
        ...{ name: 'files', kind: 'disk-copy', vault: 'v', policy: 'short' },
        config: { source: join(directory, 'source') },
      },
    ],
  })
  await lab.startWorker()
})
afterAll(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

async function change() {
  await writeFile(join(directory, 'source/file'), newId('run'))
}
async function byHand() {
  await change()
  return await lab.finished((await lab.control.startJob('files', anna)).id)
}
async function bySchedule(hour: number) {
  await change()
  const { id: jobId } = await lab.control.getJob('files')
  const slotAt = new Date(Date.UTC(2026, 10, 20, hour))
  const what = { jobId, site: 'main', operation: 'job', request: null, startedBy: null } as const
  const { id } = await lab.deps.store.runs.create({ ...what, trigger: 'schedule', slotAt })
  return await lab.finished(id)
}
const pointOf = (run: { report: { restorePointIds: string[] } | null }) =>
  run.report?.restorePointIds[0] ?? ''
const points = async () => (await lab.control.listPoints({})).items.map(({ id }) => id)

test('runs by hand push out their own restore points only, and what is gone is told', async () => {
  const scheduled = [await bySchedule(1), await bySchedule(2)].map(pointOf)
  const made = []
  for (let count = 0; count < 4; count += 1) made.push(await byHand())
  const handmade = made.map(pointOf)
  expect((await points()).toSorted()).toEqual([...scheduled, ...handmade.slice(2)].toSorted())

  const [first = ''] = handmade
  const gone = (control = lab.control) =>
    control.getPoint(first).then(
      () => null,
      (thrown: HoldfastError) => thrown,
    )
  const remover = made[2]?.id
  expect((await gone())?.message).toMatch(
    new RegExp(`^restore point ${first} of files was removed by retention at 20.*Z, in run ${remover}$`),
  )
  expect((await gone(lab.limitedTo([])))?.message).toBe(`there is no restore point "${first}"`)
  const [entry] = (await lab.control.listAudit({ objectId: first })).items
  expect(entry).toMatchObject({ by: 'retention', action: 'point.remove', object: 'files' })
  expect(Object.keys(await lab.control.getPoint(scheduled[0] ?? ''))).not.toContain('byHand')
})

test('a run or restore point that never was is told apart from one that is forgotten', async () => {
  const unknown = { run: newId('run'), point: newId('restorePoint') }
  await expect(lab.control.getRun(unknown.run)).rejects.toMatchObject({
    code: 'name-unknown',
    hint: expect.stringContaining('400 days'),
  })
  await expect(lab.control.getRun('first')).rejects.toMatchObject({
    hint: 'List the runs with `holdfast runs`.',
  })
  expect(idOf('restorePoint').safeParse(unknown.point).success).toBe(true)
  await expect(lab.control.getPoint(unknown.point)).rejects.toMatchObject({
    message: `there is no restore point "${unknown.point}"`,
  })
})

test('the log of a run says what was done, to what, and with which figures', async () => {
  const run = await byHand()
  const lines = await lab.control.readLog(run.id, -1, 500)
  const fieldsOf = (message: string) => lines.find((line) => line.message === message)?.fields
  const [point = ''] = run.report?.restorePointIds ?? []
  const source = join(directory, 'source')
  expect(fieldsOf('attempt begins')).toMatchObject({ operation: 'job', attempt: 1, startedBy: 'user:anna' })
  expect(fieldsOf('planned')).toMatchObject({ summary: expect.any(String) })
  expect(fieldsOf('source and vault are there')).toMatchObject({ source, vault: 'v' })
  expect(fieldsOf('the vault has room')).toMatchObject({ freeBytes: expect.any(Number) })
  expect(fieldsOf('what the copy builds on')).toMatchObject({ kind: 'hard-links', isContinued: false })
  expect(fieldsOf('copying')).toMatchObject({
    rsyncVersion: expect.stringMatching(/^\d/),
    command: expect.arrayContaining(['rsync', '--delete-delay', `${source}/`]),
  })
  expect(fieldsOf('listed')).toMatchObject({ fileCount: 1, sizeBytes: 16 })
  expect(fieldsOf('restore point made')).toMatchObject({ restorePointId: point })
  expect(fieldsOf('restore point is what its manifest says')).toMatchObject({ restorePointId: point })
  expect(fieldsOf('restore point removed by retention')).toMatchObject({ reason: 'no rule wants it' })
  expect(fieldsOf('retention applied')).toMatchObject({ kept: 4, removed: 1 })
  expect(fieldsOf('run ends')).toMatchObject({ outcome: 'success', bytesMoved: 16, restorePointIds: [point] })
  const steps = (await lab.control.listSteps(run.id)).map(({ name }) => name)
  const finished = lines.flatMap(({ message, fields }) => (message === 'step finished' ? [fields.step] : []))
  expect(finished.toSorted()).toEqual(steps.toSorted())

  const target = join(directory, 'back')
  const request = { restorePointId: point, target, paths: ['file'] }
  const restore = await lab.finished((await lab.control.startRestore(request, anna)).id)
  const told = (await lab.control.readLog(restore.id, -1, 500)).find(({ message }) => message === 'restoring')
  expect(told?.fields).toMatchObject({
    restorePointId: point,
    paths: ['file'],
    command: expect.arrayContaining([`${target}/`]),
  })
})
