import { readFile, writeFile } from 'node:fs/promises'
import type { Run, StoredSecret } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Installation } from '../../../../../tools/e2e/installation.testkit.ts'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'

const POINTS = ['cpu,host=a usage=1.5,procs=3i 1794000000000000123', 'mem,host=a used=9007199254740993i 1']
const PASSWORD = 'canary-of-the-reader'

/** What somebody has who copied with the InfluxDB Backup Toolkit from a crontab: a folder, two servers, no Holdfast server. */
describe.skipIf(requires('influxdb'))('the files of the InfluxDB Backup Toolkit', () => {
  let place: Installation
  let source: InfluxLab
  let destination: InfluxLab
  beforeAll(async () => {
    place = await Installation.create()
    source = await InfluxLab.start({ auth: true })
    destination = await InfluxLab.start()
    await source.query(`CREATE USER reader WITH PASSWORD '${PASSWORD}' WITH ALL PRIVILEGES`)
    for (const name of ['metrics', 'plant']) {
      await source.query(`CREATE DATABASE ${name}`)
      await source.write(POINTS.join('\n'), name, 'autogen')
    }
    await writeFile(
      place.path('config', 'backup_config_1.yaml'),
      `metrics_nightly:
  source_server: { url: "${source.url}", user: reader, password: "${PASSWORD}", database: metrics }
  destination_server: { url: "${destination.url}", database: metrics_backup }
  backup_config: { mode: incremental, page_size: 10000, timeout: 300, validate_data: true }
  logging: { level: INFO, file: /logs/backup.log }
`,
    )
    await writeFile(
      place.path('config', 'plant.yml'),
      `source:
  url: ${source.url}
  user: reader
  password: ${PASSWORD}
  databases: [{ name: plant, destination: plant }]
  prefix: bkp_
destination: { url: "${destination.url}" }
measurements: { include: [], exclude: [mem] }
options: { backup_mode: incremental, incremental: { schedule: "0 3 * * *" }, retries: 0 }
`,
    )
  })
  afterAll(async () => {
    await place[Symbol.asyncDispose]()
    await source[Symbol.asyncDispose]()
    await destination[Symbol.asyncDispose]()
  })

  const toolkit = (...args: string[]) => place.run('run', '--config', place.path('config'), ...args)
  const count = async (db: string, measurement: string) => {
    const found = await destination.query(`SELECT COUNT(*) FROM "${measurement}"`, db)
    return (found as { values: unknown[][] }[])[0]?.values[0]?.slice(1)
  }

  test('are checked without a database', async () => {
    const { exitCode, stdout, stderr } = await toolkit('--validate-only')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('✔ 2 files, 2 jobs: no mistake')
    await expect(readFile(place.path('data', 'secret.key'))).rejects.toThrow('ENOENT')
  })

  test('are run side by side, and what they name is copied and compared', async () => {
    const { exitCode, stdout, stderr } = await toolkit()
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^metrics_nightly +✔ success/m)
    expect(stdout).toMatch(/^plant +✔ success/m)
    expect(await count('metrics_backup', 'cpu')).toEqual([1, 1])
    expect(await count('metrics_backup', 'mem')).toEqual([1])
    expect(await count('bkp_plant', 'cpu')).toEqual([1, 1])
    expect(await count('bkp_plant', 'mem')).toBeUndefined()
  })

  test('a second time copy what came since, and make nothing twice', async () => {
    await source.write('cpu,host=a usage=2.5 1793000000000000000', 'metrics', 'autogen')
    const runs = JSON.parse((await toolkit('--json')).stdout) as Run[]
    expect(runs.map(({ jobName, outcome }) => [jobName, outcome])).toEqual([
      ['metrics_nightly', 'success'],
      ['plant', 'success'],
    ])
    expect(await count('metrics_backup', 'cpu')).toEqual([1, 2])
    expect((await place.list<{ name: string }>('jobs')).map(({ name }) => name)).toEqual([
      'metrics_nightly',
      'plant',
    ])
    const secrets = await place.json<StoredSecret[]>('secret', 'list')
    expect(secrets.map(({ createdAt, updatedAt }) => createdAt === updatedAt)).toEqual([true, true])
  })

  test('are taken over anew after a change, the password too', async () => {
    const file = place.path('config', 'plant.yml')
    const before = await readFile(file, 'utf8')
    await writeFile(file, before.replace(PASSWORD, 'canary-that-is-wrong').replace('[mem]', '[]'))
    const wrong = await toolkit()
    expect(wrong.exitCode).toBe(12)
    expect(wrong.stdout).toMatch(/^metrics_nightly +✔ success/m)
    expect(wrong.stdout).toMatch(/^plant +✖ failed .* node-auth-failed: /m)
    await writeFile(file, before.replace('[mem]', '[]'))
    expect((await toolkit('--verbose')).exitCode).toBe(0)
    expect(await count('bkp_plant', 'mem')).toEqual([1])
  })

  test('with a mistake in one of them start nothing', async () => {
    await writeFile(place.path('config', 'wrong.yaml'), 'source: { url: nowhere }\n')
    const { exitCode, stderr } = await toolkit()
    expect(exitCode).toBe(2)
    expect(stderr).toContain('wrong.yaml:1:11: source.url: this is no address of a server')
    expect(stderr).toContain('wrong.yaml:1:1: destination: "destination" is missing')
  })

  test('never have a password shown', () => {
    expect(place.transcript.length).toBeGreaterThan(1000)
    expect(place.transcript).not.toContain('canary')
  })
})
