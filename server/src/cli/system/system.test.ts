import { type Control, HoldfastError } from '@holdfast/contract'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FakeControl } from '../testkit/fake-control.ts'
import { run, sampleControl } from '../testkit/run-command.ts'

type LockWait = Parameters<Control['acquireLock']>[0]

const golden = (name: string) => `../testdata/${name}.txt`

describe('holdfast status', () => {
  it('shows jobs, vaults, what goes on, and workers', async () => {
    const control = sampleControl()
    control.vaults = [
      {
        id: 'vlt_000000000001',
        name: 'shelf',
        kind: 'directory',
        pointCount: 2,
        sizeBytes: 40 * 1024 ** 3,
        freeBytes: null,
        problem: null,
        forecast: { kind: 'not-enough-data', haveDays: 3, neededDays: 7 },
        disks: null,
      },
    ]
    control.workers = [
      {
        id: 'wrk_1',
        site: 'main',
        host: 'attic',
        pid: 77,
        startedAt: '2026-08-20T09:00:00.000Z',
        seenAt: '2026-08-20T12:00:00.000Z',
        alive: true,
      },
      {
        id: 'wrk_2',
        site: 'main',
        host: 'gone',
        pid: 78,
        startedAt: '2026-08-19T09:00:00.000Z',
        seenAt: '2026-08-19T12:00:00.000Z',
        alive: false,
      },
    ]
    control.addRun('photos', { waitingFor: 'lock a, held by b' })
    const result = await run(['status'], { control })
    await expect(result.stdout).toMatchFileSnapshot(golden('status'))
    expect((await run(['status', '--json'], { control })).json()).toEqual({
      status: await control.status(),
      jobs: await control.listJobs({}),
    })
  })

  it('says what to do first', async () => {
    const { stdout } = await run(['status'], { control: new FakeControl() })
    expect(stdout).toContain('No job yet')
    expect(stdout).toContain('! No worker is running')
  })
})

describe('holdfast jobs and holdfast vaults', () => {
  it('judge no restore points of a job that makes none', async () => {
    const control = sampleControl()
    const [job] = control.document.jobs
    if (!job) throw new Error('no job')
    const { vault: _, policy: __, ...without } = job
    control.document.jobs = [
      { ...job, name: 'a' },
      { ...without, name: 'b' },
    ]
    const rows = (await run(['jobs'], { control })).stdout.split('\n').slice(1, 3)
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 2))).toEqual([
      ['a', expect.not.stringMatching('–')],
      ['b', '–'],
    ])
  })

  it('list what there is, in pages where it is long', async () => {
    const control = sampleControl()
    const [job] = control.document.jobs
    if (!job) throw new Error('no job')
    for (let count = 0; count < 80; count++) control.document.jobs.push({ ...job, name: `job ${count}` })
    expect((await run(['jobs', '--limit', '1'], { control })).stdout.trim().split('\n')).toHaveLength(2)
    expect((await run(['jobs', 'list', '--all', '--json'], { control })).json()).toMatchObject({ next: null })
    expect((await run(['vaults'], { control })).stdout).toBe('No vault.\n')
    const forecast = { kind: 'not-enough-data', haveDays: 3, neededDays: 7 } as const
    const size = { pointCount: 2, sizeBytes: 1024, freeBytes: null, problem: null, disks: null }
    control.vaults = [{ id: 'vlt_000000000001', name: 'shelf', kind: 'directory', ...size, forecast }]
    expect((await run(['vaults'], { control })).stdout).toMatch(/^shelf .*not there/m)
    expect((await run(['vaults', '--json'], { control })).json()).toEqual(control.vaults)
  })
})

