import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Run } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeControl, failed, NOW, succeeded } from '../testkit/fake-control.ts'
import { run, sampleControl } from '../testkit/run-command.ts'

const golden = (name: string) => `../testdata/${name}.txt`
const progress = (doneBytes: number) => ({
  step: 'copy files',
  doneBytes,
  totalBytes: 2 * 1024 ** 3,
  bytesPerSecond: 85 * 1024 ** 2,
  etaSeconds: 480,
})

describe('holdfast run', () => {
  it('starts a worker where none is, follows the run and tells how it ended', async () => {
    const control = sampleControl()
    const result = await run(['run', 'nightly files'], { control })
    expect(control.calls).toEqual(['start job nightly files', 'worker starts', 'worker stops'])
    await expect(result.stdout).toMatchFileSnapshot(golden('run-success'))
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(control.closed).toBe(1)
  })

  it('tells the hint of a failure first, and ends with the code of its kind', async () => {
    const control = sampleControl()
    control.courses.set('photos', [failed('vault-absent', '/srv/shelf is not mounted')])
    const result = await run(['run', 'photos'], { control })
    await expect(result.stdout).toMatchFileSnapshot(golden('run-failed'))
    expect(result.stdout.indexOf('Hint:')).toBeLessThan(result.stdout.indexOf('vault-absent'))
    expect(result.exitCode).toBe(75)
  })

  it('ends with the worst of several', async () => {
    const control = sampleControl()
    control.courses.set('nightly files', [succeeded('copied 3 files', { warnings: ['1 file vanished'] })])
    expect((await run(['run', 'nightly files'], { control })).exitCode).toBe(3)
    control.courses.set('nightly files', [failed('restore-point-damaged', 'hash differs')])
    control.courses.set('photos', [failed('lock-held', 'held by x')])
    expect((await run(['run', 'nightly files', 'photos'], { control })).exitCode).toBe(15)
  })

  it('prints plain lines where nobody watches: changes at once, progress every 10 s', async () => {
    const control = sampleControl()
    const moving = Array.from(
      { length: 40 },
      (_, index): Partial<Run> => ({ status: 'running', progress: progress(index * 1024 ** 2 * 50) }),
    )
    control.courses.set('photos', [
      { waitingFor: 'lock veeam/nightly, held by veeam' },
      { waitingFor: null, status: 'planning' },
      ...moving,
      succeeded('copied 2 GiB'),
    ])
    let seconds = 0
    const now = () => {
      seconds += 0.5
      return new Date(NOW.getTime() + seconds * 1000)
    }
    const result = await run(['run', 'photos'], { control, now })
    const lines = result.stdout.split('\n').filter((line) => line.startsWith('photos: '))
    expect(lines.slice(0, 4)).toEqual([
      'photos: queued',
      'photos: queued: waits for lock veeam/nightly, held by veeam',
      'photos: planning',
      'photos: running',
    ])
    expect(lines.slice(4)).toEqual([
      expect.stringMatching(/^photos: \d+ %, .* of 2 GiB, 85 MiB\/s, ETA 8m, copy files$/),
    ])
  })

  it('paints one line for each run on a terminal, never wider than it', async () => {
    const control = sampleControl()
    control.courses.set('photos', [
      { status: 'running', progress: progress(1024 ** 3) },
      succeeded('copied 2 GiB'),
    ])
    control.courses.set('nightly files', [{ status: 'planning' }, succeeded('copied 3 files')])
    const result = await run(['run', 'photos', 'nightly files'], {
      control,
      isTty: true,
      columns: 70,
      env: { NO_COLOR: '1' },
    })
    expect(result.stdout).toContain(
      '\u001b[2A\r\u001b[2K● running    photos         ██████████░░░░░░░░░░  50 %  1 GiB of 2 G…\n',
    )
    expect(result.stdout.split('\u001b[2A').length).toBeGreaterThanOrEqual(3)
    expect(result.stdout.split('\u001b[?25h')[1]).not.toContain('\u001b')
  })

  it('cancels on the first interrupt and waits for the end', async () => {
    const control = sampleControl()
    control.courses.set('photos', Array(50).fill({ status: 'running' }))
    const result = await run(['run', 'photos'], { control, onListen: (press) => press() })
    expect(control.calls).toContain('cancel run_000000000003 by cli:ada')
    expect(control.calls.at(-1)).toBe('worker stops')
    expect(result.stdout).toContain('⊘ canceled  photos')
    expect(result.exitCode).toBe(130)
  })

  it('leaves on the second one', async () => {
    const control = sampleControl()
    control.courses.set('photos', Array(50).fill({ status: 'running' }))
    const twice = (press: () => void) => {
      press()
      press()
    }
    const result = await run(['run', 'photos'], { control, onListen: twice })
    expect(result.stdout).toContain('goes on without this command')
    expect(result.exitCode).toBe(130)
  })

  it('does not wait for a held run, and says how to decide', async () => {
    const control = sampleControl()
    const guards = [{ code: 'mass-change', message: '90 % of the files changed' }]
    control.courses.set('photos', [{ status: 'held', plan: { ...control.plan, guards } }])
    const result = await run(['run', 'photos'], { control })
    await expect(result.stdout).toMatchFileSnapshot(golden('run-held'))
    expect(result.exitCode).toBe(5)
  })

  it('only starts with --no-wait', async () => {
    const control = sampleControl()
    const result = await run(['run', 'photos', '--no-wait', '--json'], { control })
    expect(result.json<Run[]>()).toEqual([expect.objectContaining({ jobName: 'photos', status: 'queued' })])
    expect(control.calls).toEqual(['start job photos'])
  })

  it('starts nothing when one name is wrong', async () => {
    const control = sampleControl()
    const result = await run(['run', 'nightly files', 'fotos', '--json'], { control })
    expect(control.calls).toEqual([])
    expect(result).toMatchObject({ exitCode: 2, stderr: '' })
    expect(result.json()).toMatchObject({
      error: { code: 'name-unknown', kind: 'config', hint: 'Use one of: nightly files, photos.' },
    })
    expect((await run(['run', 'phtos'], { control })).stderr).toContain('Did you mean `photos`?')
  })

  it('shows the plan with --dry-run', async () => {
    const control = sampleControl()
    control.plan = { ...control.plan, guards: [{ code: 'mass-change', message: '90 % changed' }] }
    const result = await run(['run', 'nightly files', '--dry-run'], { control })
    await expect(result.stdout).toMatchFileSnapshot(golden('run-dry-run'))
    expect(control.calls).toEqual([])
    expect((await run(['run', 'photos', '--dry-run', '--json'], { control })).json()).toEqual([
      { job: 'photos', plan: control.plan },
    ])
  })

  it('wants to know what to run', async () => {
    expect(await run(['run'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no job is named'),
    })
  })
})

describe('holdfast run --config', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-run-'))
    const text = `vaults:
  - { name: shelf, kind: directory, path: /srv/shelf }
jobs:
  - { name: files, kind: disk-copy, vault: shelf }
  - { name: mail, kind: disk-copy, vault: shelf }
  - { name: old, kind: disk-copy, vault: shelf, enabled: false }
`
    await writeFile(join(folder, 'all.yaml'), text)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('applies, runs every enabled job once, and prints a summary', async () => {
    const control = new FakeControl()
    control.courses.set('mail', [failed('vault-full', 'needs 3 GiB, 1 GiB is free')])
    const result = await run(['run', '--config', folder], { control })
    await expect(result.stdout).toMatchFileSnapshot(golden('run-config'))
    expect(control.calls).toEqual([
      'apply by cli:ada',
      'start job files',
      'start job mail',
      'worker starts',
      'worker stops',
    ])
    expect(result.exitCode).toBe(14)
  })

  it('deletes nothing that is in force already', async () => {
    const control = sampleControl()
    await run(['run', '--config', folder, '--dry-run'], { control })
    const result = await run(['run', '--config', folder, '--dry-run', '--json'], { control })
    expect(result.json<{ action: string }[]>().map((change) => change.action)).toEqual([
      'unchanged',
      'create',
      'create',
      'create',
    ])
    expect(control.calls).toEqual([])
  })

  it('runs only the jobs named, even disabled ones', async () => {
    const control = new FakeControl()
    await run(['run', 'old', '--config', folder], { control })
    expect(control.calls).toContain('start job old')
    expect(control.calls).not.toContain('start job files')
    expect((await run(['run', 'fils', '--config', folder], { control })).stderr).toContain(
      'Did you mean `files`?',
    )
  })

  it('changes nothing when the configuration is wrong', async () => {
    const control = new FakeControl()
    control.problems = [{ kind: 'jobs', index: 1, path: ['vault'], message: 'no vault is called "x"' }]
    const result = await run(['run', '--config', folder], { control })
    expect(result.stderr).toContain('all.yaml:5:36: jobs[1].vault: no vault is called "x"')
    expect(result.exitCode).toBe(2)
    expect(control.calls).toEqual([])
  })
})
