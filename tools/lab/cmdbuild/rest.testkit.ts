import type { CmdbuildLab } from './cmdbuild-lab.ts'

export interface RestAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: what the tests look into is what they check
  readonly body: any
}

/** Plain requests, as any client sends them. */
export class Rest {
  token: string | null = null
  readonly #base: string

  constructor(lab: { readonly url: string }) {
    this.#base = `${lab.url}/services/rest/v3`
  }

  /** Signed in. */
  static async as(lab: CmdbuildLab, role?: string): Promise<Rest> {
    const rest = new Rest(lab)
    const answer = await rest.login({ username: lab.user, password: lab.password, role })
    rest.token = answer.body.data._id
    return rest
  }

  async login(login: unknown, query = 'scope=service&returnId=true'): Promise<RestAnswer> {
    return await this.send('POST', `/sessions?${query}`, login)
  }

  async get(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<RestAnswer> {
    const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    return await this.send('GET', text.length === 0 ? path : `${path}?${text.join('&')}`)
  }

  async send(method: string, path: string, json?: unknown): Promise<RestAnswer> {
    const headers: Record<string, string> = { connection: 'close' }
    if (this.token !== null) headers['CMDBuild-Authorization'] = this.token
    const body = json === undefined ? null : JSON.stringify(json)
    const answer = await fetch(`${this.#base}${path}`, { method, headers, body })
    const text = await answer.text()
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
}

/** The text of the first message of a failure. */
export function said(answer: RestAnswer): string {
  return answer.body.messages[0].message
}
