import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { influxdbToolkit } from '../../drivers/influxdb-copy/import/influxdb-toolkit.ts'
import { FakeControl, failed } from '../testkit/fake-control.ts'
import { type RunOptions, run } from '../testkit/run-command.ts'

const golden = (name: string) => `../testdata/${name}.txt`
const PLANT = `source:
  url: http://influxdb:8086
  user: reader
  password: canary-source
  databases: [{ name: metrics, destination: metrics }]
  group_by: 5m
destination:
  url: http://archive:8086
  user: writer
  password: canary-archive
options:
  backup_mode: incremental
  retries: 3
`
const OWN = `vaults: [{ name: shelf, kind: directory, path: /srv/shelf }]
jobs: [{ name: files, kind: disk-copy, vault: shelf, config: { source: /home } }]
`

let folder = ''
let control: FakeControl
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-run-'))
  control = new FakeControl()
  await writeFile(join(folder, 'plant.yml'), PLANT)
  await writeFile(join(folder, 'own.yaml'), OWN)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function call(args: string[] = [], options: RunOptions = {}) {
  const importers = [influxdbToolkit]
  const result = await run(['run', '--config', folder, ...args], { control, importers, ...options })
  // Each run ends well, unless a test says otherwise.
  control.courses.clear()
  const told = result.stdout + result.stderr
  expect(told).not.toContain('canary')
  return { ...result, stdout: result.stdout.replaceAll(`${folder}/`, '') }
}

/** Writes the file anew with other text in it. */
async function change(before: string, after: string): Promise<void> {
  const file = join(folder, 'plant.yml')
  await writeFile(file, (await readFile(file, 'utf8')).replace(before, after))
}

/** Secrets that a command entered. */
async function entered(work: () => Promise<unknown>): Promise<string[]> {
  const before = control.calls.length
  await work()
  return control.calls.slice(before).flatMap((each) => /^secret (\S+)/.exec(each)?.[1] ?? [])
}

describe('holdfast run --config of a folder with files of another program', () => {
  it('runs them beside its own, and tells what a person has to see to', async () => {
    control.courses.set('plant', [failed('node-unreachable', 'http://influxdb:8086 does not answer')])
    const result = await call()
    await expect(result.stdout).toMatchFileSnapshot(golden('run-config-foreign'))
    expect(control.calls).toEqual([
      'secret plant-source-password by cli:ada',
      'secret plant-destination-password by cli:ada',
      'apply by cli:ada',
      'start job files',
      'start job plant',
      'worker starts',
      'worker stops',
    ])
    expect(result.exitCode).toBe(4)
    expect(control.secrets).toEqual(
      new Map([
        ['plant-source-password', 'canary-source'],
        ['plant-destination-password', 'canary-archive'],
      ]),
    )
    expect(JSON.stringify(control.document)).not.toContain('canary')
  })

  it('a second time changes nothing, and enters no secret again', async () => {
    await call()
    const before = structuredClone(control.document)
    expect(await entered(() => call())).toEqual([])
    expect(control.document).toEqual(before)
    expect(control.document.jobs.map(({ name }) => name)).toEqual(['files', 'plant'])
    expect((await call(['--dry-run'])).stdout).toContain('No change.\nWould run: files, plant\n')
  })

  it('takes over what was changed in the files, passwords too', async () => {
    await call()
    await change('canary-source', 'canary-changed')
    expect(await entered(() => call())).toEqual(['plant-source-password'])
    expect(control.secrets.get('plant-source-password')).toBe('canary-changed')
    await change('retries: 3', 'retries: 1')
    expect((await call()).stdout).toContain('~ job plant\n    attempts: 4 → 2\n')
  })

  it('enters a secret again for a new address, since it goes to no other than it was entered for', async () => {
    await call()
    await change('http://archive:8086', 'http://archive2:8086')
    expect(await entered(() => call())).toEqual(['plant-destination-password'])
  })

  it('tells of every setting, and prints the logs, when asked to be verbose', async () => {
    control.log.push({
      position: 1,
      at: '2026-08-20T11:59:00.000Z',
      level: 'debug',
      message: 'window copied',
      fields: { points: 12 },
    })
    const { stdout } = await call(['-v', 'plant'], { isTty: true, env: { NO_COLOR: '1' } })
    expect(stdout).toContain('~ options.retries: 3 (line 13)')
    expect(stdout).toMatch(/debug {4}plant: window copied {2}points=12/)
    expect(stdout.match(/window copied/g)).toHaveLength(1)
    expect(stdout).not.toContain('\u001b')
  })

  it('never takes the name of something else that is in force', async () => {
    await call()
    await rm(join(folder, 'plant.yml'))
    await writeFile(join(folder, 'files.yaml'), PLANT)
    await writeFile(join(folder, 'own.yaml'), '')
    const result = await call()
    expect(result.stderr).toContain('would replace "files" of jobs, which is of the kind disk-copy')
    expect(result.exitCode).toBe(5)
    expect(control.secrets.has('files-source-password')).toBe(false)
  })

  it('starts nothing when two files name the same job', async () => {
    await writeFile(join(folder, 'plant.yaml'), PLANT)
    const result = await call()
    expect(result.stderr).toContain('the name "plant" is used twice in jobs, first at ')
    expect([result.exitCode, control.calls]).toEqual([2, []])
  })
})

describe('holdfast run --config --validate-only', () => {
  const untouched: RunOptions = {
    connect: () => Promise.reject(new Error('nobody needs the control plane for this')),
  }

  it('tells every mistake of every file, and needs no control plane', async () => {
    await change('url: http://archive:8086', 'url: archive')
    await change('retries: 3', 'retries: many')
    await writeFile(join(folder, 'own.yaml'), OWN.replace('vault: shelf', 'valt: shelf'))
    const result = await call(['--validate-only'], untouched)
    expect(result.exitCode).toBe(2)
    const places = result.stdout.match(/^\S+:\d+:\d+: \S+/gm)
    expect(places).toEqual([
      'own.yaml:2:40: jobs[0].valt:',
      'plant.yml:8:3: destination.url:',
      'plant.yml:13:3: options.retries:',
    ])
    expect(result.stdout).toContain('✖ 2 files: 3 mistakes')
  })

  it('says so when there is none, and what a person has to see to', async () => {
    const result = await call(['--validate-only'], untouched)
    expect(result.stdout).toMatch(
      /^plant\.yml: YAML of the InfluxDB Backup Toolkit\n {2}! source\.group_by: 5m \(line 6\)\n/,
    )
    expect(result.stdout).toMatch(/✔ 2 files, 2 jobs: no mistake\n$/)
    expect((await call(['--validate-only', '--json'], untouched)).json()).toMatchObject({ valid: true })
    const asked = await run(['validate', folder], { importers: [influxdbToolkit], ...untouched })
    expect(asked.stdout.replaceAll(`${folder}/`, '')).toBe(result.stdout)
  })

  it('wants to know what to check', async () => {
    expect(await run(['run', '--validate-only', 'files'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Name the file or folder with --config.'),
    })
  })
})
