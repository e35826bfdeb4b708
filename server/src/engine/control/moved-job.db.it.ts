import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asHoldfastError, type Control } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'

let lab: EngineLab
let directory: string
const anna = { by: 'user:anna' }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-moved-'))
  await mkdir(join(directory, 'source'))
  await writeFile(join(directory, 'source/file'), 'text')
  lab = await openEngineLab([diskCopy])
  await lab.startWorker()
})
afterAll(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

/** Puts the job on a node, runs it, and tells what that made. */
async function runOn(node: string | null) {
  await lab.apply({
    nodes: ['old', 'new'].map((name) => ({ name, kind: 'host' })),
    vaults: [{ name: 'v', kind: 'directory', path: join(directory, 'vault'), minFree: '1MiB' }],
    jobs: [
      {
        ...{ name: 'files', kind: 'disk-copy', vault: 'v', config: { source: join(directory, 'source') } },
        ...(node ? { node } : {}),
      },
    ],
  })
  await writeFile(join(directory, 'source/file'), `on ${node}`)
  const run = await lab.finished((await lab.control.startJob('files', anna)).id)
  expect(run.outcome).toBe('success')
  const [point] = (await lab.control.listPoints({ job: 'files' })).items
  return { run: run.id, point: point?.id ?? '' }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => asHoldfastError(thrown).code,
  )
const runsOf = async (control: Control) => (await control.listRuns({})).items.map(({ id }) => id)
const pointsOf = async (control: Control) => (await control.listPoints({})).items.map(({ id }) => id)

test('what a job made belongs to the node it was on, whatever node it has later', async () => {
  const made = [await runOn(null), await runOn('old')]
  const nodes = (await lab.control.listObjects('nodes', {})).items
  const limitedTo = (name: string) =>
    lab.limitedTo(nodes.flatMap(({ id, spec }) => (spec.name === name ? [id] : [])))
  expect(await runsOf(limitedTo('old'))).toEqual([made[1]?.run])
  const before = await lab.control.startJob('files', anna)
  await lab.finished(before.id)
  await lab.control.replaceObject(
    'jobs',
    'files',
    { ...(await lab.control.getObject('jobs', 'files')).spec, node: 'new' },
    { ...anna, revision: null },
  )

  const there = limitedTo('new')
  expect((await there.listJobs({})).items).toMatchObject([
    { name: 'files', lastRun: null, recentOutcomes: [] },
  ])
  expect(await there.getJob('files')).toMatchObject({ lastRun: null, recentOutcomes: [] })
  expect([await runsOf(there), await pointsOf(there)]).toEqual([[], []])
  expect(await there.status()).toMatchObject({ recentRuns: [], vaults: [{ pointCount: 0 }] })
  for (const outcome of [['success' as const], undefined]) {
    expect((await there.listRuns({ job: 'files', outcome, kind: 'disk-copy' })).items).toEqual([])
  }
  expect(await codeOf(there.getPoint('files@latest'))).toBe('name-unknown')
  for (const { run, point } of made) {
    expect(await codeOf(there.getRun(run))).toBe('name-unknown')
    expect(await codeOf(there.listSteps(run))).toBe('name-unknown')
    expect(await codeOf(there.readLog(run, -1, 10))).toBe('name-unknown')
    expect(await codeOf(there.getPoint(point))).toBe('name-unknown')
    expect(await codeOf(there.startVerify([point], 'sample', anna))).toBe('name-unknown')
  }
  // Those of the old node have lost the job, and see it no more than any other.
  expect(await runsOf(limitedTo('old'))).toEqual([])

  const now = await runOn('new')
  expect([await runsOf(there), await pointsOf(there)]).toEqual([[now.run], [now.point]])
  expect((await there.getPoint('files')).id).toBe(now.point)
  expect((await there.getRun(now.run)).jobName).toBe('files')
  expect(await runsOf(lab.control)).toHaveLength(4)
})
