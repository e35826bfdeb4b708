import { HoldfastError, type Page, type RunSummary } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { failed, succeeded } from '../testkit/fake-control.ts'
import { run, sampleControl } from '../testkit/run-command.ts'

const golden = (name: string) => `../testdata/${name}.txt`

function withRuns() {
  const control = sampleControl()
  const done = control.addRun('nightly files', {
    ...succeeded('copied 12 files, 3 MiB'),
    slotAt: '2026-08-20T00:30:00.000Z',
  })
  const bad = control.addRun('photos', failed('source-gone', '/photos does not exist'))
  const live = control.addRun('photos', {
    status: 'running',
    startedAt: '2026-08-20T11:58:00.000Z',
    progress: { doneBytes: 1024 ** 3, step: 'copy files' },
  })
  return { control, done, bad, live }
}

describe('holdfast runs', () => {
  it('lists the newest first', async () => {
    const { control } = withRuns()
    await expect((await run(['runs'], { control })).stdout).toMatchFileSnapshot(golden('runs'))
    await expect((await run(['runs', 'list'], { control, columns: 90 })).stdout).toMatchFileSnapshot(
      golden('runs-narrow'),
    )
  })

  it.each([
    [
      ['--job', 'photos'],
      ['live', 'bad'],
    ],
    [
      ['--outcome', 'failed,success'],
      ['bad', 'done'],
    ],
    [['--status', 'running'], ['live']],
    [['--limit', '1'], ['live']],
  ])('filters by %j', async (args, expected) => {
    const all = withRuns()
    const runs = (await run(['runs', ...args, '--json'], { control: all.control })).json<Page<RunSummary>>()
    const names = runs.items.map(({ id }) =>
      (['done', 'bad', 'live'] as const).find((name) => all[name].id === id),
    )
    expect(names).toEqual(expected)
  })

  it('goes on after a run', async () => {
    const { control, bad, done } = withRuns()
    const first = await run(['runs', '--limit', '2'], { control })
    expect(first.stdout).toContain(bad.id)
    expect(first.stdout).not.toContain(done.id)
    expect(first.stderr).toBe('There are more: go on with --after 2\n')
    const rest = await run(['runs', '--after', '2', '--json'], { control })
    const { plan: _, report, ...told } = done
    const { summary, bytesMoved } = report ?? {}
    expect(rest.json()).toEqual({ items: [{ ...told, summary, bytesMoved, warningCount: 0 }], next: null })
  })

  it('reads as many pages as it takes', async () => {
    const { control } = withRuns()
    for (let count = 0; count < 450; count++) control.addRun('photos')
    const count = async (...args: string[]) => {
      const { items, next } = (await run(['runs', ...args, '--json'], { control })).json<Page<RunSummary>>()
      return [new Set(items.map((item) => item.id)).size, next]
    }
    expect(await count('--all')).toEqual([453, null])
    expect(await count('--limit', '300')).toEqual([300, '300'])
    expect(await count('--limit', '1', '--after', '449')).toEqual([1, '450'])
    expect((await run(['runs', '--all', '--limit', '3'], { control })).exitCode).toBe(2)
  })

  it('refuses words that are none', async () => {
    const result = await run(['runs', '--outcome', 'fine'])
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('Use one of: success, warning')
  })

  it('says so when there is none', async () => {
    expect((await run(['runs'])).stdout).toBe('No run.\n')
  })

  it('shows one with steps and retention', async () => {
    const { control, done } = withRuns()
    control.steps.push(
      {
        attempt: 1,
        position: 1,
        name: 'copy files',
        startedAt: '2026-08-20T11:55:48.000Z',
        finishedAt: '2026-08-20T11:59:00.000Z',
        outcome: 'success',
        error: null,
      },
      {
        attempt: 1,
        position: 2,
        name: 'check the copy',
        startedAt: '2026-08-20T11:59:00.000Z',
        finishedAt: null,
        outcome: null,
        error: null,
      },
    )
    done.report?.retention.push(
      {
        restorePointId: 'rp_000000000002',
        takenAt: '2026-08-20T00:30:00.000Z',
        keep: true,
        reasons: ['newest good one'],
      },
      {
        restorePointId: 'rp_000000000001',
        takenAt: '2026-08-19T00:30:00.000Z',
        keep: false,
        reasons: ['no rule wants it'],
      },
    )
    await expect((await run(['runs', 'show', done.id], { control })).stdout).toMatchFileSnapshot(
      golden('runs-show'),
    )
    const json = (await run(['runs', 'show', done.id, '--json'], { control })).json()
    expect(json).toEqual({ run: done, steps: control.steps })
  })

  it('shows the last lines of a program that failed, once, and its message once', async () => {
    const { control } = withRuns()
    const output = Array.from({ length: 20 }, (_, index) => `rsync: line ${index}\u001b[2J`)
    const error = new HoldfastError('command-failed', 'rsync ended with 23', { details: { output } }).report()
    const ends = { ...succeeded('rsync ended with 23'), outcome: 'failed', error } as const
    const { id } = control.addRun('photos', ends)
    control.courses.set('nightly files', [ends])
    for (const args of [
      ['runs', 'show', id],
      ['run', 'nightly files'],
    ]) {
      const { stdout } = await run(args, { control })
      expect(stdout.match(/\| rsync: line \d+\\x1b\[2J$/gm)).toHaveLength(12)
      expect(stdout).toContain('line 19')
      expect(stdout.match(/rsync ended with 23/g)).toHaveLength(1)
    }
  })

  it('writes names of counts as words, and shows the time a restore took', async () => {
    const { control } = withRuns()
    const { id } = control.addRun(
      'photos',
      succeeded('restored', { counts: { leftOut: 2 }, details: { rtoMs: 62_000 } }),
    )
    const { stdout } = await run(['runs', 'show', id], { control })
    expect(stdout).toContain('counts:       2 left out\n')
    expect(stdout).toContain('RTO:          1m 2s, measured\n')
  })

  it('tells the hint of a failed one first', async () => {
    const { control, bad } = withRuns()
    expect((await run(['runs', 'show', bad.id], { control })).stdout).toMatch(
      /^Hint: Mount or create the source/,
    )
  })

  it('cancels, approves and refuses', async () => {
    const { control, live, done } = withRuns()
    expect((await run(['runs', 'cancel', live.id], { control })).exitCode).toBe(0)
    expect(await run(['runs', 'cancel', done.id], { control })).toMatchObject({ exitCode: 5 })
    const held = control.addRun('photos', { status: 'held' })
    expect((await run(['runs', 'approve', held.id, '--json'], { control })).json()).toMatchObject({
      status: 'running',
    })
    expect((await run(['runs', 'show', held.id], { control })).stdout).toContain('approved by:  cli:ada\n')
    expect((await run(['runs', 'refuse', held.id], { control })).exitCode).toBe(5)
    expect(control.calls).toEqual([
      `cancel ${live.id} by cli:ada`,
      `cancel ${done.id} by cli:ada`,
      `approve ${held.id} by cli:ada`,
    ])
  })

  it('explains itself when the command is not there', async () => {
    const result = await run(['runs', 'frobnicate'])
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('Error config-invalid')
  })
})

describe('holdfast logs', () => {
  const line = (position: number, level: 'info' | 'warning', message: string, fields = {}) => ({
    position,
    at: '2026-08-20T11:59:00.000Z',
    level,
    message,
    fields,
  })

  it('prints what there is, with fields', async () => {
    const { control, done } = withRuns()
    control.log.push(
      line(0, 'info', 'copied', { files: 12, to: '/srv/a b' }),
      line(1, 'warning', 'file vanished', { path: '/x' }),
    )
    await expect((await run(['logs', done.id], { control })).stdout).toMatchFileSnapshot(golden('logs'))
    expect((await run(['logs', done.id, '--level', 'warning', '--json'], { control })).json()).toEqual(
      control.log[1],
    )
  })

  it('pages through a long log', async () => {
    const { control, done } = withRuns()
    for (let position = 1; position <= 2500; position++)
      control.log.push(line(position, 'info', `line ${position}`))
    const lines = (await run(['logs', done.id], { control })).stdout.trim().split('\n')
    expect(lines).toHaveLength(2500)
    expect(lines.at(-1)).toContain('line 2500')
  })

  it('follows until the run is finished, to its last line', async () => {
    const { control, live } = withRuns()
    control.log.push(line(1, 'info', 'first'))
    control.courses.set('photos', [{}, {}, succeeded('done')])
    const read = control.readLog.bind(control)
    control.readLog = async (id, after, limit) => {
      const { outcome } = control.runs.find((each) => each.id === id) ?? {}
      if (outcome && control.log.length === 1) control.log.push(line(2, 'info', 'last words'))
      return read(id, after, limit)
    }
    const result = await run(['logs', '-f', live.id], { control })
    expect(result.stdout.match(/first/g)).toHaveLength(1)
    expect(result.stdout).toContain('last words')
  })

  it('stops following when nobody reads on', async () => {
    const { control, live } = withRuns()
    const result = await run(['logs', '-f', live.id], { control, isOutputGone: true })
    expect(result.exitCode).toBe(0)
  })

  it('stops following on an interrupt', async () => {
    const { control, live } = withRuns()
    control.log.push(line(1, 'info', 'first'))
    const press: (() => void)[] = []
    const read = control.readLog.bind(control)
    control.readLog = async (id, after, limit) => {
      if (after === 1) for (const handler of press) handler()
      return read(id, after, limit)
    }
    const result = await run(['logs', '-f', live.id], { control, onListen: (handler) => press.push(handler) })
    expect(result.exitCode).toBe(0)
    expect(control.runs.at(-1)?.outcome).toBeNull()
  })
})
