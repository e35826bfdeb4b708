import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConfigChange, HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeControl } from '../testkit/fake-control.ts'
import { run, sampleControl } from '../testkit/run-command.ts'

const golden = (name: string) => `../testdata/${name}.txt`
let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-cli-'))
  file = join(folder, 'a.yaml')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const CHANGED = `vaults:
  - { name: shelf, kind: directory, path: /srv/shelf, minFree: 5GiB }
jobs:
  - name: nightly files
    kind: disk-copy
    vault: shelf
    schedule: { cron: 45 2 * * * }
    config: { source: /home, exclude: ["*.tmp"] }
  - { name: mail, kind: disk-copy, vault: shelf }
`

describe('holdfast validate', () => {
  it('finds nothing wrong with what is right', async () => {
    await writeFile(file, CHANGED)
    const connect = () => Promise.reject(new Error('validate needs no database'))
    const result = await run(['validate', file], { connect })
    expect(result).toMatchObject({ stdout: '✔ 1 file, 2 jobs: no mistake\n', exitCode: 0 })
    expect((await run(['validate', file, '--json'], { connect })).json()).toEqual({
      valid: true,
      files: [file],
      problems: [],
    })
  })

  it('prints every mistake of the files and of what they mean, at its place', async () => {
    await writeFile(
      file,
      'jobs:\n  - name: a\n    kind: k\n    shedule: {}\n    attempts: 0\n  - name: good\n    kind: disk-cpy\n',
    )
    const seen: unknown[] = []
    const local = {
      checkConfig: (document: { jobs: unknown[] }, existing: unknown) => {
        seen.push(document.jobs.length, existing)
        return [
          {
            kind: 'jobs' as const,
            index: 0,
            path: ['kind'],
            message: 'no job kind is called "disk-cpy"',
            hint: 'Did you mean `disk-copy`?',
          },
        ]
      },
    }
    const result = await run(['validate', file], { local })
    expect(seen).toEqual([1, { jobs: ['a'] }])
    await expect(result.stdout.replaceAll(`${folder}/`, '')).toMatchFileSnapshot(golden('validate'))
    expect(result.exitCode).toBe(2)
    const json = await run(['validate', file, '--json'], { local })
    expect(json.exitCode).toBe(2)
    expect(json.json()).toMatchObject({
      valid: false,
      problems: [{ line: 4, column: 5 }, { line: 5 }, { file, line: 7, column: 5, path: 'jobs[1].kind' }],
    })
  })
})

describe('holdfast plan', () => {
  it('shows creations and the fields of changes', async () => {
    await writeFile(file, CHANGED)
    const control = sampleControl()
    await expect((await run(['plan', file], { control })).stdout).toMatchFileSnapshot(golden('plan'))
    await expect((await run(['plan', file, '--prune'], { control })).stdout).toMatchFileSnapshot(
      golden('plan-prune'),
    )
    const changes = (await run(['plan', file, '--json'], { control })).json<ConfigChange[]>()
    expect(changes.map((change) => change.action)).toEqual(['update', 'update', 'create'])
    expect(control.calls).toEqual([])
  })

  it('shows what a job would do', async () => {
    const result = await run(['plan', '--job', 'photos'], { control: sampleControl() })
    expect(result.stdout).toContain('photos: incremental from the restore point of 2026-08-19')
  })

  it.each([[['plan']], [['plan', 'x.yaml', '--job', 'photos']]])('refuses %j', async (args) => {
    expect((await run(args, { control: sampleControl() })).exitCode).toBe(2)
  })

  it('tells all mistakes on stderr, or as JSON on stdout', async () => {
    await writeFile(file, 'job: []\nvault: []\n')
    const text = await run(['plan', file])
    expect(text.stderr).toContain('a.yaml:1:1: job: unknown key "job"\n    Did you mean `jobs`?')
    expect(text.stderr).toContain('a.yaml:2:1: vault: unknown key "vault"')
    expect(text).toMatchObject({ stdout: '', exitCode: 2 })
    const json = (await run(['plan', file, '--json'])).json<{ error: { details: { problems: unknown[] } } }>()
    expect(json.error.details.problems).toHaveLength(2)
  })
})

