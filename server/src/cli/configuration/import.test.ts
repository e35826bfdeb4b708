import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DRIVERS } from '../../drivers/registry.ts'
import { readConfig } from '../config-files/read-config.ts'
import { FakeControl } from '../testkit/fake-control.ts'
import { type RunOptions, run } from '../testkit/run-command.ts'

const golden = (name: string) => `../testdata/${name}.txt`
const importers = DRIVERS.flatMap((driver) => driver.importers ?? [])
const CONFIG = `[Backup]
filesystem-ids-and-notification-mail-addresses = 2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11, anna@example.org
backup-source = /srv/büro/
rsync-update-ratio-seconds = 30
[Mail]
to-mail-addresses-sysop = sysop@example.org
from-mail-address = backup@example.org
server = mail.example.org
port = 25
username = backup
password = canary-%%-password
[Debug]
verbose = 1
`
const PASSWORD = 'canary-%-password'

let folder = ''
let file = ''
let control: FakeControl
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-import-'))
  file = join(folder, 'config.ini')
  control = new FakeControl()
  await writeFile(file, CONFIG)
  await writeFile(join(folder, 'rsync_excludes'), '*.tmp\r\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const call = (args: string[], options: RunOptions = {}) =>
  run(['import', file, ...args], { control, importers, ...options })

describe('holdfast import', () => {
  it('prints YAML that is valid, and beside it what became of each setting', async () => {
    const result = await call([])
    expect(result.exitCode).toBe(0)
    await expect(result.stderr).toMatchFileSnapshot(golden('import'))
    expect(result.stdout).toContain('# Written by `holdfast import`.')
    expect(result.stdout + result.stderr).not.toContain('canary')
    const yaml = join(folder, 'a.yaml')
    await writeFile(yaml, result.stdout)
    const { document } = await readConfig([yaml])
    expect(document.jobs[0]?.config).toEqual({ source: '/srv/büro', exclude: ['*.tmp'] })
    expect(control.calls).toEqual([])
    expect((await call(['--to', '-'])).stdout).toBe(result.stdout)
  })

  it('writes a folder as export does, and replaces its own only when told to', async () => {
    const target = join(folder, 'out')
    const result = await call(['--to', target])
    expect(result.stdout).toContain(`4 files written to ${target}`)
    expect((await readdir(target)).sort()).toEqual([
      ...['jobs.yaml', 'notifications.yaml', 'policies.yaml', 'vaults.yaml'],
    ])
    expect(await readFile(join(target, 'notifications.yaml'), 'utf8')).not.toContain('canary')
    expect(await call(['--to', target])).toMatchObject({ exitCode: 5 })
    expect((await call(['--to', target, '--replace'])).exitCode).toBe(0)
  })

  it('puts it in force with its secrets when a person agrees', async () => {
    expect(await call(['--apply'], { isTty: true, answer: false })).toMatchObject({
      exitCode: 130,
      stderr: expect.stringContaining('change-declined'),
    })
    expect([control.document.jobs, control.secrets.size]).toEqual([[], 0])

    const result = await call(['--apply'], { isTty: true, answer: true, env: { NO_COLOR: '1' } })
    expect(result.stdout).toMatch(/\+ job backup-copy\n[\s\S]*✔ in force/)
    expect(control.document.jobs.map(({ name }) => name)).toEqual(['backup-copy'])
    const token = control.secrets.get('backup-copy-start-token') ?? ''
    expect(token).toMatch(/^[\w-]{32}$/)
    expect(result.stdout).toContain(`${token}   is shown only now`)
    expect(control.secrets.get('backup-copy-mail-password')).toBe(PASSWORD)
    expect(result.stdout + result.stderr).not.toContain('canary')
  })

  it('made again, leaves secrets as they are and asks before it changes what is in force', async () => {
    await call(['--apply', '--yes'])
    const before = new Map(control.secrets)
    expect((await call(['--apply'])).stdout).toContain('No change.')
    await writeFile(file, CONFIG.replace('/srv/büro/', '/srv/other/'))
    expect(await call(['--apply'])).toMatchObject({ exitCode: 130 })
    expect(control.document.jobs[0]?.config.source).toBe('/srv/büro')
    const json = (await call(['--apply', '--yes', '--json'])).json<Record<string, unknown>>()
    expect(json).toMatchObject({
      importer: 'config.ini of the Backup-Copy-Script',
      secrets: [{ state: 'kept as it was' }, { state: 'kept as it was' }],
      changes: expect.arrayContaining([expect.objectContaining({ kind: 'jobs', action: 'update' })]),
    })
    expect(JSON.stringify(json)).not.toContain('canary')
    expect(control.secrets).toEqual(before)
  })

  it('shows what the control plane finds wrong, and changes nothing then', async () => {
    control.problems = [{ kind: 'jobs', index: 0, path: ['kind'], message: 'no such kind' }]
    const result = await call(['--apply', '--yes'])
    expect(result).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('jobs[0].kind: no such kind'),
    })
    expect(control.secrets.size).toBe(0)
  })

  it('names file, line, section and key of a mistake', async () => {
    await writeFile(file, CONFIG.replace('port = 25', 'port = smtp'))
    expect(await call([])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(`${file}:9:1: Mail.port: "smtp" is no port`),
    })
  })

  it('says what it can read when it knows a file not at all', async () => {
    await writeFile(file, 'jobs: []\n')
    expect((await call([])).stderr).toContain(
      'Name one of these: config.ini of the Backup-Copy-Script, YAML of the InfluxDB Backup Toolkit, config.json of the Veeam connector for CMDBuild.',
    )
    const missing = await run(['import', join(folder, 'nothing.ini')], { importers })
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('it does not exist') })
  })

  it('refuses a list of exclusions that cannot be read, instead of copying what was left out', async () => {
    await writeFile(join(folder, 'rsync_excludes'), Buffer.from('B\xfcro\n', 'latin1'))
    expect((await call([])).stderr).toContain('rsync_excludes:1:1: the file is not UTF-8 text')
  })
})
