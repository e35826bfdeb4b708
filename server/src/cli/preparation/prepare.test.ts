import type { Run, StoredPlan } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { failed } from '../testkit/fake-control.ts'
import { type RunOptions, run, sampleControl } from '../testkit/run-command.ts'

const LACKING: StoredPlan = {
  summary: '2 things are missing',
  items: [
    { what: 'class BackupJob', reason: 'jobs are kept in it', expectedBytes: null },
    { what: 'attribute Server.LastSeen', reason: 'says when it was seen', expectedBytes: null },
  ],
  guards: [],
  expectedBytes: null,
}
const NOTHING: StoredPlan = { ...LACKING, summary: 'nothing is missing', items: [] }
const SHOWN = [
  'photos: 2 things are missing',
  'TO BE MADE                 REASON',
  'class BackupJob            jobs are kept in it',
  'attribute Server.LastSeen  says when it was seen',
  '',
].join('\n')

function place(plan: StoredPlan) {
  const control = sampleControl()
  control.plan = plan
  const call = (verb: string, args: string[] = [], options: RunOptions = {}) =>
    run(['cmdb', 'schema', verb, 'photos', ...args], { control, ...options })
  return { control, call }
}

describe('holdfast cmdb schema plan', () => {
  it('shows what is lacking, and starts nothing', async () => {
    const { control, call } = place(LACKING)
    const { stdout, exitCode } = await call('plan')
    expect([stdout, exitCode]).toEqual([SHOWN, 0])
    expect((await call('plan', ['--json'])).json()).toEqual(LACKING)
    expect(control.calls).toEqual([])
  })

  it('says so when nothing is', async () => {
    expect((await place(NOTHING).call('plan')).stdout).toBe('photos: nothing is missing\n')
  })

  it('knows the job that was meant', async () => {
    const { control } = place(LACKING)
    const result = await run(['cmdb', 'schema', 'plan', 'fotos'], { control })
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('photos')
  })
})

describe('holdfast cmdb schema apply', () => {
  it('shows it, asks, makes it and follows that to its end', async () => {
    const { control, call } = place(LACKING)
    const { stdout, stderr, exitCode } = await call('apply', [], {
      ...{ isTty: true, answer: true },
      env: { NO_COLOR: '1' },
    })
    expect(stdout).toContain(SHOWN)
    expect(stderr).toContain('Make 2 things?')
    expect(stdout).toContain('✔ success  photos')
    expect(exitCode).toBe(0)
    expect(control.calls).toEqual(['start prepare photos', 'worker starts', 'worker stops'])
    expect(control.runs.at(-1)?.startedBy).toBe('cli:ada')
  })

  it.each([
    ['a no', { isTty: true, answer: false }, [], '2 things would have been made'],
    ['nobody to ask', {}, [], '2 things would be made'],
    ['another program that reads', { isTty: true }, ['--json'], '2 things would be made'],
  ] as const)('makes nothing after %s', async (_, options, args, told) => {
    const { control, call } = place(LACKING)
    const { stdout, stderr, exitCode } = await call('apply', [...args], options)
    // With --json a mistake is JSON as well.
    expect(stdout + stderr).toContain(told)
    expect(stdout + stderr).toContain('say --yes')
    expect([exitCode, control.calls]).toEqual([130, []])
  })

  it('asks nobody with --yes, and tells the run as JSON', async () => {
    const { call } = place(LACKING)
    const runs = (await call('apply', ['--yes', '--json'])).json<Run[]>()
    expect(runs).toMatchObject([{ jobName: 'photos', operation: 'prepare', outcome: 'success' }])
  })

  it('ends as the run does', async () => {
    const { control, call } = place(LACKING)
    control.courses.set('photos', [failed('privilege-missing', 'reader may not create classes')])
    const { stdout, exitCode } = await call('apply', ['--yes'])
    expect(stdout).toContain('reader may not create classes')
    expect(exitCode).toBe(12)
  })

  it('starts nothing and asks nothing when nothing is lacking', async () => {
    const { control, call } = place(NOTHING)
    const { stdout, exitCode } = await call('apply', [], { isTty: true })
    expect([stdout.endsWith('nothing is missing\n'), exitCode]).toEqual([true, 0])
    expect((await call('apply', ['--json'])).json()).toEqual([])
    expect(control.calls).toEqual([])
  })
})
