import {
  type RunOperation,
  type RunOutcome,
  type RunStatus,
  runOperation,
  runOutcome,
  runStatus,
} from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import type { RunListFilter, Scope } from '../../engine/ports.ts'
import { cursorOf } from '../cursor.ts'
import { openTestStore, type TestStore } from '../testkit/test-store.ts'

interface Row {
  id: string
  job: string
  kind: string
  operation: RunOperation
  status: RunStatus
  outcome: RunOutcome | null
  /** Microseconds: more than one run falls into a millisecond. */
  at: number
}

const JOBS = ['job_aaaaaaaaaaaa', 'job_bbbbbbbbbbbb', 'job_cccccccccccc'] as const
const NODE_OF: Readonly<Record<string, string | null>> = {
  [JOBS[0]]: 'nod_1',
  [JOBS[1]]: 'nod_2',
  [JOBS[2]]: null,
}
const KINDS = ['x', 'y']
const START = Date.parse('2026-11-20T10:00:00.000Z') * 1000
const STEP_MICROS = 150

let place: TestStore
let rows: Row[]

/** Every state in every job, in an order that mixes them. */
function makeRows(): Row[] {
  const states: Pick<Row, 'status' | 'outcome'>[] = [
    ...runOutcome.options.map((outcome) => ({ status: 'finished' as const, outcome })),
    ...runStatus.options
      .filter((status) => status !== 'finished')
      .map((status) => ({ status, outcome: null })),
  ]
  return Array.from({ length: 600 }, (_, index) => {
    const mixed = (index * 7919) % 600
    const state = states[mixed % states.length] ?? { status: 'queued' as const, outcome: null }
    return {
      id: `run_${String(index).padStart(12, '0')}`,
      job: JOBS[mixed % JOBS.length] ?? '',
      kind: KINDS[mixed % KINDS.length] ?? '',
      operation: runOperation.options[(mixed >> 3) % runOperation.options.length] ?? 'job',
      ...state,
      // Two at a time have the same instant: their ids decide.
      at: START + Math.floor(index / 2) * STEP_MICROS,
    }
  })
}

beforeAll(async () => {
  place = await openTestStore()
  const { pool } = place.database
  await pool.query(
    `insert into nodes (id, name, spec, revision) values ('nod_1', 'one', '{}', 1), ('nod_2', 'two', '{}', 1)`,
  )
  for (const id of JOBS) {
    await pool.query(
      `insert into jobs (id, name, spec, revision, kind, enabled, site, node_id) values ($1, $1, '{}', 1, 'x', true, 'main', $2)`,
      [id, NODE_OF[id]],
    )
  }
  rows = makeRows()
  await pool.query(
    `insert into runs (id, job_id, node_id, job_kind, operation, trigger, site, status, outcome, created_at, plan, report)
     select id, job, (select node_id from jobs where jobs.id = row.job), kind, operation, 'manual', 'main', status, outcome,
       timestamptz 'epoch' + at * interval '1 microsecond', '{"summary": "big"}',
       case when outcome is not null then '{"summary": "told", "bytesMoved": 5000000000, "warnings": ["a", "b"]}'::jsonb end
     from jsonb_to_recordset($1) as row (id text, job text, kind text, operation text, status text, outcome text, at float8)`,
    [JSON.stringify(rows)],
  )
})
afterAll(() => place[Symbol.asyncDispose]())

const EVERYTHING: Scope = { nodeIds: null }
const instant = (micros: number) => new Date(micros / 1000).toISOString()

/** The same filter in plain words. */
function expected(filter: RunListFilter, scope: Scope): string[] {
  return rows
    .filter(
      (row) =>
        (filter.operation === undefined ? row.operation !== 'plan' : row.operation === filter.operation) &&
        (filter.jobId === undefined || row.job === filter.jobId) &&
        (filter.kind === undefined || row.kind === filter.kind) &&
        (filter.status === undefined || filter.status.includes(row.status)) &&
        (filter.outcome === undefined || (row.outcome !== null && filter.outcome.includes(row.outcome))) &&
        (filter.from === undefined || row.at >= Date.parse(filter.from) * 1000) &&
        (filter.to === undefined || row.at < Date.parse(filter.to) * 1000) &&
        (scope.nodeIds === null || scope.nodeIds.includes(NODE_OF[row.job] ?? '')),
    )
    .toSorted((a, b) => b.at - a.at || (b.id < a.id ? -1 : 1))
    .map((row) => row.id)
}

/** Every page, one after the other. */
async function listed(filter: RunListFilter, scope: Scope): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await place.store.runs.list({ ...filter, after }, scope)
    ids.push(...page.items.map((run) => run.id))
    after = page.next ?? undefined
  } while (after !== undefined)
  return ids
}

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
const micros = fc.integer({ min: -10, max: 60 }).map((ms) => instant(START + ms * 1000))

const filters: fc.Arbitrary<RunListFilter> = fc.record({
  jobId: maybe(fc.constantFrom(...JOBS, 'job_dddddddddddd')),
  kind: maybe(fc.constantFrom(...KINDS, 'z')),
  operation: maybe(fc.constantFrom(...runOperation.options)),
  status: maybe(fc.uniqueArray(fc.constantFrom(...runStatus.options), { minLength: 1 })),
  outcome: maybe(fc.uniqueArray(fc.constantFrom(...runOutcome.options), { minLength: 1 })),
  from: maybe(micros),
  to: maybe(micros),
})
const scopes: fc.Arbitrary<Scope> = fc.record({
  nodeIds: fc.constantFrom(null, null, ['nod_1'], ['nod_1', 'nod_2'], []),
})

describe('the list of runs', () => {
  test('brings whatever matches once, newest first, page by page, by any filters and scope', async () => {
    await fc.assert(
      fc.asyncProperty(filters, scopes, fc.constantFrom(7, 50, 200), async (filter, scope, limit) => {
        expect(await listed({ ...filter, limit }, scope)).toEqual(expected(filter, scope))
      }),
      { numRuns: 150 },
    )
  })

  test('tells of the report what a list shows, and never the plan', async () => {
    const { items } = await place.store.runs.list({ outcome: ['warning'], limit: 1 }, EVERYTHING)
    expect(items).toMatchObject([
      { summary: 'told', bytesMoved: 5_000_000_000, warningCount: 2, jobName: items[0]?.jobId },
    ])
    expect(Object.keys(items[0] ?? {})).not.toEqual(expect.arrayContaining(['plan']))
    const live = await place.store.runs.list({ status: ['held'], limit: 1 }, EVERYTHING)
    expect(live.items).toMatchObject([{ summary: null, bytesMoved: null, warningCount: 0 }])
  })

  test.each(['', 'nonsense', cursorOf('1', 'run_x'), cursorOf('x', 'run_000000000000')])(
    'refuses %j as the end of a page',
    async (after) => {
      const asked = place.store.runs.list({ after }, EVERYTHING)
      await expect(asked).rejects.toMatchObject({ code: 'request-invalid' })
    },
  )
})

test('active runs are the live ones, the oldest first, without previews', async () => {
  const live = expected({ status: runStatus.options.filter((status) => status !== 'finished') }, EVERYTHING)
  const active = await place.store.runs.active(1000, EVERYTHING)
  expect(active.map((run) => run.id)).toEqual(live.toReversed())
  const some = await place.store.runs.active(5, { nodeIds: ['nod_2'] })
  expect(some.map((run) => run.jobId)).toEqual(Array(5).fill(JOBS[1]))
})
