import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { smtpRefusal, startSmtp } from '../../clients/smtp/smtp.testkit.ts'
import { rememberSecret } from '../../kit/secrets.ts'
import { deliver } from '../../notify/deliver.ts'
import { receiverRules } from '../../notify/receiver-address.ts'
import { PHRASES } from '../../wiring/phrases.ts'
import type { EngineDeps } from '../deps.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import { sendDigests } from '../upkeep/digest.ts'
import { MOST_ATTEMPTS, resendDeliveries, tell } from './notifications.ts'

let lab: EngineLab
let notify: EngineDeps['notify']

const hook = (rest: object = {}) => ({
  name: 'chat',
  kind: 'webhook',
  url: 'http://127.0.0.1:9/',
  on: ['success'],
  ...rest,
})
const away = new HoldfastError('notification-unreachable', 'chat.example.org answered 503 to canary-t0ken')
const refused = new HoldfastError('notification-refused', 'chat.example.org answered 404')

beforeEach(async () => {
  rememberSecret('canary-t0ken')
  notify = async () => {}
  lab = await openEngineLab([scriptedDriver()], { notify: (spec, told) => notify(spec, told) })
})
afterEach(() => lab[Symbol.asyncDispose]())

/** A run has ended, and its message waits. Returns the id of the delivery. */
async function waiting({ notifications = [hook()] as object[] } = {}): Promise<string> {
  await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }], notifications })
  const { id } = await lab.control.startJob('a', { by: 'anna' })
  const owner = { claim: id, workerId: 'wrk_000000000000', now: new Date() }
  const result = await lab.deps.store.runs.claim(id, owner, () => ({ action: 'start', locks: [] }))
  if (result.state !== 'claimed') throw new Error(result.state)
  const at = '2026-08-20T00:30:02.000Z'
  const line = { runId: id, position: 0, at, level: 'info' as const, message: 'it began', fields: {} }
  const end = { steps: [], lines: [line], error: null, report: null, assets: [], vaultSize: null }
  await lab.deps.store.runs.finish(result.run, { ...end, outcome: 'success' })
  return (await newest()).id
}

async function newest() {
  const [first] = (await lab.control.listDeliveries({})).items
  if (!first) throw new Error('there is no delivery')
  return first
}

async function messages(): Promise<string[]> {
  const { rows } = await lab.test.database.pool.query<{ id: string }>(
    `select data ->> 'deliveryId' as id from pgboss.job where name = 'notifications' and state < 'completed'`,
  )
  return rows.map(({ id }) => id)
}

const loseMessages = () => lab.test.database.pool.query(`delete from pgboss.job where name = 'notifications'`)
const age = (interval: string) =>
  lab.test.database.pool.query('update deliveries set created_at = created_at - $1::interval', [interval])