describe('holdfast status of many jobs', () => {
  it('shows the first ones, the others on request, and what failed', async () => {
    const control = sampleControl()
    const [job] = control.document.jobs
    if (!job) throw new Error('no job')
    for (let count = 0; count < 80; count++) control.document.jobs.push({ ...job, name: `job ${count}` })
    control.failures = [
      {
        code: 'vault-full',
        count: 3,
        lastRunId: 'run_000000000001',
        lastJobName: 'job 7',
        lastAt: '2026-08-20T11:00:00.000Z',
        message: 'needs 3 GiB',
        hint: 'Free some space.',
      },
    ]
    const first = await run(['status'], { control })
    expect(first.stdout).toMatch(/^82 jobs: 1 ✔ covered, 80 ✖ never\n/)
    expect(first.stdout).not.toContain('job 79')
    expect(first.stderr).toBe('The first 50 of 82 jobs; --all shows every one.\n')
    expect(first.stdout).toContain(
      '✖ 3 × vault-full: needs 3 GiB (last by job 7 1 h ago, run_000000000001)\n',
    )
    const all = await run(['status', '--all'], { control })
    expect(all.stdout).toContain('job 79')
    expect(all.stderr).toBe('')
  })
})

describe('holdfast doctor', () => {
  it.each([
    ['ok', 0],
    ['warning', 3],
    ['error', 1],
  ] as const)('ends with %s as %i', async (level, exitCode) => {
    const control = new FakeControl()
    control.findings = [
      { level: 'ok', subject: 'rsync', message: '3.4.1' },
      { level, subject: 'vault shelf', message: 'on the system disk', hint: 'Mount a disk of its own.' },
    ]
    const result = await run(['doctor'], { control })
    expect(result.exitCode).toBe(exitCode)
    expect(result.stdout).toContain('vault shelf: on the system disk\n    Mount a disk of its own.')
    expect((await run(['doctor', '--json'], { control })).json()).toEqual(control.findings)
  })
})

describe('holdfast lock', () => {
  it('is taken once', async () => {
    const control = new FakeControl()
    const take = (holder: string, ...more: string[]) =>
      run(['lock', 'acquire', 'veeam/nightly', '--holder', holder, ...more], { control })
    expect((await take('veeam', '--lease', '2h', '--wait', '30m')).exitCode).toBe(0)
    expect(control.calls).toEqual(['acquire veeam/nightly veeam 7200 50'])
    const second = await take('other')
    expect(second.exitCode).toBe(11)
    expect(second.stderr).toContain('veeam/nightly is held by veeam')
    await expect((await run(['lock', 'list'], { control })).stdout).toMatchFileSnapshot(golden('lock-list'))
  })

  it('is not got twice by two scripts of one user', async () => {
    const control = new FakeControl()
    const first = await run(['lock', 'acquire', 'a', '--json'], { control })
    expect(first.exitCode).toBe(0)
    expect((await run(['lock', 'acquire', 'a'], { control })).exitCode).toBe(11)
    const { holder } = first.json<{ holder: string }>()
    expect(holder).toMatch(/^ada@/)
    expect((await run(['lock', 'acquire', 'a', '--holder', holder], { control })).exitCode).toBe(0)
    expect((await run(['lock', 'release', 'a'], { control })).exitCode).toBe(2)
    const released = await run(['lock', 'release', 'a', '--holder', holder], { control })
    expect(released.stdout).toBe('a is free\n')
  })

  it('says how to give back what it took under a new name', async () => {
    const control = new FakeControl()
    const { stdout } = await run(['lock', 'acquire', "o'ffice/a b"], { control })
    const holder = control.locks[0]?.holder
    expect(stdout).toContain(`holdfast lock release 'o'\\''ffice/a b' --holder ${holder}`)
  })

  it('is canceled by an interrupt while it waits', async () => {
    const control = new FakeControl()
    await run(['lock', 'acquire', 'a', '--holder', 'me'], { control })
    const args = ['lock', 'acquire', 'a', '--wait', '1h']
    const result = await run(args, { control, onListen: (press) => press() })
    expect(result).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('wait-canceled') })
  })

  it('tells when it was no longer held', async () => {
    const control = new FakeControl()
    await run(['lock', 'acquire', 'a', '--holder', 'me'], { control })
    expect(await run(['lock', 'release', 'a', '--holder', 'me'], { control })).toMatchObject({
      exitCode: 0,
      stdout: 'a is free\n',
    })
    const again = await run(['lock', 'release', 'a', '--holder', 'me', '--json'], { control })
    expect(again.exitCode).toBe(3)
    expect(again.json()).toEqual({ name: 'a', holder: 'me', released: false })
  })

  it('refuses durations that are none', async () => {
    const result = await run(['lock', 'acquire', 'a', '--lease', 'long'])
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('Expected a duration such as 90s, 30m or 8h.')
  })

  it('prints its help when nothing is asked', async () => {
    const result = await run(['lock'])
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('Usage: holdfast lock')
  })
})

