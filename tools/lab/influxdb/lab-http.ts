import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'

export interface LabAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface LabLogin {
  readonly user: string
  readonly password: string
}

/** The least HTTP that the lab itself needs; it shares no code with the client under test. */
export class LabHttp {
  readonly #url: string
  readonly #login: LabLogin | null
  readonly #agent: http.Agent
  readonly #ca: Buffer | undefined

  constructor(url: string, login: LabLogin | null = null, caFile: string | null = null) {
    this.#url = url
    this.#login = login
    this.#ca = caFile === null ? undefined : readFileSync(caFile)
    this.#agent = url.startsWith('https:')
      ? new https.Agent({ keepAlive: true })
      : new http.Agent({ keepAlive: true })
  }

  async send(method: 'GET' | 'POST', path: string, body?: Buffer): Promise<LabAnswer> {
    const auth = this.#login ? { auth: `${this.#login.user}:${this.#login.password}` } : {}
    const options = { method, agent: this.#agent, ...auth, ...(this.#ca ? { ca: this.#ca } : {}) }
    const { request } = this.#url.startsWith('https:') ? https : http
    return await new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.#url), options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }))
        response.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** A query string; values may hold any character. */
export function queryOf(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString()
}
