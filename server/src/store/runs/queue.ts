import type { RunOperation } from '@holdfast/contract'
import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import type { NotificationMessage } from '../../engine/ports.ts'
import type { Trx } from '../schema.ts'

/**
 * The queue carries hints, the run row is the truth: a message says "look at run X", may come twice, and does harm
 * neither twice nor late. pg-boss gives what is hard to get right: claims, heartbeats of the process that works on a
 * message, redelivery when they stop, delayed delivery, and wake-up by NOTIFY.
 */

/** Seconds without a sign of life after which a message goes to another worker. pg-boss allows no less than 10. */
const HEARTBEAT_SECONDS = 10
/**
 * The most pg-boss allows is below a day. A run that takes longer is not ended by it: the message expires, comes again
 * and finds the run owned, while the first worker goes on until the time limit of the job.
 */
const EXPIRE_SECONDS = 86_400 - 60

interface RunMessage {
  runId: string
}

/** A run to look at, at once or later. */
interface RunHint {
  runId: string
  site: string
  operation: RunOperation
  after?: Date | null
}

/** Previews have places of their own: somebody waits for them, and all others may be taken for hours. */
const PREVIEWS_AT_ONCE = 2

const NOTIFY_QUEUE = 'notifications'

/**
 * Throws all messages away. After a restore of the database they speak of runs of another time; a worker sends new ones
 * when it starts.
 */
export async function clearQueue(pool: pg.Pool): Promise<void> {
  await pool.query('drop schema if exists pgboss cascade')
}

export interface QueueOptions {
  connection: pg.PoolConfig
  onError: (error: Error) => void
  /** A process that only sends needs no supervision loops and no listener. */
  sendOnly: boolean
}

/** What the queue loads on first use; also for who must have it before. */
export const loadPgBoss = () => import('pg-boss')

export class Queue {
  readonly #options: QueueOptions
  readonly #ready = new Set<string>()
  #made: Promise<PgBoss> | undefined
  #started: Promise<PgBoss> | undefined
  #stopped = false

  constructor(options: QueueOptions) {
    this.#options = options
  }

  async #make(): Promise<PgBoss> {
    const options = this.#options
    const { PgBoss } = await loadPgBoss()
    // Passed on to pg.Pool as they are; a dead connection must not keep the queue waiting for ever.
    const connection: object = { ...options.connection, keepAlive: true, query_timeout: 60_000 }
    const boss = new PgBoss({
      ...connection,
      application_name: 'holdfast-queue',
      schema: 'pgboss',
      max: options.sendOnly ? 1 : 4,
      schedule: false,
      supervise: !options.sendOnly,
      superviseIntervalSeconds: 2,
      monitorIntervalSeconds: 2,
      useListenNotify: !options.sendOnly,
    })
    boss.on('error', (error) => {
      if (!this.#stopped) options.onError(error)
    })
    return boss
  }

  /** Loaded and started on first use: most commands only read and need no queue. */
  #start(): Promise<PgBoss> {
    this.#made ??= this.#make().catch((error) => {
      this.#made = undefined
      throw error
    })
    this.#started ??= this.#made
      .then((boss) => boss.start())
      .catch((error) => {
        // Not remembered: the next message tries again.
        this.#started = undefined
        throw error
      })
    return this.#started
  }

  async stop(): Promise<void> {
    if (!this.#started) return
    const boss = await this.#started
    await boss.stop({ graceful: !this.#options.sendOnly, timeout: 30_000, close: true })
    this.#stopped = true
  }

  /** Makes sure that the tables of the queue exist. */
  async ready(): Promise<void> {
    await this.#start()
  }

  /** Makes the queues of a site. */
  async ensure(site: string): Promise<void> {
    await this.#ensure(`runs.${site}`)
    await this.#ensure(`plans.${site}`)
  }

  async #ensure(name: string): Promise<string> {
    if (this.#ready.has(name)) return name
    const boss = await this.#start()
    await boss.createQueue(name, {
      policy: 'standard',
      retryLimit: 1000,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
      retentionSeconds: 30 * 86_400,
      deleteAfterSeconds: 600,
      notify: true,
    })
    this.#ready.add(name)
    return name
  }

  /** Sends messages inside the caller's transaction: they exist if and only if the runs do. */
  async send(trx: Trx, messages: RunHint[]): Promise<void> {
    const { fromKysely } = await loadPgBoss()
    const byQueue = Map.groupBy(messages, ({ site, operation }) =>
      operation === 'plan' ? `plans.${site}` : `runs.${site}`,
    )
    for (const [queue, group] of byQueue) {
      const name = await this.#ensure(queue)
      const jobs = group.map(({ runId, after }) => ({
        data: { runId } satisfies RunMessage,
        ...(after ? { startAfter: after } : {}),
      }))
      const boss = await this.#start()
      await boss.insert(name, jobs, { db: fromKysely(trx) })
    }
  }

  /** Sends messages to be delivered, inside the transaction that made them true. */
  async sendNotifications(trx: Trx, messages: NotificationMessage[]): Promise<void> {
    if (messages.length === 0) return
    await this.#ensureNotifications()
    const [boss, { fromKysely }] = await Promise.all([this.#start(), loadPgBoss()])
    const jobs = messages.map((message) => ({ data: { ...message } }))
    await boss.insert(NOTIFY_QUEUE, jobs, { db: fromKysely(trx) })
  }

  /** A message whose handling throws comes again with growing pauses, for about a day. */
  async workNotifications(handle: (message: NotificationMessage) => Promise<void>): Promise<void> {
    await this.#ensureNotifications()
    const boss = await this.#start()
    const options = { batchSize: 1, pollingIntervalSeconds: 5, notifyPollingIntervalSeconds: 30 }
    let id: string | undefined
    id = await boss.work<NotificationMessage>(NOTIFY_QUEUE, options, async (messages) => {
      for (const message of messages) await handle(message.data)
      if (id) boss.notifyWorker(id)
    })
  }

  /** Makes sure that the queue of messages to receivers exists. */
  async readyToNotify(): Promise<void> {
    await this.#ensureNotifications()
  }

  async #ensureNotifications(): Promise<void> {
    if (this.#ready.has(NOTIFY_QUEUE)) return
    const boss = await this.#start()
    await boss.createQueue(NOTIFY_QUEUE, {
      policy: 'standard',
      retryLimit: 12,
      retryDelay: 30,
      retryBackoff: true,
      retryDelayMax: 7200,
      expireInSeconds: 120,
      deleteAfterSeconds: 86_400,
      notify: true,
    })
    this.#ready.add(NOTIFY_QUEUE)
  }

  async pause(site: string): Promise<void> {
    const boss = await this.#started
    if (!boss) return
    await boss.offWork(`runs.${site}`, { wait: false })
    await boss.offWork(`plans.${site}`, { wait: false })
  }

  async work(site: string, concurrency: number, handle: (runId: string) => Promise<void>): Promise<void> {
    await this.#work(`runs.${site}`, concurrency, handle)
    await this.#work(`plans.${site}`, PREVIEWS_AT_ONCE, handle)
  }

  async #work(queue: string, concurrency: number, handle: (runId: string) => Promise<void>): Promise<void> {
    const name = await this.#ensure(queue)
    const boss = await this.#start()
    const options = { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 }
    for (let slot = 0; slot < concurrency; slot++) {
      let id: string | undefined
      id = await boss.work<RunMessage>(name, options, async (messages) => {
        for (const message of messages) await handle(message.data.runId)
        // Without this the next message of a backlog would wait for the next poll.
        if (id) boss.notifyWorker(id)
      })
    }
  }
}
