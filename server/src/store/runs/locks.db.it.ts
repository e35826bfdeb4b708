import { phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import type { LockRequest, StoredRun } from '../../engine/ports.ts'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'

const NOTHING = { steps: [], lines: [] }
const END = {
  ...NOTHING,
  outcome: 'success' as const,
  error: null,
  report: null,
  assets: [],
  vaultSize: null,
}
const NAMES = ['a', 'b', 'c'] as const
/** How many may share each lock; the limit belongs to the lock, as with a vault. */
const LIMITS: Readonly<Record<string, number | undefined>> = { a: undefined, b: 2, c: 1 }
const HOLDER = 'script'

let lab: EngineLab
let jobId: string

beforeAll(async () => {
  lab = await openEngineLab([scriptedDriver()])
  await lab.apply({ jobs: [{ name: 'j', kind: 'scripted' }] })
  jobId = (await lab.deps.store.objects.job('j'))?.id ?? ''
})
afterAll(() => lab[Symbol.asyncDispose]())

const lockRequest = (name: string, mode: LockRequest['mode']): LockRequest => {
  const limit = LIMITS[name]
  return mode === 'shared' && limit !== undefined ? { name, mode, limit } : { name, mode }
}

async function rows<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await lab.test.database.pool.query<T>(text, values)).rows
}

/** A world of runs that compete for locks, where messages of the queue are handled one by one instead of by workers. */
class Rivals {
  readonly wanted = new Map<string, LockRequest[]>()
  readonly running = new Map<string, StoredRun>()

  get store() {
    return lab.deps.store
  }

  async create(locks: LockRequest[]): Promise<string> {
    const slot = {
      site: 'main',
      operation: 'job',
      trigger: 'manual',
      slotAt: null,
      request: null,
      startedBy: null,
    } as const
    const { id } = await this.store.runs.create({ ...slot, jobId })
    this.wanted.set(id, locks)
    return id
  }

  async claim(runId: string): Promise<string> {
    const owner = { claim: `claim of ${runId}`, workerId: 'wrk_000000000000', now: new Date() }
    const locks = this.wanted.get(runId) ?? []
    const result = await this.store.runs.claim(runId, owner, () => ({ action: 'start', locks }))
    if (result.state === 'claimed') this.running.set(runId, result.run)
    return result.state
  }

  /** Handles every message that is due now. What waits for the next look, seconds away, does not count as woken. */
  async settle(): Promise<void> {
    for (;;) {
      const due = await rows<{ id: string }>(
        `delete from pgboss.job where name = 'runs.main' and state = 'created' and start_after <= now()
         returning data ->> 'runId' as id`,
      )
      if (due.length === 0) return
      for (const { id } of due) if (this.wanted.has(id)) await this.claim(id)
    }
  }

  async expectSound(): Promise<void> {
    const held = await rows<{ name: string; mode: string }>('select name, mode from locks')
    for (const [name, holders] of Map.groupBy(held, (lock) => lock.name)) {
      const exclusive = holders.filter((lock) => lock.mode === 'exclusive').length
      expect(exclusive > 0 ? holders.length : 1, `${name} is exclusive`).toBe(1)
      const limit = LIMITS[name]
      if (limit !== undefined) expect(holders.length, name).toBeLessThanOrEqual(limit)
    }
    const queued = await rows<{ id: string; waitingOn: string[] }>(
      `select id, waiting_on as "waitingOn" from runs where status = 'queued' order by created_at, id`,
    )
    for (const [index, { id }] of queued.entries()) {
      const ahead = queued.slice(0, index).flatMap((run) => run.waitingOn)
      const isBlocked = (this.wanted.get(id) ?? []).some((lock) => {
        const others = held.filter((other) => other.name === lock.name)
        const clashes = others.some((other) => lock.mode === 'exclusive' || other.mode === 'exclusive')
        const isFull = lock.limit !== undefined && others.length >= lock.limit
        return clashes || isFull || ahead.includes(lock.name)
      })
      expect(isBlocked, `${id} waits although its locks are free`).toBe(true)
    }
  }

  async finish(run: StoredRun): Promise<void> {
    this.running.delete(run.id)
    await this.store.runs.finish(run, END)
  }

