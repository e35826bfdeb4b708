import { asHoldfastError, changeEvent, HoldfastError } from '@holdfast/contract'
import { sql } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import type { Change, ChangeSource } from '../api/ports.ts'
import { type Db, json, type Trx } from './schema.ts'

/** Channel of NOTIFY on which every process hears what changed. */
const CHANNEL = 'holdfast'

const payload = changeEvent.shape.data.extend({ nodeId: z.string().optional() })

/**
 * What a writer says about a change; the job of a run and the node of a job are looked up. A job that names further nodes
 * is told like one without a node: only without its id to those who are limited to some.
 */
type TopicOnly = Pick<Change, 'topic' | 'runId' | 'jobId'>

/**
 * Tells every process that listens, at the commit of the transaction and only if it commits. Equal changes of one
 * transaction are told once.
 */
export async function notifyChange(trx: Trx | Db, ...changes: TopicOnly[]): Promise<void> {
  if (changes.length === 0) return
  await sql`select pg_notify(${CHANNEL}, jsonb_strip_nulls(jsonb_build_object(
      'topic', change.topic, 'runId', change."runId", 'jobId', jobs.id, 'nodeId',
      case when jobs.named_node_ids = '{}' then jobs.node_id end))::text)
    from jsonb_to_recordset(${json(changes)}::jsonb) as change (topic text, "runId" text, "jobId" text)
    left join runs on change."jobId" is null and runs.id = change."runId"
    left join jobs on jobs.id = coalesce(change."jobId", runs.job_id)`.execute(trx)
}

type Handler = Parameters<ChangeSource['listen']>[0]

export interface ChangeSourceOptions {
  connection: pg.PoolConfig
  /** Hears of a connection that broke and is being made again. */
  onError: (error: Error) => void
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5000
/** How often the connection is asked whether it lives, and how long it may take to answer: a cut cable says nothing. */
const PROBE_MS = 15_000
const PROBE_ANSWER_MS = 5000

/**
 * Hears what {@link notifyChange} tells, in this process and in all others, through one connection of its own that is
 * open while somebody listens. After a break it is made again, and everybody hears `missed`.
 */
export function changeSource(options: ChangeSourceOptions): ChangeSource {
  const handlers = new Set<Handler>()
  let listener: Listener | undefined
  return {
    async listen(handler) {
      listener ??= new Listener(options, handlers)
      const mine = listener
      const entry: Handler = {
        change: (change) => handler.change(change),
        missed: () => handler.missed(),
      }
      handlers.add(entry)
      const leave = async () => {
        handlers.delete(entry)
        if (handlers.size > 0 || listener !== mine) return
        listener = undefined
        await mine.close()
      }
      try {
        await mine.ready
      } catch (thrown) {
        await leave()
        const reason = asHoldfastError(thrown).message
        throw new HoldfastError('database-unreachable', `cannot listen for changes: ${reason}`, {
          cause: thrown,
        })
      }
      return { [Symbol.asyncDispose]: leave }
    },
  }
}

class Listener {
  /** Fails when the first connection does; later ones are tried for ever. */
  readonly ready: Promise<void>
  readonly #options: ChangeSourceOptions
  readonly #handlers: ReadonlySet<Handler>
  #client: pg.Client | undefined
  #retry: NodeJS.Timeout | undefined
  readonly #probe: NodeJS.Timeout
  #pauseMs = FIRST_PAUSE_MS
  #closed = false

  constructor(options: ChangeSourceOptions, handlers: ReadonlySet<Handler>) {
    this.#options = options
    this.#handlers = handlers
    this.ready = this.#connect()
    this.#probe = setInterval(() => void this.#ask(), PROBE_MS)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#probe)
    clearTimeout(this.#retry)
    await this.#client?.end().catch(() => {})
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'holdfast-events',
      ...this.#options.connection,
      query_timeout: PROBE_ANSWER_MS,
    })
    this.#client = client
    client.on('notification', ({ channel, payload: text }) => {
      if (channel === CHANNEL && text) this.#told(text)
    })
    // Before the end of connect() its own failure says so; afterwards only these do.
    let isOpen = false
    const broken = (error: Error) => {
      if (!isOpen || this.#closed || this.#client !== client) return
      isOpen = false
      this.#reconnect(client, error)
    }
    client.on('error', broken)
    client.on('end', () => broken(new Error('the connection was closed')))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch (error) {
      void client.end().catch(() => {})
      throw error
    }
    isOpen = true
    if (this.#closed) await client.end()
  }

  #reconnect(broken: pg.Client, error: Error): void {
    this.#options.onError(error)
    void broken.end().catch(() => {})
    const again = async () => {
      try {
        await this.#connect()
      } catch {
        this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
        if (!this.#closed) this.#retry = setTimeout(again, this.#pauseMs)
        return
      }
      this.#pauseMs = FIRST_PAUSE_MS
      for (const handler of this.#handlers) handler.missed()
    }
    this.#retry = setTimeout(again, this.#pauseMs)
  }

  /** One that does not answer in time is thrown away, and with it goes its `end` event to `broken`. */
  async #ask(): Promise<void> {
    const client = this.#client
    try {
      await client?.query('select 1')
    } catch {
      await client?.end().catch(() => {})
    }
  }

  /** What cannot be read was sent by another version, or by hand: a hint lost, and nothing more. */
  #told(text: string): void {
    const change = payload.safeParse(parsed(text))
    if (!change.success) return
    const { nodeId, ...rest } = change.data
    for (const handler of this.#handlers) handler.change(nodeId === undefined ? rest : { ...rest, nodeId })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
