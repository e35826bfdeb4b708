import type { VeeamLab } from './veeam-lab.ts'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Record<string, unknown> & { data?: Row[]; pagination?: Record<string, number> }
}

export type Row = Readonly<Record<string, unknown>>

/** The least client that the tests of the simulator need; it shares no code with the real one. */
export class LabClient {
  readonly #lab: VeeamLab
  readonly #version: string | null
  token = ''
  refreshToken = ''

  constructor(lab: VeeamLab, version: string | null = '1.3-rev2') {
    this.#lab = lab
    this.#version = version
  }

  static async signedIn(lab: VeeamLab, version = '1.3-rev2'): Promise<LabClient> {
    const client = new LabClient(lab, version)
    await client.grant({ grant_type: 'password', username: lab.user, password: lab.password })
    return client
  }

  async send(path: string, init: RequestInit = {}): Promise<Answered> {
    const headers = new Headers(init.headers)
    if (this.#version !== null) headers.set('x-api-version', this.#version)
    if (this.token !== '') headers.set('authorization', `Bearer ${this.token}`)
    const answer = await fetch(`${this.#lab.url}${path}`, { ...init, headers })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
    return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : {} }
  }

  async grant(form: Readonly<Record<string, string>>): Promise<Answered> {
    const answer = await this.send('/api/oauth2/token', { method: 'POST', body: new URLSearchParams(form) })
    if (answer.status !== 200) return answer
    this.token = String(answer.json.access_token)
    this.refreshToken = String(answer.json.refresh_token)
    return answer
  }

  /** `GET` below `/api/v1`. */
  async get(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const search = new URLSearchParams(query).toString()
    return await this.send(`/api/v1/${path}${search === '' ? '' : `?${search}`}`)
  }

  /** The rows of a list, which must be answered. */
  async rows(path: string, query: Readonly<Record<string, string>> = {}): Promise<Row[]> {
    const { status, json } = await this.get(path, query)
    if (status !== 200 || !json.data) throw new Error(`${path}: ${status} ${JSON.stringify(json)}`)
    return json.data
  }
}
