import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Run, RunLogLine, RunStep } from '@holdfast/contract'
import { createLogger } from '../../kit/log.ts'
import type { Change, ChangeSource } from '../ports.ts'
import { LiveHub, type StreamRequest } from './hub.ts'

export const RUN_ID = 'run_0123456789ab'

/** A run, its log and the changes of the database, all in memory, with a count of what was read. */
export function fakeRun() {
  const handlers = new Set<Parameters<ChangeSource['listen']>[0]>()
  const lines: RunLogLine[] = []
  const state = {
    run: { id: RUN_ID, status: 'running', outcome: null } as unknown as Run,
    steps: [] as RunStep[],
    reads: { getRun: 0, listSteps: 0, readLog: 0 },
    subscriptions: 0,
    /** How long each read takes. */
    delayMs: 2,
    fails: false,
  }
  const pause = async () => {
    await new Promise((resolve) => setTimeout(resolve, state.delayMs))
    if (state.fails) throw new Error('the database went away')
  }
  const tell = (
    change: Change = { topic: 'runs', runId: RUN_ID, jobId: 'job_0123456789ab', nodeId: 'nod_a' },
  ) => {
    for (const handler of handlers) handler.change(change)
  }
  const changes: ChangeSource = {
    async listen(handler) {
      state.subscriptions += 1
      handlers.add(handler)
      return {
        async [Symbol.asyncDispose]() {
          handlers.delete(handler)
        },
      }
    },
  }
  const reader = {
    async getRun() {
      state.reads.getRun += 1
      const { run } = state
      await pause()
      return { ...run }
    },
    async listSteps() {
      state.reads.listSteps += 1
      const steps = [...state.steps]
      await pause()
      return steps
    },
    async readLog(_runId: string, after: number, limit: number) {
      state.reads.readLog += 1
      const found = lines.filter((line) => line.position > after).slice(0, limit)
      await pause()
      return found
    },
  }
  return {
    state,
    changes,
    reader,
    tell,
    missed: () => {
      for (const handler of handlers) handler.missed()
    },
    write(count = 1, message = 'a line') {
      for (let n = 0; n < count; n += 1) {
        lines.push({
          position: lines.length,
          at: '2026-01-01T00:00:00.000Z',
          level: 'info',
          message,
          fields: {},
        })
      }
    },
    finish() {
      state.run = { ...state.run, status: 'finished', outcome: 'success' }
    },
    resetReads() {
      state.reads = { getRun: 0, listSteps: 0, readLog: 0 }
    },
  }
}

export interface Received {
  event: string
  id: number | null
  data: unknown
  at: number
}

export interface Client {
  events: Received[]
  comments: number
  text: string
  headers: IncomingMessage['headers']
  isClosed: boolean
  /** Positions of all log lines received, in order. */
  positions(): number[]
  pause(): void
  resume(): void
  close(): void
}

/** A server whose streams are those of a hub; `open` connects a client that reads them. */
export async function openLive(fake: ReturnType<typeof fakeRun>, options: { heartbeatMs?: number } = {}) {
  const hub = new LiveHub({
    changes: fake.changes,
    reader: fake.reader,
    log: createLogger('silent'),
    ...options,
  })
  const access = { isAllowed: true, asked: 0 }
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://x')
    const streamRequest: StreamRequest = {
      response,
      headers: { 'x-frame-options': 'DENY' },
      userId: url.searchParams.get('user') ?? 'usr',
      accessKey: url.searchParams.get('session') ?? 'ses',
      isStillAllowed: async () => {
        access.asked += 1
        return access.isAllowed
      },
    }
    try {
      const nodes = url.searchParams.get('nodes')
      if (url.pathname === '/changes')
        await hub.followChanges(streamRequest, nodes === null ? null : nodes.split(','))
      else {
        const after = Number(url.searchParams.get('after') ?? -1)
        const changes = url.searchParams.has('changes') ? { nodeIds: nodes?.split(',') ?? null } : null
        await hub.followRun(streamRequest, { runId: RUN_ID, after, changes })
      }
    } catch (error) {
      response.writeHead(429).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const clients: Client[] = []
  return {
    hub,
    access,
    async open(path: string): Promise<Client> {
      const client = await connect(port, path)
      clients.push(client)
      return client
    },
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]()
      for (const client of clients) client.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function connect(port: number, path: string): Promise<Client> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path, host: '127.0.0.1' }, (response) => {
      const client: Client = {
        events: [],
        comments: 0,
        text: '',
        headers: response.headers,
        isClosed: false,
        positions: () =>
          client.events
            .filter(({ event }) => event === 'log')
            .flatMap(({ data }) => (data as RunLogLine[]).map(({ position }) => position)),
        pause: () => response.pause(),
        resume: () => response.resume(),
        close: () => request.destroy(),
      }
      let rest = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        client.text += chunk
        const parts = (rest + chunk).split('\n\n')
        rest = parts.pop() ?? ''
        for (const part of parts) take(client, part)
      })
      response.on('close', () => {
        client.isClosed = true
      })
      response.on('error', () => {})
      resolve(client)
    })
    request.on('error', reject)
    request.end()
  })
}

function take(client: Client, message: string): void {
  if (message.startsWith(':')) client.comments += 1
  const event = /^event: (.*)$/m.exec(message)?.[1]
  const id = /^id: (.*)$/m.exec(message)?.[1]
  const data = /^data: (.*)$/m.exec(message)?.[1]
  if (!event || data === undefined) return
  client.events.push({
    event,
    id: id === undefined ? null : Number(id),
    data: JSON.parse(data),
    at: performance.now(),
  })
}
