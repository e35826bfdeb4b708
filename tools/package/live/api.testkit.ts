import { expect } from 'vitest'
import { type LiveDebian, until } from './live-debian.testkit.ts'

export const SERVER = 'http://127.0.0.1:8420'

/** The API as the first user of an installation speaks to it. */
export class LiveApi {
  readonly #debian: LiveDebian
  readonly #cookie: string

  private constructor(debian: LiveDebian, cookie: string) {
    this.#debian = debian
    this.#cookie = cookie
  }

  /** Takes the link from the journal. */
  static async signUp(debian: LiveDebian, user: { name: string; password: string }): Promise<LiveApi> {
    const token = await until('the link is there', async () => {
      const said = await debian.run('journalctl', '--no-pager', '-u', 'holdfast')
      return /http:\S+#token=(\S+)/.exec(said)?.[1]
    })
    const headers = { 'content-type': 'application/json', origin: SERVER }
    const body = JSON.stringify({ token, ...user })
    const answer = await debian.fetch(`${SERVER}/api/setup`, { method: 'POST', headers, body })
    expect(answer).toMatchObject({ status: 201 })
    return new LiveApi(debian, answer.cookies.map((cookie) => cookie.split(';')[0]).join('; '))
  }

  async get<T>(path: string): Promise<T> {
    return await this.#ask('GET', path)
  }

  async post<T>(path: string, body?: object): Promise<T> {
    return await this.#ask('POST', path, body)
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = {
      cookie: this.#cookie,
      origin: SERVER,
      ...(body && { 'content-type': 'application/json' }),
    }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const answer = await this.#debian.fetch(`${SERVER}${path}`, init)
    expect(answer.status, `${method} ${path}: ${answer.body}`).toBeLessThan(300)
    return JSON.parse(answer.body)
  }
}