describe('a delivery', () => {
  test('waits, is tried, and is sent once', async () => {
    const deliveryId = await waiting()
    expect(await newest()).toMatchObject({
      ...{ notification: 'chat', subject: 'run', event: 'success', jobName: 'a', state: 'waiting' },
      ...{ attempts: 0, problem: null, lastTriedAt: null },
    })
    let tries = 0
    notify = async () => {
      tries += 1
    }
    await tell(lab.deps, { deliveryId })
    await tell(lab.deps, { deliveryId })
    expect(tries).toBe(1)
    expect(await newest()).toMatchObject({ state: 'sent', attempts: 1, lastTriedAt: expect.any(String) })
  })

  test('to a receiver that is away goes on waiting with its problem, until the last try', async () => {
    const deliveryId = await waiting()
    notify = async () => {
      throw away
    }
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      await expect(tell(lab.deps, { deliveryId })).rejects.toBe(away)
      expect(await newest()).toMatchObject({ state: 'waiting', attempts: attempt })
    }
    await tell(lab.deps, { deliveryId })
    const { state, attempts, problem } = await newest()
    expect([state, attempts]).toEqual(['failed', MOST_ATTEMPTS])
    expect(problem).toBe(`chat.example.org answered 503 to ***. ${away.hint}`)
  })

  test('that is refused, or whose notification is gone, has failed at once', async () => {
    notify = async () => {
      throw refused
    }
    await tell(lab.deps, { deliveryId: await waiting() })
    expect(await newest()).toMatchObject({ state: 'failed', problem: `${refused.message}. ${refused.hint}` })
    const deliveryId = await waiting()
    await lab.control.deleteObject('notifications', 'chat', { by: 'anna', revision: null })
    await tell(lab.deps, { deliveryId })
    expect(await newest()).toMatchObject({ state: 'failed', problem: expect.stringContaining('deleted') })
  })

  test('whose process died while it was sent is still told as waiting, and sent again', async () => {
    const deliveryId = await waiting()
    notify = () => new Promise(() => {})
    void tell(lab.deps, { deliveryId })
    await expect.poll(async () => (await newest()).attempts).toBe(1)
    expect(await newest()).toMatchObject({ state: 'waiting', lastTriedAt: expect.any(String) })
    notify = async () => {}
    await tell(lab.deps, { deliveryId })
    expect(await newest()).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('that lost its message gets a new one; what is too old is given up', async () => {
    const deliveryId = await waiting()
    expect(await messages()).toEqual([deliveryId])
    await age('1 hour')
    await resendDeliveries(lab.deps)
    expect(await messages()).toEqual([deliveryId])
    await loseMessages()
    await Promise.all([resendDeliveries(lab.deps), resendDeliveries(lab.deps)])
    expect(await messages()).toContain(deliveryId)
    await loseMessages()
    await age('3 days')
    await resendDeliveries(lab.deps)
    expect(await messages()).toEqual([])
    expect(await newest()).toMatchObject({ state: 'failed', problem: expect.stringContaining('too old') })
  })

  test('is listed newest first, in pages, by notification, state and run, and forgotten after 90 days', async () => {
    const ids = [await waiting(), await waiting(), await waiting()].reverse()
    const first = await lab.control.listDeliveries({ limit: 2 })
    const second = await lab.control.listDeliveries({ limit: 2, after: first.next ?? undefined })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids)
    expect(second.next).toBeNull()
    const { runId } = await newest()
    const count = async (filter: object) => (await lab.control.listDeliveries(filter)).items.length
    expect(await count({ runId })).toBe(1)
    expect(await count({ notification: 'chat', state: 'waiting' })).toBe(3)
    expect(await count({ notification: 'other' })).toBe(0)
    expect(await count({ state: 'sent' })).toBe(0)
    await lab.test.database.pool.query(
      `update deliveries set created_at = now() - interval '91 days' where run_id = $1`,
      [runId],
    )
    await lab.deps.store.forgetOld()
    expect(await count({})).toBe(2)
  })
})

describe('a mail that only some have got', () => {
  const mail = (rest: object) => ({
    ...{ name: 'ops', kind: 'mail', from: 'holdfast@example.org', to: ['anna@example.org'] },
    ...{ on: ['success'], ...rest },
  })

  test('goes to the others alone when it is tried again, and who was refused for good is told at the end', async () => {
    let isSlow = true
    await using smtp = await startSmtp('unused', {
      onRcptTo: ({ address }, _session, done) => {
        if (address.startsWith('gone')) return done(smtpRefusal(550, 'no such user'))
        done(address.startsWith('slow') && isSlow ? smtpRefusal(451, 'greylisted') : null)
      },
    })
    const signal = new AbortController().signal
    const receivers = receiverRules([])
    notify = (spec, told) =>
      deliver(
        spec,
        { ...told, holdfastUrl: null, phrases: PHRASES },
        { resolveSecret: async () => '', receivers, signal },
      )
    const disk = { uuid: '6BCA-E8FE', label: 'Größe 1' }
    await lab.apply({
      vaults: [
        {
          ...{ name: 'rotating', kind: 'disk-set' },
          disks: [{ ...disk, mail: ['slow@example.org', 'gone@example.org', 'bruno@example.org'] }],
        },
      ],
      notifications: [
        mail({
          ...{ smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none' }, attachLog: 'always' },
          cc: ['boss@example.org'],
        }),
      ],
    })
    const deliveryId = await waiting({ notifications: [] })
    const used = { ...disk, freeBytes: 1, totalBytes: 2, safeToRemove: true }
    await lab.test.database.pool.query('update runs set disk = $1', [JSON.stringify(used)])

    await expect(tell(lab.deps, { deliveryId })).rejects.toMatchObject({ code: 'notification-unreachable' })
    expect(smtp.mails.map(({ to }) => to)).toEqual([
      ['anna@example.org', 'bruno@example.org', 'boss@example.org'],
    ])
    expect(smtp.mails[0]?.source).toContain('filename=run_')
    expect(await newest()).toMatchObject({ state: 'waiting', problem: expect.stringContaining('slow@') })
    isSlow = false
    await tell(lab.deps, { deliveryId })
    expect(smtp.mails.map(({ to }) => to).slice(1)).toEqual([['slow@example.org']])
    expect(await newest()).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('gone@example.org'),
    })
  })
})