describe('holdfast apply', () => {
  beforeEach(() => writeFile(file, CHANGED))

  it('puts files in force and keeps what they do not name', async () => {
    const control = sampleControl()
    const result = await run(['apply', file], { control })
    expect(result.stdout).toContain('✔ in force')
    expect(control.calls).toEqual(['apply by cli:ada'])
    expect((await run(['apply', file], { control })).stdout).toBe('No change.\n')
    expect(control.calls).toHaveLength(1)
  })

  it('asks before it deletes', async () => {
    const control = sampleControl()
    const no = await run(['apply', file, '--prune'], { control, isTty: true, answer: false })
    expect(no.stderr).toContain('Delete 2 objects?')
    expect(no.exitCode).toBe(130)
    expect(control.calls).toEqual([])
    const yes = await run(['apply', file, '--prune'], { control, isTty: true, answer: true })
    expect(yes.exitCode).toBe(0)
    expect(control.document.jobs.map((job) => job.name)).toEqual(['nightly files', 'mail'])
  })

  it.each([[['--yes']], [[]]])('does what it has shown or nothing, with %j', async (extra) => {
    const control = sampleControl()
    const before = structuredClone(control.document)
    const { planConfig } = control
    control.planConfig = async (...asked) => {
      const plan = await planConfig.apply(control, asked)
      // Somebody else is at it between the plan and the answer.
      control.document = { ...control.document, policies: [] }
      return plan
    }
    const args = ['apply', file, '--prune', ...extra]
    const result = await run(args, { control, isTty: true, answer: true })
    expect(result).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('config-conflict') })
    expect(control.document).toEqual({ ...before, policies: [] })
  })

  it('deletes without a terminal only with --yes', async () => {
    const control = sampleControl()
    for (const extra of [[], ['--json']]) {
      const result = await run(['apply', file, '--prune', ...extra], { control })
      expect(result.exitCode).toBe(130)
      expect(result.stdout + result.stderr).toContain('change-declined')
    }
    expect(control.calls).toEqual([])
    expect((await run(['apply', file, '--prune', '--yes'], { control })).exitCode).toBe(0)
  })

  it('takes the identity of the person behind sudo', async () => {
    const control = sampleControl()
    await run(['apply', file], { control, env: { SUDO_USER: 'grace', USER: 'root' } })
    expect(control.calls).toEqual(['apply by cli:grace'])
  })

  it('tells a bug as a bug', async () => {
    const control = sampleControl()
    control.applyConfig = () => Promise.reject(new TypeError('x is undefined'))
    expect(await run(['apply', file], { control })).toMatchObject({
      exitCode: 70,
      stderr: expect.stringContaining('invariant-broken'),
    })
    expect(control.closed).toBe(1)
  })
})

describe('holdfast export', () => {
  it('writes what applies back to no change', async () => {
    const control = sampleControl()
    const target = join(folder, 'out')
    const result = await run(['export', target], { control })
    expect(result.stdout).toBe(`3 files written to ${target}\n`)
    expect((await readdir(target)).sort()).toEqual(['jobs.yaml', 'policies.yaml', 'vaults.yaml'])
    expect((await stat(join(target, 'jobs.yaml'))).mode & 0o777).toBe(0o600)
    expect((await run(['plan', target, '--prune'], { control })).stdout).toBe('No change.\n')
  })

  it('prints to standard output without a folder', async () => {
    const control = sampleControl()
    await writeFile(file, (await run(['export'], { control })).stdout)
    expect((await run(['plan', file, '--prune'], { control })).stdout).toBe('No change.\n')
    expect((await run(['export', '--json'], { control })).json()).toEqual(control.document)
  })

  it('mixes with no other files, and replaces an earlier export whole', async () => {
    const control = sampleControl()
    await run(['export', folder], { control })
    expect(await run(['export', folder], { control })).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('export-target-exists'),
    })
    control.document = { ...control.document, policies: [] }
    expect((await run(['export', folder, '--replace'], { control })).exitCode).toBe(0)
    expect((await readdir(folder)).sort()).toEqual(['jobs.yaml', 'vaults.yaml'])
    await writeFile(file, 'jobs: []\n')
    expect((await run(['export', folder, '--replace'], { control })).stderr).toContain('already holds a.yaml')
    expect(await readFile(file, 'utf8')).toBe('jobs: []\n')
  })

  it('says which folder cannot be written', async () => {
    await writeFile(file, '')
    const result = await run(['export', join(file, 'sub')], { control: new FakeControl() })
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('write-failed') })
  })
})

describe('what cannot be reached', () => {
  it('is told with its hint, code and details', async () => {
    const error = new HoldfastError('database-unreachable', 'no answer from localhost:5432', {
      details: { tried: ['a', 'b'], attempts: 3 },
    })
    const result = await run(['status'], { connect: () => Promise.reject(error) })
    expect(result.exitCode).toBe(4)
    await expect(result.stderr).toMatchFileSnapshot(golden('error'))
    expect((await run(['status', '--json'], { connect: () => Promise.reject(error) })).json()).toEqual({
      error: error.report(),
    })
  })
})
