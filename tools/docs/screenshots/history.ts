import { setTimeout as sleep } from 'node:timers/promises'
import type { Page as Listed, RestorePoint, RunSummary } from '@holdfast/contract'
import type { Page } from 'playwright-core'
import type { BankDisks } from './bank-disks.ts'
import { ADMIN, CONFIGURATION, emptyArchive, fillFolders, USERS, workForADay } from './firm.ts'
import type { FirmServer } from './firm-server.ts'

/** What pictures are taken of. */
export interface Firm {
  runs: Record<'good' | 'held' | 'failed' | 'warning' | 'running', string>
  point: string
}

const NIGHTLY = ['accounting', 'drawings', 'quality', 'projects-archive', 'sales-muenchen', 'homes-muenchen']
const LAST_NIGHT = [...NIGHTLY, 'milling-programs', 'erp-export', 'web-shop']
const NIGHTS = 4
const WAIT_MS = 90_000

/** Everything runs for real; afterwards the nights are moved to where they belong. */
export async function liveThroughDays(server: FirmServer, admin: Page, bank: BankDisks): Promise<Firm> {
  const api = new FirmApi(server.address, admin)
  fillFolders()
  await api.send('PUT', '/api/auth/me', { language: 'en', timeZone: 'Europe/Rome' })
  await api.send('PUT', '/api/secrets/chat-token', { value: 'not a real one' })
  await api.send('POST', '/api/config/apply', { document: CONFIGURATION })
  for (const { name, password, role, nodes, language } of USERS)
    await api.send('POST', '/api/users', { name, password, role, nodes, language, timeZone: 'Europe/Rome' })
  for (let night = NIGHTS; night >= 1; night--) {
    workForADay(NIGHTS - night)
    if (night === NIGHTS) await toTheBank(api, bank, 'Bank blue')
    for (const job of night === 1 ? LAST_NIGHT : NIGHTLY) await api.finished(await api.run(job))
    await server.inDatabase(async (pool) => {
      for (const statement of BACK_TO_NIGHT) await pool.query(statement.replace('$night', String(night - 1)))
    })
  }
  await server.inDatabase(async (pool) => void (await pool.query(AT_THE_BANK)))
  // Nothing was scanned yet: the guard asks, and what is approved ends with a warning.
  const empty = await api.run('scan-inbox')
  await until(async () => (await api.statusOf(empty)) === 'held')
  await api.send('POST', `/api/runs/${empty}/approve`)
  await api.finished(empty)
  await server.end()
  // The machine was switched off at noon of the day before.
  const missed = "update jobs set next_run_at = now() - interval '20 hours' where name = 'milling-programs'"
  await server.inDatabase(async (pool) => void (await pool.query(missed)))
  await server.begin()
  await signInElsewhere(server.address)
  await bank.plugIn('Bank red')
  await api.finished(await api.run('contracts'))
  return await liveThroughMorning(api)
}

/** A disk takes its copy and is carried away. */
async function toTheBank(api: FirmApi, bank: BankDisks, label: string): Promise<void> {
  await bank.plugIn(label)
  await api.finished(await api.run('contracts'))
  await bank.unplug(label)
}

async function liveThroughMorning(api: FirmApi): Promise<Firm> {
  workForADay(NIGHTS)
  await leaveOut(api, 'drawings', ['*.bak', '/temporary/'])
  const good = await api.run('drawings')
  await api.finished(good)
  const [point] = await api.list<RestorePoint>('/api/restore-points?job=drawings')
  if (!point) throw new Error('the job drawings has made no restore point')
  await api.send('PUT', `/api/restore-points/${point.id}/protected`, { protected: true })
  await api.send('POST', '/api/restore-points/verify', { points: [point.id], level: 'full' })
  await api.finished(await api.run('web-shop'))
  emptyArchive()
  const held = await api.run('projects-archive')
  const canceled = await api.run('vm-images')
  await until(async () => (await api.statusOf(canceled)) === 'running')
  await api.send('POST', `/api/runs/${canceled}/cancel`)
  await api.finished(canceled)
  await api.send('POST', '/api/notifications/it-team/test')
  await api.send('POST', '/api/locks/acquire', { name: 'veeam/nightly', holder: 'pre-job script of veeam01' })
  await until(async () => (await api.statusOf(held)) === 'held')
  await until(async () => (await api.list('/api/runs?outcome=missed')).length > 0)
  const running = await api.run('vm-images')
  await until(async () => (await api.statusOf(running)) === 'running')
  await sleep(6000)
  const latest = async (outcome: string) =>
    (await api.list<RunSummary>(`/api/runs?outcome=${outcome}`))[0]?.id ?? ''
  const [failed, warning] = [await latest('failed'), await latest('warning')]
  return { runs: { good, held, running, failed, warning }, point: point.id }
}