  /** Its worker is gone: the run is replaced by another one that wants the same. */
  async lose(run: StoredRun): Promise<void> {
    this.running.delete(run.id)
    const error = { code: 'worker-lost', kind: 'unreachable', message: 'gone', hint: 'none' } as const
    const successor = await this.store.runs.recover(run, error, 100)
    this.wanted.set(successor?.id ?? '', this.wanted.get(run.id) ?? [])
  }

  /** Whatever is left must come to its end without anybody's help. */
  async drain(): Promise<void> {
    for (const name of NAMES) await this.store.locks.release({ name, holder: HOLDER, takenBy: null })
    await this.settle()
    while (this.running.size > 0) {
      for (const run of [...this.running.values()]) await this.finish(run)
      await this.settle()
    }
    expect(await rows("select id from runs where status <> 'finished'")).toEqual([])
    expect(await rows('select name from locks')).toEqual([])
  }
}

const lockSet = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...NAMES),
    mode: fc.constantFrom('shared' as const, 'exclusive' as const),
  }),
  { selector: (lock) => lock.name, maxLength: 3 },
)

const action = fc.oneof(
  { weight: 5, arbitrary: lockSet.map((locks) => ({ do: 'start' as const, locks })) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('finish' as const, 'lose' as const, 'requeue' as const, 'hold' as const),
      which: fc.nat(10),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(10) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('outside' as const, 'inside' as const),
      name: fc.constantFrom(...NAMES),
      which: fc.nat(10),
    }),
  },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

async function perform(rivals: Rivals, step: Action): Promise<void> {
  const { store } = rivals
  if (step.do === 'start') {
    await rivals.create(step.locks.map(({ name, mode }) => lockRequest(name, mode)))
    return
  }
  const run = [...rivals.running.values()][step.which % Math.max(rivals.running.size, 1)]
  if (step.do === 'outside') {
    const outside = { name: step.name, holder: HOLDER, takenBy: 'user:anna' }
    if ((await store.locks.release(outside)) === 'released') return
    const expiresAt = new Date(Date.now() + 3_600_000)
    await store.locks.acquire({ ...outside, expiresAt })
  } else if (step.do === 'cancel') {
    const queued = await rows<{ id: string }>("select id from runs where status = 'queued' order by id")
    const chosen = queued[step.which % Math.max(queued.length, 1)]
    if (chosen) await store.runs.requestCancel(chosen.id, 'anna')
  } else if (!run) return
  else if (step.do === 'inside') {
    const isHeld = (await rows('select 1 from locks where run_id = $1 and name = $2', [run.id, step.name]))
      .length
    if (isHeld) await store.locks.releaseForRun(run, step.name)
    else await store.locks.tryForRun(run, lockRequest(step.name, 'exclusive'))
  } else if (step.do === 'finish') await rivals.finish(run)
  else if (step.do === 'lose') await rivals.lose(run)
  else if (step.do === 'requeue') {
    rivals.running.delete(run.id)
    const next = { notBefore: new Date(), reason: 'again', attempt: 1, keepsWaiting: false, error: null }
    await store.runs.requeue(run, next, NOTHING)
  } else {
    rivals.running.delete(run.id)
    const plan = { summary: 'p', items: [], guards: [], expectedBytes: null }
    await store.runs.hold(run, plan, NOTHING)
    await store.runs.decideHeld(run.id, { approve: true, by: 'anna', error: null })
  }
}

