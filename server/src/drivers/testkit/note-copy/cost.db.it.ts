import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDocument } from '@holdfast/contract'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { configSchema } from '../../../../../tools/docs/config-schema.ts'
import { jobKindsPage } from '../../../../../tools/docs/configuration-page.ts'
import { type EngineLab, openEngineLab } from '../../../engine/testkit/engine-lab.ts'
import { DRIVERS } from '../../registry.ts'
import { noteCopy } from './index.ts'

const BY = { by: 'test' }
const WITH_NOTES = [...DRIVERS, noteCopy]

let directory: string
let lab: EngineLab

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-cost-'))
  await writeFile(join(directory, 'todo.txt'), 'first\n')
})
afterAll(() => rm(directory, { recursive: true }))
beforeEach(async () => {
  lab = await openEngineLab(WITH_NOTES)
})
afterEach(() => lab[Symbol.asyncDispose]())

const documentOf = (config: object) => ({
  vaults: [{ name: 'disk', kind: 'directory', path: join(directory, 'vault') }],
  policies: [{ name: 'two', retention: { keepLast: 2 }, rpo: '1d', verification: { afterRun: 'full' } }],
  jobs: [{ name: 'todo', kind: 'note-copy', vault: 'disk', policy: 'two', config }],
})

/** Nothing outside the driver's folder knows its kind: the list of drivers is all that the engine gets. */
test('a job of a new kind is checked, planned, run, verified, retained, restored and found again', async () => {
  const source = join(directory, 'todo.txt')
  const wrong = configDocument.parse(documentOf({ source: 'todo.txt', color: 'red' }))
  const problems = await lab.control.checkConfig(wrong)
  expect(problems.map((problem) => problem.path.join('.'))).toEqual(['config.source', 'config.color'])

  await lab.apply(documentOf({ source }))
  await lab.startWorker()
  expect((await lab.control.previewPlan('todo')).items).toMatchObject([
    { reason: { text: 'its text is new', key: 'note-copy.plan.new' }, expectedBytes: 6 },
  ])
  for (const text of ['first\n', 'second\n', 'third\n']) {
    await writeFile(source, text)
    const run = await lab.finished((await lab.control.startJob('todo', BY)).id)
    expect(run).toMatchObject({
      outcome: 'success',
      jobKind: 'note-copy',
      report: { bytesMoved: text.length },
    })
  }
  const { items: points } = await lab.control.listPoints({ job: 'todo' })
  expect(points).toHaveLength(2)
  expect(points).toMatchObject([
    { verifiedOk: true, verifiedLevel: 'full', asset: { kind: 'note' } },
    { verifiedOk: true },
  ])
  expect(await lab.control.getJob('todo')).toMatchObject({ coverage: 'covered', pointCount: 2 })
  expect(await lab.control.status()).toMatchObject({
    vaults: [{ pointCount: 2, freeBytes: expect.any(Number) }],
  })
  expect((await lab.control.doctor()).filter((finding) => finding.level === 'error')).toEqual([])

  const older = points[1]
  await lab.control.protectPoint(older?.id ?? '', true, BY)
  const target = join(directory, 'back')
  const request = { restorePointId: older?.id ?? '', target, options: { name: 'old.txt' } }
  expect(await lab.control.previewRestore(request)).toMatchObject({ expectedBytes: 7 })
  const restore = await lab.finished((await lab.control.startRestore(request, BY)).id)
  expect(restore).toMatchObject({ outcome: 'success', operation: 'restore' })
  expect(await readFile(join(target, 'old.txt'), 'utf8')).toBe('second\n')

  await writeFile(join(directory, 'vault', points[0]?.location ?? '', 'note'), 'damaged')
  const [check] = await lab.control.startVerify([points[0]?.id ?? ''], 'full', BY)
  expect(await lab.finished(check?.id ?? '')).toMatchObject({ error: { code: 'restore-point-damaged' } })
})

test('its restore points come back into an empty catalog', async () => {
  const path = join(directory, 'vault')
  expect(await lab.control.reindex({ paths: [path], dryRun: false, ...BY })).toMatchObject({
    vaults: [{ found: 2, added: 2 }],
    jobsAdopted: [{ name: 'todo' }],
  })
  const { items: points } = await lab.control.listPoints({})
  expect(points.map((point) => [point.jobKind, point.protected, point.verifiedOk])).toEqual([
    ['note-copy', false, false],
    ['note-copy', true, true],
  ])
})

test('its settings stand in the reference and in the JSON schema', () => {
  const page = jobKindsPage(WITH_NOTES)
  expect(page).toContain('\n## note-copy\n\nKeep a note\n')
  expect(page).toContain('| `source` | text | **required** | Absolute path of the text file to copy.')
  expect(page).toContain('| `name` | text | `note.txt` | Name of the file to write. |')
  const job = configSchema(WITH_NOTES).properties?.jobs?.items
  expect(job?.properties?.kind?.enum).toContain('note-copy')
  const rule = job?.allOf?.find((each) => each.if?.properties?.kind?.const === 'note-copy')
  expect(rule?.then).toMatchObject({
    required: ['vault', 'config'],
    properties: { config: { required: ['source'], additionalProperties: false } },
  })
})