/** An edit, for the list of changes. */
async function leaveOut(api: FirmApi, job: string, exclude: string[]): Promise<void> {
  const { spec } = (await api.send('GET', `/api/jobs/${job}`)) as { spec: { config: object } }
  const changed = { ...spec, config: { ...spec.config, exclude } }
  await api.send('PUT', `/api/jobs/${job}`, changed, { 'if-match': '*' })
}

const AT_THE_BANK = `update disks set seen_at = seen_at - interval '${NIGHTS - 1} days'`

/** Runs that nobody has moved yet go to half past two of a night, in the order they had. */
const BACK_TO_NIGHT = [
  `create temporary table moved as
     select id, date_trunc('day', now() at time zone 'Europe/Rome' - interval '3 hours') at time zone 'Europe/Rome'
       + interval '2 hours 30 minutes' - interval '$night days' - min(created_at) over () as by_time
     from runs where trigger <> 'schedule'`,
  `update run_steps set started_at = started_at + by_time, finished_at = finished_at + by_time
     from moved where run_id = moved.id`,
  'update run_log set at = at + by_time from moved where run_id = moved.id',
  `update restore_points set taken_at = taken_at + by_time, finished_at = finished_at + by_time,
     verified_at = verified_at + by_time from moved where run_id = moved.id`,
  `update runs set trigger = 'schedule', started_by = null, created_at = created_at + by_time,
     slot_at = date_trunc('minute', created_at + by_time), started_at = started_at + by_time,
     finished_at = finished_at + by_time from moved where runs.id = moved.id`,
  'drop table moved',
]

/** Speaks to the server as the signed-in user of a window. */
class FirmApi {
  readonly #origin: string
  readonly #window: Page

  constructor(origin: string, window: Page) {
    this.#origin = origin
    this.#window = window
  }

  async send(
    method: string,
    path: string,
    data?: object,
    more: Record<string, string> = {},
  ): Promise<unknown> {
    const headers = { origin: this.#origin, ...more }
    const answer = await this.#window.request.fetch(path, { method, headers, ...(data ? { data } : {}) })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.status() === 204 ? null : await answer.json()
  }

  async list<T>(path: string): Promise<T[]> {
    return ((await this.send('GET', path)) as Listed<T>).items
  }

  async run(job: string): Promise<string> {
    return ((await this.send('POST', `/api/jobs/${job}/run`)) as { id: string }).id
  }

  async statusOf(run: string): Promise<string> {
    return ((await this.send('GET', `/api/runs/${run}`)) as { status: string }).status
  }

  finished(run: string): Promise<void> {
    return until(async () => (await this.statusOf(run)) === 'finished')
  }
}

/** Other browsers of the firm, for the list of sessions, and one who has forgotten a password. */
async function signInElsewhere(address: string): Promise<void> {
  const browsers = [
    ['192.168.20.31', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:152.0) Gecko/20100101 Firefox/152.0'],
    [
      '192.168.20.77',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 Version/19.2 Mobile/15E148 Safari/604.1',
    ],
  ] as const
  const signIn = (from: string, agent: string, body: object) =>
    fetch(`${address}/api/auth/login`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: address,
        'x-forwarded-for': from,
        'user-agent': agent,
      },
      body: JSON.stringify(body),
    })
  for (const [from, agent] of browsers) await signIn(from, agent, ADMIN)
  await signIn('192.168.20.44', browsers[0][1], { name: USERS[0].name, password: 'not this one' })
}

async function until(is: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + WAIT_MS
  while (!(await is())) {
    if (Date.now() > giveUpAt) throw new Error('the firm waits for something that does not come')
    await sleep(150)
  }
}