describe('locks', () => {
  test('whatever runs do, no lock is held against its rules and no run waits for a free one', {
    timeout: 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 6, maxLength: 24 }), async (steps) => {
        const rivals = new Rivals()
        try {
          for (const step of steps) {
            await perform(rivals, step)
            await rivals.settle()
            await rivals.expectSound()
          }
          await rivals.drain()
        } finally {
          // A counterexample must not spoil the shorter ones that are tried after it.
          await rows('delete from locks')
          await rows(
            "update runs set status = 'finished', outcome = 'canceled', claim = null where status <> 'finished'",
          )
        }
      }),
      { numRuns: 25 },
    )
  })

  test('of two who try at the same time, one gets it', async () => {
    const rivals = new Rivals()
    const locks = [lockRequest('a', 'exclusive'), lockRequest('b', 'shared')]
    const ids = []
    for (let count = 0; count < 6; count += 1) ids.push(await rivals.create(locks))
    const states = await Promise.all(ids.map((id) => rivals.claim(id)))
    expect(states.toSorted()).toEqual(['claimed', ...Array(5).fill('waiting')])
    await rivals.expectSound()
    await rivals.drain()
  })

  test('are taken in the order in which the runs came, whoever asks first', async () => {
    const rivals = new Rivals()
    const holder = await rivals.create([lockRequest('a', 'exclusive')])
    await rivals.claim(holder)
    const early = await rivals.create([lockRequest('a', 'exclusive')])
    const late = await rivals.create([lockRequest('a', 'exclusive')])
    await rivals.claim(early)
    await rivals.store.runs.finish(rivals.running.get(holder) as StoredRun, END)
    rivals.running.delete(holder)
    expect(await rivals.claim(late)).toBe('waiting')
    const waiting = (await rivals.store.runs.get(late))?.waitingFor ?? ''
    expect(phraseText(waiting)).toContain(`${early} waits longer`)
    expect(await rivals.claim(early)).toBe('claimed')
    await rivals.drain()
  })

  test('a run that lost its claim takes no more of them', async () => {
    const rivals = new Rivals()
    const id = await rivals.create([])
    await rivals.claim(id)
    const run = rivals.running.get(id) as StoredRun
    await rivals.lose(run)
    const request = lockRequest('a', 'exclusive')
    await expect(rivals.store.locks.tryForRun(run, request)).rejects.toMatchObject({ code: 'worker-lost' })
    expect(await rivals.store.locks.list()).toEqual([])
    await rivals.settle()
    await rivals.drain()
  })

  test('an outside lock can be prolonged by its holder, by nobody else, and lapses', async () => {
    const { locks } = lab.deps.store
    const at = (ms: number) => new Date(Date.now() + ms)
    expect(
      await locks.acquire({ name: 'x', holder: 'one', takenBy: 'user:anna', expiresAt: at(60_000) }),
    ).toBeNull()
    expect(
      await locks.acquire({ name: 'x', holder: 'one', takenBy: 'user:anna', expiresAt: at(120_000) }),
    ).toBeNull()
    expect(
      await locks.acquire({ name: 'x', holder: 'two', takenBy: 'user:anna', expiresAt: at(60_000) }),
    ).toBe('one')
    expect(await locks.release({ name: 'x', holder: 'two', takenBy: 'user:anna' })).toBe('not-held')
    expect(await locks.list()).toMatchObject([{ name: 'x', holder: 'one', mode: 'exclusive' }])
    expect(
      await locks.acquire({ name: 'x', holder: 'one', takenBy: 'user:anna', expiresAt: at(-1) }),
    ).toBeNull()
    expect(await locks.list()).toEqual([])
    expect(
      await locks.acquire({ name: 'x', holder: 'two', takenBy: 'user:anna', expiresAt: at(60_000) }),
    ).toBeNull()
    expect(await locks.release({ name: 'x', holder: 'one', takenBy: 'user:anna' })).toBe('not-held')
    expect(await locks.release({ name: 'x', holder: 'two', takenBy: 'user:anna' })).toBe('released')
  })

  test('the name of a holder gives nobody the lock of a run or of somebody else', async () => {
    const { locks } = lab.deps.store
    const rivals = new Rivals()
    const id = await rivals.create([lockRequest('a', 'exclusive')])
    await rivals.claim(id)
    const expiresAt = new Date(Date.now() + 60_000)
    expect(await locks.acquire({ name: 'a', holder: id, expiresAt, takenBy: 'user:anna' })).toBe(id)
    expect(await locks.release({ name: 'a', holder: id, takenBy: null })).toBe('not-held')
    await rivals.drain()

    const taken = { name: 'y', holder: 'script' }
    expect(await locks.acquire({ ...taken, expiresAt, takenBy: 'user:anna' })).toBeNull()
    expect(await locks.acquire({ ...taken, expiresAt, takenBy: 'user:eve' })).toBe('script')
    expect(await locks.release({ ...taken, takenBy: 'user:eve' })).toEqual({ takenBy: 'user:anna' })
    expect(await locks.release({ ...taken, takenBy: null })).toBe('released')
  })
})
