import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'

let lab: EngineLab
const HOUR_MS = 3_600_000
const NOW = new Date('2026-11-20T12:00:00.000Z')

beforeAll(async () => {
  lab = await openEngineLab([scriptedDriver()])
  await lab.apply({
    nodes: [{ name: 'metrics', kind: 'influxdb', url: 'https://influx.example.org:8086/x' }],
    policies: [
      { name: 'daily', rpo: '26h' },
      { name: 'hourly', rpo: '1h' },
    ],
    jobs: [
      { name: 'a', kind: 'scripted', policy: 'daily' },
      { name: 'b', kind: 'scripted', policy: 'hourly' },
    ],
  })
})
afterAll(() => lab[Symbol.asyncDispose]())

const query = (text: string, values: unknown[] = []) => lab.test.database.pool.query(text, values)
const estate = () => lab.deps.store.overview.estate(NOW)

interface Point {
  job: string
  key: string
  ageHours: number
  isGood?: boolean
}

let points = 0
async function addPoint({ job, key, ageHours, isGood = true }: Point): Promise<void> {
  points += 1
  const takenAt = new Date(NOW.getTime() - ageHours * HOUR_MS).toISOString()
  const asset = JSON.stringify({ kind: 'folder', key, name: key })
  await query(
    `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
      size_bytes, added_bytes, item_count, details, location, verified_ok, confirmed_at, state)
    select 'rp_' || $1, id, name, kind, 'vlt_1', 'run_1', $2, $3, $3, 1, 1, 1, '{}', 'x', $4, $5, 'present'
    from jobs where name = $6`,
    [points, asset, takenAt, isGood, NOW.toISOString(), job],
  )
}

async function addAsset(key: string): Promise<void> {
  await query(
    `insert into assets (id, node_id, kind, key, name, first_seen_at, last_seen_at)
    values ('ast_' || $1, null, 'folder', $1, $1, now(), now())`,
    [key],
  )
}

test('knows the installation by an id that stays', async () => {
  const [one, two] = await Promise.all([estate(), estate()])
  expect(one.installationId).toMatch(/^[0-9a-f-]{36}$/)
  expect(two.installationId).toBe(one.installationId)
  expect((await estate()).installationId).toBe(one.installationId)
})

test('names nodes by where they are, and jobs with how their last run ended', async () => {
  const { id } = await lab.control.startJob('a', { by: 'user:anna' })
  await lab.startWorker({})
  await lab.finished(id)
  const { nodes, jobs, vaults } = await estate()
  expect(nodes).toMatchObject([{ name: 'metrics', kind: 'influxdb', host: 'influx.example.org' }])
  expect(vaults).toEqual([])
  expect(jobs).toMatchObject([
    { name: 'a', kind: 'scripted', enabled: true, lastRun: { outcome: 'success' } },
    { name: 'b', lastRun: null },
  ])
})

test('an asset is as well protected as by the best of its jobs; damaged points count nothing', async () => {
  for (const key of ['both', 'old', 'damaged', 'alone']) await addAsset(key)
  await addPoint({ job: 'a', key: 'both', ageHours: 20 })
  await addPoint({ job: 'b', key: 'both', ageHours: 30 })
  await addPoint({ job: 'b', key: 'old', ageHours: 10 })
  await addPoint({ job: 'a', key: 'damaged', ageHours: 1, isGood: false })
  const { assets, jobs } = await estate()
  const jobId = Object.fromEntries(jobs.map(({ name, id }) => [name, id]))
  const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS).toISOString()
  const told = assets.map(({ key, newestGoodAt, jobId: job, coverage }) => ({
    key,
    newestGoodAt,
    job,
    coverage,
  }))
  expect(told).toEqual([
    { key: 'alone', newestGoodAt: null, job: null, coverage: 'never' },
    { key: 'both', newestGoodAt: ago(20), job: jobId.a, coverage: 'covered' },
    { key: 'damaged', newestGoodAt: null, job: jobId.a, coverage: 'never' },
    { key: 'old', newestGoodAt: ago(10), job: jobId.b, coverage: 'missed' },
  ])
})
