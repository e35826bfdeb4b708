import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TakenWrite {
  readonly db: string
  readonly rp: string
  readonly lines: string[]
}

const LINE = /^\S+(?:\\ \S+)* \S.*[^,] -?\d{1,19}$/su

/** Refuses what the interface of InfluxDB 2.x and 3.x for clients of 1.x would refuse. */
function wrongWith({ method, headers }: IncomingMessage, url: URL, body: string): string | null {
  if (method !== 'POST') return `${method} is not allowed`
  if (headers.authorization !== 'Token the token') return 'unauthorized access'
  if (!headers['content-type']?.startsWith('text/plain')) return 'the body is no text'
  if (headers['content-length'] === undefined) return 'the length is missing'
  const names = [...url.searchParams.keys()].sort().join(',')
  if (names !== 'db,precision,rp') return `the parameters are ${names}`
  if (url.searchParams.get('precision') !== 'ns') return 'another precision'
  const wrong = body.endsWith('\n')
    ? linesOf(body).find((line) => !LINE.test(line))
    : 'no end of the last line'
  return wrong === undefined ? null : `unable to parse '${wrong}'`
}

const linesOf = (body: string) => body.split('\n').filter((line) => line !== '')

/** Stands in for InfluxDB 2.x or 3.x, which no Debian package brings: it looks at requests, and keeps what it takes. */
export class StandIn implements AsyncDisposable {
  readonly taken: TakenWrite[] = []
  readonly #server: Server
  /** Databases without a mapping, as 2.x has them. */
  readonly unknown = new Set<string>()

  private constructor() {
    this.#server = createServer(async (incoming, answer) => {
      const url = new URL(incoming.url ?? '', 'http://stand-in')
      if (url.pathname === '/ping') return answer.writeHead(204, { 'x-influxdb-version': '2.7.1' }).end()
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk)
      const body = Buffer.concat(chunks).toString('utf8')
      const refuse = (status: number, code: string, message: string) =>
        answer
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify({ code, message }))
      if (url.pathname !== '/write') return refuse(404, 'not found', 'path not found')
      const wrong = wrongWith(incoming, url, body)
      if (wrong !== null) return refuse(wrong.startsWith('unauthorized') ? 401 : 400, 'invalid', wrong)
      const [db, rp] = [url.searchParams.get('db') ?? '', url.searchParams.get('rp') ?? '']
      if (this.unknown.has(db)) return refuse(404, 'not found', `no dbrp mapping found for database "${db}"`)
      this.taken.push({ db, rp, lines: linesOf(body) })
      return answer.writeHead(204).end()
    })
  }

  static async start(): Promise<StandIn> {
    const standIn = new StandIn()
    standIn.#server.listen(0, '127.0.0.1')
    await once(standIn.#server, 'listening')
    return standIn
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
