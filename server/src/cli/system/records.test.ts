import type { Delivery } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { FakeControl } from '../testkit/fake-control.ts'
import { run } from '../testkit/run-command.ts'

const SENT: Delivery = {
  id: 'dlv_000000000001',
  notification: 'mail to ada',
  subject: 'run',
  event: 'failed',
  runId: 'run_000000000001',
  jobName: 'photos',
  state: 'sent',
  attempts: 1,
  problem: null,
  createdAt: '2026-08-20T11:00:00.000Z',
  lastTriedAt: '2026-08-20T11:30:00.000Z',
}

describe('holdfast secret', () => {
  it('asks for the value without showing it, and tells names only', async () => {
    const control = new FakeControl()
    const set = await run(['secret', 'set', 'smtp-password'], { control, typed: 'canary' })
    expect(set).toMatchObject({ exitCode: 0, stderr: 'Value of smtp-password: \n' })
    expect(control.secrets.get('smtp-password')).toBe('canary')
    expect(control.calls).toEqual(['secret smtp-password by cli:ada'])
    const list = await run(['secret', 'list'], { control })
    expect(list.stdout).toMatch(/^SECRET +CHANGED +BY\nsmtp-password +just now +user:ada\n$/)
    expect(set.stdout + list.stdout).not.toContain('canary')
    expect((await run(['secret', 'rm', 'smtp-password', '--json'], { control })).json()).toEqual({
      name: 'smtp-password',
    })
    expect(control.secrets.size).toBe(0)
    expect((await run(['secret', 'list'], { control })).stdout).toBe('No secret is kept.\n')
  })

  it('keeps nothing empty, nothing under a wrong name, and takes no value as an argument', async () => {
    const control = new FakeControl()
    expect((await run(['secret', 'set', 'a'], { control, typed: '' })).exitCode).toBe(2)
    const wrong = await run(['secret', 'set', 'A B'], { control, typed: 'x' })
    expect(wrong.stderr).toContain('Expected lower-case letters')
    expect((await run(['secret', 'set', 'a', 'value'], { control, typed: 'x' })).exitCode).toBe(2)
    expect(control.secrets.size).toBe(0)
  })
})

describe('holdfast deliveries', () => {
  it('shows what was told to whom', async () => {
    const control = new FakeControl()
    const failed: Delivery = {
      ...SENT,
      id: 'dlv_2',
      state: 'failed',
      attempts: 3,
      problem: 'refused',
      jobName: null,
    }
    const overdue: Delivery = {
      ...SENT,
      subject: 'disk-overdue',
      event: 'Monday',
      jobName: null,
      runId: null,
    }
    control.deliveries = [SENT, failed, overdue]
    const { stdout } = await run(['deliveries'], { control })
    expect(stdout).toContain('  Monday: disk-overdue  ')
    expect(stdout).toMatch(/30 min ago +mail to ada +photos: failed +✔ sent +1\n/)
    expect(stdout).toMatch(/30 min ago +mail to ada +run +✖ failed +3 +refused\n/)
    const only = async (...args: string[]) =>
      (await run(['deliveries', ...args, '--json'], { control })).json()
    expect(await only('--state', 'failed')).toEqual({ items: [failed], next: null })
    expect(await only('--notification', 'none')).toEqual({ items: [], next: null })
    expect(await only('--run', 'run_000000000001', '--limit', '1')).toEqual({ items: [SENT], next: '1' })
    expect((await run(['deliveries', '--state', 'lost'], { control })).exitCode).toBe(2)
  })
})

describe('holdfast notify test', () => {
  it.each([
    ['sent', null, 0, '✔ sent  mail to ada\n'],
    ['failed', 'refused', 1, '✖ failed  mail to ada: refused\n'],
  ] as const)('ends with %s', async (state, problem, exitCode, stdout) => {
    const control = new FakeControl()
    control.deliveries = [{ ...SENT, state, problem }]
    expect(await run(['notify', 'test', 'mail to ada'], { control })).toMatchObject({ exitCode, stdout })
    expect(control.calls).toEqual(['test mail to ada by cli:ada'])
  })
})

describe('holdfast audit', () => {
  it('tells who did what', async () => {
    const control = new FakeControl()
    const entry = { at: '2026-08-20T11:00:00.000Z', action: 'job.start', object: 'photos', objectId: 'job_1' }
    control.audit = [
      { ...entry, id: 'aud_2', by: 'user:ada', details: { runId: 'run_1', count: 2 } },
      { ...entry, id: 'aud_1', by: 'cli:root', object: null, objectId: null, details: {} },
    ]
    const { stdout } = await run(['audit'], { control })
    expect(stdout).toMatch(/2026-08-20 11:00:00 UTC +user:ada +job\.start +photos +runId=run_1 count=2\n/)
    const only = async (...args: string[]) => (await run(['audit', ...args, '--json'], { control })).json()
    expect(await only('--by', 'cli:root')).toEqual({ items: [control.audit[1]], next: null })
    expect(await only('--object', 'job_1')).toEqual({ items: [control.audit[0]], next: null })
  })
})

describe('holdfast serve', () => {
  it('serves until the interrupt', async () => {
    const seen: unknown[] = []
    const press: (() => void)[] = []
    const local = {
      serve: async ({ signal, ...options }: { signal: AbortSignal }) => {
        for (const handler of press) handler()
        seen.push(options, signal.aborted)
      },
    }
    const onListen = (handler: () => void) => press.push(handler)
    await run(['serve', '--listen', '[::1]:9000', '--no-worker', '--site', 'attic'], { local, onListen })
    await run(['serve', '--concurrency', '5'], { local, onListen })
    expect(seen).toEqual([
      { listen: '[::1]:9000', worker: false, site: 'attic', concurrency: 2 },
      true,
      { listen: undefined, worker: true, site: 'main', concurrency: 5 },
      true,
    ])
  })
})
