import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openEmbedded, waitForStop } from '../../../server/src/store/embedded/embedded.ts'
import type { BenchCase } from '../runner/bench-case.ts'
import { fillRuns, RUN_COUNT } from './fill-runs.ts'
import { type ServedPlane, servePlane } from './http.ts'
import { percentile } from './runs-list.ts'

const CALLERS = 50
const CALLS_PER_CALLER = 20
const FOLLOWERS = 200
const LINES = 20
/** One person may only have so many streams. */
const FOLLOWED_BY_ONE = 25
/** Filters as a person sets them: two at a time. */
const QUERIES = [
  'job=job%207&outcome=failed',
  'kind=pbs-backup&outcome=missed',
  'outcome=failed&operation=job',
]

/** What the API does under load: lists, followers of a run, memory of an idle server. */
export async function httpCases(): Promise<BenchCase[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'holdfast-bench-http-'))
  try {
    await using served = await servePlane(directory, { worker: false })
    await sleep(5000)
    const idleBytes = await served.residentBytes()
    const embedded = await openEmbedded({ dir: path.join(directory, 'postgres'), log: () => {} })
    const pool = new pg.Pool({ ...embedded.connection })
    try {
      await fillRuns(pool)
      const lists: BenchCase[] = []
      for (const query of QUERIES) lists.push(await listCase(served, query, () => query))
      const ofJob = (caller: number) => `job=job%20${1 + caller}&outcome=failed`
      lists.push(await listCase(served, 'job=(one for each caller)&outcome=failed', ofJob))
      return [memoryCase(idleBytes), ...lists, await followCase(served, pool)]
    } finally {
      await pool.end()
      await embedded.close()
    }
  } finally {
    await waitForStop(path.join(directory, 'postgres'))
    await rm(directory, { recursive: true, force: true })
  }
}

function memoryCase(bytes: number): BenchCase {
  const ours = bytes / 1024 ** 2
  return {
    name: 'idle server, resident MiB',
    ours,
    peer: null,
    ratio: null,
    goal: 'under 250',
    holds: ours < 250,
  }
}

/** Callers that ask the same at the same time share an answer; those that do not, do not. */
async function listCase(
  served: ServedPlane,
  name: string,
  queryOf: (caller: number) => string,
): Promise<BenchCase> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CALLERS })
  const times: number[] = []
  const call = async (caller: number) => {
    const startedAt = performance.now()
    await get(`${served.address}/api/runs?${queryOf(caller)}`, served.headers, agent)
    times.push(performance.now() - startedAt)
  }
  await Promise.all(Array.from({ length: CALLERS }, (_, caller) => call(caller)))
  times.length = 0
  const calls = async (caller: number) => {
    for (let count = 0; count < CALLS_PER_CALLER; count++) await call(caller)
  }
  await Promise.all(Array.from({ length: CALLERS }, (_, caller) => calls(caller)))
  agent.destroy()
  const ours = percentile(times, 0.95)
  return {
    name: `GET /api/runs?${name}, ${CALLERS} callers, p95 ms (p50 ${percentile(times, 0.5).toFixed(1)})`,
    ours,
    peer: null,
    ratio: null,
    goal: 'under 50',
    holds: ours < 50,
  }
}

function get(address: string, headers: Record<string, string>, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get(address, { headers, agent }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${address}: ${answer.statusCode}`))
        answer.resume().on('end', resolve)
      })
      .on('error', reject)
  })
}

/** Lines written as a worker writes them, and when each follower has them. */
async function followCase(served: ServedPlane, pool: pg.Pool): Promise<BenchCase> {
  const runId = `run_${String(RUN_COUNT).padStart(12, '0')}`
  const delays: number[] = []
  const agent = new http.Agent({ keepAlive: true })
  const viewers: Record<string, string>[] = []
  while (viewers.length < FOLLOWERS / FOLLOWED_BY_ONE)
    viewers.push(await served.newViewer(`viewer-${viewers.length}`))
  const requests = await Promise.all(
    Array.from({ length: FOLLOWERS }, (_, index) => {
      const headers = viewers[index % viewers.length] ?? {}
      return follow(`${served.address}/api/runs/${runId}/events`, headers, agent, delays)
    }),
  )
  for (let position = 0; position < LINES; position++) {
    await pool.query(
      `with line as (insert into run_log (run_id, position, at, level, message, fields)
         values ($1, $2, now(), 'info', $3, '{}') returning 1)
       select pg_notify('holdfast', json_build_object('topic', 'runs', 'runId', $1::text)::text) from line`,
      [runId, position, `sent ${Date.now()}`],
    )
    await sleep(250)
  }
  await sleep(1000)
  for (const request of requests) request.destroy()
  agent.destroy()
  const ours = percentile(delays, 0.95)
  const isWhole = delays.length === FOLLOWERS * LINES
  return {
    name: `line to ${FOLLOWERS} followers of a run, p95 ms (p50 ${percentile(delays, 0.5).toFixed(0)}, ${delays.length} of ${FOLLOWERS * LINES} arrived)`,
    ours,
    peer: null,
    ratio: null,
    goal: 'under 200',
    holds: isWhole && ours < 200,
  }
}

async function follow(
  address: string,
  headers: Record<string, string>,
  agent: http.Agent,
  delays: number[],
): Promise<http.ClientRequest> {
  const request = http.get(address, { headers, agent })
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage]
  if (answer.statusCode !== 200) throw new Error(`followers are answered ${answer.statusCode}`)
  request.on('error', () => {})
  answer.setEncoding('utf8').on('error', () => {})
  answer.on('data', (text: string) => {
    for (const [, sentAt] of text.matchAll(/sent (\d+)/g)) delays.push(Date.now() - Number(sentAt))
  })
  return request
}
