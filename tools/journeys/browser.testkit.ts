import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Run } from '@holdfast/contract'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { Installation, until } from '../e2e/installation.testkit.ts'
import { TestServer } from '../e2e/server.testkit.ts'
import { findProgram } from '../verify/find-program.ts'
import { buildWebWhenStale } from '../web/build-when-stale.ts'

export const ADMIN = { name: 'anna', password: 'a long enough sentence 7' }

/** A served installation with a real browser in front of it. */
export class Journey implements AsyncDisposable {
  readonly place: Installation
  readonly server: TestServer
  readonly #browser: Browser
  /** What pages complained about: every journey ends with none. */
  readonly complaints: string[] = []

  private constructor(place: Installation, server: TestServer, browser: Browser) {
    this.place = place
    this.server = server
    this.#browser = browser
  }

  static async begin(): Promise<Journey> {
    await buildWebWhenStale()
    const place = await Installation.create()
    const server = new TestServer(place)
    await server.start()
    const browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? 'chromium',
      // Chromium refuses to make its sandbox as root, and containers have a small /dev/shm.
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    })
    return new Journey(place, server, browser)
  }

  /** A window of somebody who is not signed in. */
  async newWindow(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context: BrowserContext = await this.#browser.newContext({
      baseURL: this.server.address,
      viewport: { width: 1360, height: 900 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => this.complaints.push(`error on the page: ${error.message}`))
    page.on('console', (message) => {
      // Chromium reports each answer of 400 and more; those the journeys look at themselves.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(`console: ${message.text()}`)
    })
    return page
  }

  /** The first start as the set-up link leads through it; ends signed in. */
  async setUp(): Promise<Page> {
    const page = await this.newWindow()
    await page.goto(`/setup#token=${this.server.setupToken}`)
    await page.getByLabel('Name', { exact: true }).fill(ADMIN.name)
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByLabel('Password again').fill(ADMIN.password)
    await page.getByRole('button', { name: 'Make the user and sign in' }).click()
    await page.getByRole('navigation', { name: 'Main menu' }).waitFor()
    return page
  }

  async signIn(page: Page, user: { name: string; password: string }): Promise<void> {
    await page.goto('/')
    await page.getByLabel('Name', { exact: true }).fill(user.name)
    await page.getByLabel('Password', { exact: true }).fill(user.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: `User menu of ${user.name}` }).waitFor()
  }

  /** What the browser of a window would send; throws when it is refused. For what a journey is not about. */
  async send<T = unknown>(page: Page, method: string, path: string, data?: unknown): Promise<T> {
    const headers = { origin: this.server.address }
    const answer = await page.request.fetch(path, {
      method,
      headers,
      ...(data === undefined ? {} : { data }),
    })
    if (!answer.ok())
      throw new Error(`${method} ${path} was answered with ${answer.status()}: ${await answer.text()}`)
    return (answer.status() === 204 ? undefined : await answer.json()) as T
  }

  /** The run once it has ended, however it ended. */
  async finished(page: Page, id: string): Promise<Run> {
    const read = () => this.send<Run>(page, 'GET', `/api/runs/${id}`)
    await until(async () => (await read()).status === 'finished')
    return await read()
  }

  /** Kept where HOLDFAST_SCREENSHOTS says, for people who want to look. */
  async picture(page: Page, name: string, { isWhole = false } = {}): Promise<void> {
    const folder = process.env.HOLDFAST_SCREENSHOTS
    if (!folder) return
    await mkdir(folder, { recursive: true })
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: isWhole })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.place[Symbol.asyncDispose]()
  }
}
