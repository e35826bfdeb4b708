import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { RunListFilter, Scope, Store } from '../../../server/src/engine/ports.ts'
import { migrate, openDatabase } from '../../../server/src/store/database.ts'
import { openEmbedded, waitForStop } from '../../../server/src/store/embedded/embedded.ts'
import { Queue } from '../../../server/src/store/runs/queue.ts'
import { createStore } from '../../../server/src/store/store.ts'
import type { BenchCase } from '../runner/bench-case.ts'
import { fillRuns, RUN_COUNT } from './fill-runs.ts'
import { RUN_FILTERS } from './run-filters.ts'

const CALLERS = 50
const CALLS_PER_CALLER = 12
const GOAL_MS = 50

const EVERYTHING: Scope = { nodeIds: null }
const TWO_NODES: Scope = { nodeIds: ['nod_000000000003', 'nod_000000000004'] }

/** The first page of the runs list as the store answers it, on an embedded database of its own. */
export async function runListCases(): Promise<BenchCase[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'holdfast-bench-'))
  const embedded = await openEmbedded({ dir: directory, log: () => {} })
  const connection = { ...embedded.connection }
  const database = openDatabase(connection, () => {}, { queryTimeoutMs: 0 })
  const queue = new Queue({ connection, onError: () => {}, sendOnly: true })
  try {
    await migrate(database.db)
    await fillRuns(database.pool)
    const store = createStore(database.db, queue)
    const cases: BenchCase[] = []
    for (const [name, filter] of Object.entries(RUN_FILTERS))
      cases.push(await measure(store, name, filter, EVERYTHING))
    const byTwo = { outcome: ['failed' as const], operation: 'job' as const }
    cases.push(await measure(store, 'outcome & operation on two nodes', byTwo, TWO_NODES))
    return cases
  } finally {
    await queue.stop()
    await database.close()
    await embedded.close()
    await waitForStop(directory)
    await rm(directory, { recursive: true, force: true })
  }
}

async function measure(store: Store, name: string, filter: RunListFilter, scope: Scope): Promise<BenchCase> {
  const times: number[] = []
  const call = async () => {
    const startedAt = performance.now()
    await store.runs.list(filter, scope)
    times.push(performance.now() - startedAt)
  }
  await Promise.all(Array.from({ length: CALLERS }, call))
  times.length = 0
  const caller = async () => {
    for (let count = 0; count < CALLS_PER_CALLER; count++) await call()
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  const p95 = percentile(times, 0.95)
  return {
    name: `first page of ${RUN_COUNT.toLocaleString('en')} runs, ${CALLERS} callers, p95 ms: ${name} (p50 ${percentile(times, 0.5).toFixed(1)})`,
    ours: p95,
    peer: null,
    ratio: null,
    goal: `under ${GOAL_MS}`,
    holds: p95 < GOAL_MS,
  }
}

/** The smallest value that the given share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