describe('a test message', () => {
  test('says how it went instead of throwing, also of a notification that is switched off', async () => {
    await lab.apply({ notifications: [hook({ enabled: false })] })
    const by = { by: 'user:anna' }
    const sent = await lab.control.testNotification('chat', by)
    expect(sent).toMatchObject({ subject: 'test', state: 'sent', attempts: 1, problem: null })
    notify = async () => {
      throw away
    }
    const failed = await lab.control.testNotification('chat', by)
    expect(failed).toMatchObject({
      state: 'failed',
      // No word of a later try, which a test does not get.
      problem: 'chat.example.org answered 503 to ***',
    })
    expect(await newest()).toEqual(failed)
    await expect(lab.control.testNotification('other', by)).rejects.toMatchObject({ code: 'name-unknown' })
    expect((await lab.control.listAudit({})).items[0]).toMatchObject({
      action: 'notification.test',
      by: by.by,
    })
  })

  test('that was interrupted is told as failed and never sent later', async () => {
    await lab.apply({ notifications: [hook()] })
    notify = () => new Promise(() => {})
    void lab.control.testNotification('chat', { by: 'anna' })
    await expect.poll(async () => (await lab.control.listDeliveries({})).items.length).toBe(1)
    await age('1 hour')
    await resendDeliveries(lab.deps)
    expect(await newest()).toMatchObject({ state: 'failed', problem: expect.stringContaining('interrupted') })
  })
})

test('digest, run and test message arrive at a real mail server and a real webhook, and the log says so', async () => {
  const bodies: { event: string; url: string | null; text: string; digest?: { runs: object } }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    bodies.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await using smtp = await startSmtp('unused')
  const { port } = server.address() as AddressInfo
  const resolveSecret = async () => ''
  const receivers = receiverRules(['127.0.0.1'])
  const signal = new AbortController().signal
  const holdfastUrl = 'https://backup.example.org'
  notify = (spec, told) =>
    deliver(spec, { ...told, holdfastUrl, phrases: PHRASES }, { resolveSecret, receivers, signal })
  const common = { on: ['success'], digest: { at: '00:00' } }
  await lab.apply({
    jobs: [{ name: 'a', kind: 'scripted' }],
    notifications: [
      hook({ url: `http://127.0.0.1:${port}/`, ...common }),
      {
        ...{ ...common, name: 'ops', kind: 'mail', language: 'it' },
        ...{ from: 'holdfast@example.org', to: ['anna@example.org'] },
        smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none' },
      },
    ],
  })
  await lab.startWorker()
  const run = await lab.control.startJob('a', { by: 'anna' })
  await lab.finished(run.id)
  await lab.control.testNotification('chat', { by: 'anna' })
  await lab.control.testNotification('ops', { by: 'anna' })
  await lab.test.database.pool.query(`update notifications set updated_at = now() - interval '2 days'`)
  await sendDigests(lab.deps)

  const isAllSent = async () => (await lab.control.listDeliveries({ state: 'sent' })).items.length === 6
  await expect.poll(isAllSent, { timeout: 30_000 }).toBe(true)
  expect(bodies.map(({ event }) => event).sort()).toEqual(['digest', 'success', 'test'])
  expect(bodies.find(({ event }) => event === 'success')?.url).toBe(`${holdfastUrl}/runs/${run.id}`)
  expect(bodies.find(({ event }) => event === 'digest')).toMatchObject({
    digest: { to: expect.stringMatching(/T00:00:00.000Z$/), problems: [] },
    text: expect.stringContaining('Summary:'),
  })
  const subjects = smtp.mails.map(({ source }) => /^Subject: (.*)$/m.exec(source)?.[1]).sort()
  expect(subjects).toEqual([
    expect.stringContaining('Riepilogo'),
    '[Holdfast] a: completato',
    '[Holdfast] messaggio di prova',
  ])
  server.close()
})