describe('the database', () => {
  it('is backed up, restored and upgraded by this machine', async () => {
    const calls: unknown[] = []
    const local = {
      backupDb: async (file: string) => {
        calls.push(file)
        return { file, sizeBytes: 3 * 1024 ** 2, tookMs: 4200, tables: 12 }
      },
      restoreDb: async (...args: unknown[]) => {
        calls.push(args)
        return {}
      },
      upgradeDb: async () => ({ from: '001', to: '002' }),
    }
    const backup = await run(['backup-db', '/tmp/x.dump'], { local })
    expect(backup.stdout).toBe(
      'file:           /tmp/x.dump\nsize:           3 MiB\ntook:           4s\ntables:         12\n',
    )
    await run(['restore-db', '/tmp/x.dump', '--replace'], { local })
    expect(calls).toEqual(['/tmp/x.dump', ['/tmp/x.dump', { replace: true }]])
    expect((await run(['upgrade-db', '--json'], { local })).json()).toEqual({ from: '001', to: '002' })
  })
})

describe('holdfast worker', () => {
  it('works until the interrupt', async () => {
    const seen: unknown[] = []
    const press: (() => void)[] = []
    const local = {
      worker: async ({
        site,
        concurrency,
        signal,
      }: {
        site: string
        concurrency: number
        signal: AbortSignal
      }) => {
        for (const handler of press) handler()
        seen.push(site, concurrency, signal.aborted)
      },
    }
    const onListen = (handler: () => void) => press.push(handler)
    await run(['worker', '--site', 'attic', '--concurrency', '3'], { local, onListen })
    expect(seen).toEqual(['attic', 3, true])
  })
})

/** A control plane whose lock comes free after so many seconds, on a clock that only its requests move. */
function heldFor(seconds: number) {
  let nowMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  const requests: LockWait[] = []
  const control = new FakeControl()
  control.acquireLock = async (request: LockWait) => {
    requests.push(request)
    const untilMs = nowMs + request.waitSeconds * 1000
    nowMs = Math.min(untilMs, Math.max(nowMs, seconds * 1000))
    if (nowMs < seconds * 1000) throw new HoldfastError('lock-held', 'a is held by run_000000000001')
  }
  const acquire = (...more: string[]) => run(['lock', 'acquire', 'a', '--holder', 'me', ...more], { control })
  return { requests, acquire }
}

describe('a long wait of holdfast lock acquire', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('is made of requests that no proxy finds too long, and the last of them tells of a wait in vain', async () => {
    const { requests, acquire } = heldFor(9 * 3600)
    expect(await acquire('--wait', '8h')).toMatchObject({
      exitCode: 11,
      stderr: expect.stringContaining('held by run_000000000001'),
    })
    expect(requests).toHaveLength(8 * 72)
    expect(Math.max(...requests.map(({ waitSeconds }) => waitSeconds))).toBe(50)
    expect(requests.filter(({ tellTimeout }) => tellTimeout)).toEqual([requests.at(-1)])
    expect(requests.at(-1)).toMatchObject({ waitSeconds: 50, waitedSeconds: 8 * 3600 - 50 })
  })

  it('ends as soon as the lock is free', async () => {
    const { requests, acquire } = heldFor(70)
    expect(await acquire('--wait', '8h')).toMatchObject({ exitCode: 0 })
    expect(requests.map(({ waitedSeconds, tellTimeout }) => [waitedSeconds, tellTimeout])).toEqual([
      [0, false],
      [50, false],
    ])
  })

  it('is one question without --wait, and nobody is told that the lock is held', async () => {
    const { requests, acquire } = heldFor(60)
    expect((await acquire()).exitCode).toBe(11)
    expect(requests).toMatchObject([{ waitSeconds: 0, waitedSeconds: 0, tellTimeout: false }])
  })
})
