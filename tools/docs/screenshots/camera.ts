import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findProgram } from '../../verify/find-program.ts'
import { ADMIN } from './firm.ts'
import type { Firm } from './history.ts'
import type { Picture } from './pictures.ts'

type Scheme = 'light' | 'dark'

/** A browser as the firm has it, that takes one picture after another. */
export class Camera implements AsyncDisposable {
  readonly #browser: Browser
  readonly #address: string
  readonly #output: string
  readonly #windows = new Map<string, Page>()

  private constructor(browser: Browser, address: string, output: string) {
    this.#browser = browser
    this.#address = address
    this.#output = output
  }

  static async open(address: string, output: string): Promise<Camera> {
    const browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? 'chromium',
      // Chromium refuses to make its sandbox as root.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    })
    return new Camera(browser, address, output)
  }

  async newWindow(colorScheme: Scheme = 'light', isPhone = false): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.#address,
      viewport: isPhone ? { width: 390, height: 780 } : { width: 1360, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Rome',
      colorScheme,
      reducedMotion: 'reduce',
      extraHTTPHeaders: { 'x-forwarded-for': '192.168.20.15' },
    })
    context.setDefaultTimeout(20_000)
    return await context.newPage()
  }

  async signIn(page: Page, { name, password }: { name: string; password: string }): Promise<void> {
    await page.goto('/sign-in')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('navigation', { name: 'Main menu' }).waitFor({ state: 'attached' })
  }

  /** Takes the picture of a screen, as it is once everything on it has come. */
  async take(picture: Picture, scheme: Scheme, firm: Firm): Promise<void> {
    const page = await this.#windowFor(picture, scheme)
    try {
      await page.goto(typeof picture.at === 'string' ? picture.at : picture.at(firm))
      await settled(page)
      await picture.prepare?.(page)
      await settled(page)
      const shot = await this.#shoot(page)
      await writeFile(path.join(this.#output, `${picture.name}-${scheme}.webp`), shot)
    } catch (cause) {
      throw new Error(`no picture of ${picture.name}: ${(cause as Error).message}`, { cause })
    }
    // A dialog left open would keep what was typed for the next picture.
    await page.keyboard.press('Escape')
  }

  /** WebP, which playwright itself cannot write: a third of the size of PNG. */
  async #shoot(page: Page): Promise<Buffer> {
    const session = await page.context().newCDPSession(page)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 64 })
    await session.detach()
    return Buffer.from(data, 'base64')
  }

  async #windowFor({ isPhone = false, isSignedOut = false }: Picture, scheme: Scheme): Promise<Page> {
    const key = `${scheme} ${isPhone} ${isSignedOut}`
    const known = this.#windows.get(key)
    if (known) return known
    const page = await this.newWindow(scheme, isPhone)
    if (!isSignedOut) await this.signIn(page, ADMIN)
    this.#windows.set(key, page)
    return page
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }
}

/** Nothing is being loaded, no skeleton stands for what is to come, and what moved has arrived. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  const waiting = page.locator('[aria-busy="true"], .mantine-Skeleton-root')
  // What has come may make place for something else that is still to come.
  for (let quiet = 0; quiet < 3; quiet++) {
    await page.waitForTimeout(150)
    if ((await waiting.count()) > 0) quiet = -1
  }
  await page.waitForTimeout(450)
}
