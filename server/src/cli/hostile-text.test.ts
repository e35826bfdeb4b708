import { HoldfastError } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { ended, type FakeControl, succeeded } from './testkit/fake-control.ts'
import { run, sampleControl } from './testkit/run-command.ts'

/** Clears the screen, paints, renames the window, turns the reading direction, and forges a line. */
const EVIL = 'evil\u001b[2J\u001b[32mgood\u001b]0;title\u0007\u009b2Jgpj.\u202eexe\r\nforged'
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const COMMANDS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^forged/m

/** Everything that can be shown, told by somebody who means harm. */
function hostileControl(): FakeControl {
  const control = sampleControl()
  const error = new HoldfastError('command-failed', EVIL, {
    hint: EVIL,
    details: { output: [EVIL] },
  }).report()
  const guards = [{ code: EVIL, message: EVIL }]
  control.plan = {
    ...control.plan,
    summary: EVIL,
    guards,
    items: [{ what: EVIL, reason: EVIL, expectedBytes: 1 }],
  }
  const end = {
    ...succeeded(EVIL, { warnings: [EVIL], counts: { [EVIL]: 1 } }),
    outcome: 'failed',
    error,
  } as const
  control.courses.set('photos', [{ status: 'running', waitingFor: EVIL, progress: { step: EVIL } }, end])
  control.courses.set('nightly files', [{ status: 'held', plan: control.plan }])
  control.addRun('photos', { waitingFor: EVIL, jobKind: EVIL, plan: control.plan })
  control.addRun('photos', ended(end))
  for (const point of control.points)
    Object.assign(point, { location: EVIL, asset: { kind: EVIL, key: EVIL, name: EVIL } })
  control.steps.push({
    attempt: 1,
    position: 1,
    name: EVIL,
    startedAt: '2026-08-20T11:55:48.000Z',
    finishedAt: null,
    outcome: null,
    error,
  })
  control.log.push({
    position: 1,
    at: '2026-08-20T11:55:48.000Z',
    level: 'info',
    message: EVIL,
    fields: { [EVIL]: EVIL },
  })
  control.findings = [{ level: 'error', subject: EVIL, message: EVIL, hint: EVIL }]
  control.locks = [
    { name: EVIL, mode: 'exclusive', holder: EVIL, since: '2026-08-20T11:55:48.000Z', expiresAt: null },
  ]
  control.failures = [
    {
      code: 'vault-full',
      count: 1,
      lastRunId: EVIL,
      lastJobName: EVIL,
      lastAt: '2026-08-20T11:55:48.000Z',
      message: EVIL,
      hint: EVIL,
    },
  ]
  control.secrets.set(EVIL, 'x')
  control.audit = [
    {
      id: 'aud_1',
      at: '2026-08-20T11:55:48.000Z',
      by: EVIL,
      action: EVIL,
      object: EVIL,
      objectId: null,
      details: { [EVIL]: EVIL },
    },
  ]
  control.deliveries = [
    {
      id: 'dlv_1',
      notification: EVIL,
      subject: 'run',
      event: EVIL,
      runId: null,
      jobName: EVIL,
      state: 'failed',
      attempts: 1,
      problem: EVIL,
      createdAt: '2026-08-20T11:55:48.000Z',
      lastTriedAt: null,
    },
  ]
  control.problems = [{ kind: 'jobs', index: 0, path: [EVIL], message: EVIL, hint: EVIL }]
  control.workers = [
    {
      id: 'wrk_1',
      site: EVIL,
      host: EVIL,
      pid: 1,
      startedAt: '2026-08-20T11:55:48.000Z',
      seenAt: '2026-08-20T11:55:48.000Z',
      alive: true,
    },
  ]
  return control
}

describe('text from outside cannot command the terminal', () => {
  it.each([
    [['status']],
    [['doctor']],
    [['runs']],
    [['runs', 'show', 'run_000000000003']],
    [['runs', 'show', 'run_000000000004']],
    [['logs', 'run_000000000004']],
    [['logs', 'run_000000000004', '--json']],
    [['run', 'photos']],
    [['run', 'nightly files']],
    [['run', 'photos', '--dry-run']],
    [['run', EVIL]],
    [['points']],
    [['points', 'show', 'rp_000000000001']],
    [['restore', 'rp_000000000001', '--to', EVIL, '--dry-run']],
    [['lock', 'list']],
    [['lock', 'acquire', `${EVIL}2`]],
    [['lock', 'release', EVIL, '--holder', 'x']],
    [['secret', 'list']],
    [['audit']],
    [['deliveries']],
    [['notify', 'test', EVIL]],
    [['validate', 'examples/first-job']],
    [['runs', '--json']],
  ])('%j', async (args) => {
    const { stdout, stderr } = await run(args, { control: hostileControl() })
    expect(stdout).not.toMatch(COMMANDS)
    expect(stderr).not.toMatch(COMMANDS)
    expect(`${stdout}${stderr}`).toContain('evil')
  })
})
