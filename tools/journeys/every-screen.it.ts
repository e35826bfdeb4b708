import { mkdir, writeFile } from 'node:fs/promises'
import type { Page as Listed, RestorePoint, Run } from '@holdfast/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requires } from '../lab/requires.ts'
import { ADMIN, Journey } from './browser.testkit.ts'
import { textsOf, wordsOnlyOf } from './screen-texts.ts'

/** What takes an action or an entry must say to a screen reader which. */
const NAMELESS =
  /^\s*- (button|link|textbox|combobox|checkbox|switch|radio|spinbutton|searchbox|tab)\b(?! ["/])/m
const PHONE = { width: 360, height: 740 }

describe.skipIf(requires('chromium', 'rsync'))('every screen', () => {
  let journey: Journey
  let page: Page
  let screens: string[]
  /** Those of them that show one thing. */
  let details: string[]
  let screensOfMenu = 0

  beforeAll(async () => {
    journey = await Journey.begin()
    page = await journey.setUp()
    const send = (method: string, path: string, data?: unknown) => journey.send(page, method, path, data)
    await mkdir(journey.place.path('source'))
    // One and a half KiB: a number that each language writes its own way.
    await writeFile(
      journey.place.path('source', 'a-file-with-a-name-that-is-too-long-for-a-telephone.txt'),
      'x'.repeat(1536),
    )
    const job = (name: string, source: string) => {
      const config = { source: journey.place.path(source) }
      const schedule = { cron: '30 2 * * *', timeZone: 'Europe/Rome' }
      return { name, kind: 'disk-copy', node: 'office', vault: 'shelf', policy: 'daily', schedule, config }
    }
    const document = {
      nodes: [{ name: 'office', kind: 'host' }],
      vaults: [
        { name: 'shelf', kind: 'directory', path: journey.place.path('vault'), minFree: '1MiB' },
        { name: 'bank', kind: 'disk-set', rotation: '14d', disks: [{ uuid: '6BCA-E8FE', label: 'red' }] },
      ],
      policies: [{ name: 'daily', rpo: '26h', retention: { keepDaily: 7 } }],
      notifications: [{ name: 'chat', kind: 'webhook', url: 'http://127.0.0.1:9/', on: [] }],
      jobs: [job('letters', 'source'), job('lost-share', 'not-there')],
    }
    await send('POST', '/api/config/apply', { document })
    await send('PUT', '/api/secrets/token', { value: 'not shown' })
    await send('POST', '/api/auth/tokens', { name: 'script', permissions: ['read'] })
    // A name with a dot, which is no file.
    await send('POST', '/api/users', { name: 'anna.rossi', password: 'one of two more 55', role: 'viewer' })
    const runs: string[] = []
    for (const name of ['letters', 'lost-share']) {
      const { id } = (await send('POST', `/api/jobs/${name}/run`)) as Run
      await journey.finished(page, id)
      runs.push(`/runs/${id}`)
    }
    const points = (await send('GET', '/api/restore-points')) as Listed<RestorePoint>
    const tabs = ['plan', 'runs', 'points', 'changes', 'edit'].map((tab) => `/jobs/letters?tab=${tab}`)
    const point = `/restore-points/${points.items[0]?.id}`
    details = ['/jobs/new', '/jobs/letters', '/vaults/shelf', '/vaults/bank', '/policies/daily']
    details.push(point, `${point}/files`, ...runs)
    const menu = new Set(await menuPaths())
    screensOfMenu = menu.size
    screens = [
      ...menu,
      ...details,
      ...['vaults', 'nodes', 'policies', 'notifications', 'users'].map((kind) => `/${kind}/new`),
      ...['/nodes/office', '/notifications/chat', '/users/anna.rossi', '/nothing-here'],
      ...tabs,
    ]
  })
  afterAll(() => journey[Symbol.asyncDispose]())

  it('fits a telephone, and names everything that can be pressed or filled in', async () => {
    await page.setViewportSize(PHONE)
    const tooWide: string[] = []
    const nameless: string[] = []
    for (const path of screens) {
      await open(page, path)
      const width = Number(await page.evaluate('document.scrollingElement.scrollWidth'))
      if (width > PHONE.width) tooWide.push(`${path}: ${width}`)
      const found = NAMELESS.exec(await page.locator('body').ariaSnapshot())
      if (found) nameless.push(`${path}: ${found[0].trim()}`)
    }
    expect(tooWide).toEqual([])
    expect(nameless).toEqual([])
  }, 120_000)

  it('can be used on a telephone', async () => {
    const phone = await journey.newWindow({ viewport: PHONE, hasTouch: true })
    await journey.signIn(phone, ADMIN)
    await phone.getByRole('button', { name: 'Open the menu' }).click()
    await phone
      .getByRole('navigation', { name: 'Main menu' })
      .getByRole('link', { name: 'Jobs', exact: true })
      .click()
    await phone.waitForURL('**/jobs')
    await phone
      .getByRole('button', { name: 'New job' })
      .or(phone.getByRole('link', { name: 'New job' }))
      .first()
      .click()
    await phone.waitForURL('**/jobs/new')
    await phone.getByRole('radio', { name: 'Copy a folder to a disk' }).check()
    await phone.getByRole('textbox', { name: 'Name', exact: true }).fill('from-the-phone')
    await phone.getByRole('combobox', { name: 'Vault', exact: true }).click()
    await phone.getByRole('option', { name: 'shelf' }).click()
    await phone.getByRole('textbox', { name: 'Source', exact: true }).fill(journey.place.path('source'))
    await phone.getByRole('button', { name: 'Create', exact: true }).click()
    await phone.waitForURL('**/jobs/from-the-phone')
    await phone.context().close()
  })

  it.each(['de', 'it', 'fr', 'es'] as const)(
    'speaks %s, and writes numbers and dates as there',
    async (language) => {
      await page.setViewportSize({ width: 1360, height: 900 })
      await journey.send(page, 'PUT', '/api/auth/me', { language, timeZone: 'Pacific/Auckland' })
      const { menu } = textsOf(language).shell
      const foreign = wordsOnlyOf('en', language)
      const left: string[] = []
      const look = async (place: string) => {
        await settled(page)
        for (const text of await readOf(page)) if (foreign.has(text)) left.push(`${place}: ${text}`)
      }
      for (const path of details) {
        await open(page, path)
        await look(path)
      }
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      const links = page.getByRole('navigation', { name: menu.label }).getByRole('link')
      const words = (await links.allTextContents())
        .map((text) => text.trim())
        .filter((text) => text !== 'Holdfast')
      expect(words).toHaveLength(screensOfMenu)
      for (const word of words) {
        await links.filter({ hasText: new RegExp(`^${word}$`) }).click()
        await expect.poll(() => page.title(), { timeout: 20_000 }).toContain(word)
        await look(word)
      }
      expect(left).toEqual([])
      await journey.picture(page, `speaks-${language}`)

      await links.filter({ hasText: new RegExp(`^${menu.points}$`) }).click()
      await page.getByText('1,5 KiB').first().waitFor()
      await links.filter({ hasText: new RegExp(`^${menu.audit}$`) }).click()
      const { items } = await journey.send<Listed<{ at: string }>>(page, 'GET', '/api/audit?limit=1')
      const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'Pacific/Auckland' })
      await page
        .getByText(day.format(new Date(items[0]?.at ?? '')))
        .first()
        .waitFor()
    },
    120_000,
  )

  it('can be used with the keyboard alone', async () => {
    await journey.send(page, 'PUT', '/api/auth/me', { language: 'en', timeZone: 'UTC' })
    const window = await journey.newWindow()
    const press = (...keys: string[]) =>
      keys.reduce((done, key) => done.then(() => window.keyboard.press(key)), Promise.resolve())
    await window.goto('/sign-in')
    await window.getByLabel('Name', { exact: true }).waitFor()
    await window.keyboard.type(ADMIN.name)
    await press('Tab')
    await window.keyboard.type(ADMIN.password)
    await press('Enter')
    await window.getByRole('navigation', { name: 'Main menu' }).waitFor()
    await press('Control+k')
    await window.getByRole('textbox', { name: 'Go to a page or a job …' }).waitFor()
    await window.keyboard.type('letters')
    await window.getByRole('dialog').getByText('letters').first().waitFor()
    await press('Enter')
    await window.waitForURL('**/jobs/letters')
    const run = window.getByRole('button', { name: 'Run now', exact: true })
    await run.waitFor()
    for (let tabs = 0; tabs < 60 && (await focused(window)) !== 'Run now'; tabs++) {
      await press('Tab')
      expect(await window.evaluate(FOCUS_SHOWS), `focus on ${await focused(window)}`).toBe(true)
    }
    await press('Enter')
    await window.waitForURL('**/runs/run_*')
    await window.getByText('Success', { exact: true }).first().waitFor()
    await window.context().close()
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })

  async function menuPaths(): Promise<string[]> {
    const links = await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link').all()
    return await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''))
  }
})

const FOCUS_SHOWS = `(() => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement)
  const field = document.activeElement.closest('.mantine-Input-wrapper, .mantine-Switch-root, .mantine-SegmentedControl-root')
  return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || field !== null
})()`

/** Opens a screen and waits until what it shows has come. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('h1').first().waitFor()
  await settled(page)
}

async function settled(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 20_000 }).toBe(0)
}

/** Texts and names on a page that are in the language of the reader; what the server tells in English is marked so. */
async function readOf(page: Page): Promise<Set<string>> {
  const leaves = page.locator('body :not([lang="en"], [lang="en"] *, script, style):not(:has(*))')
  const snapshot = await page.locator('body').ariaSnapshot()
  const names = snapshot.matchAll(/^\s*- (?:button|heading|columnheader|tab|link) "([^"]+)"/gm)
  const read = [...(await leaves.allTextContents()), ...[...names].map(([, name = '']) => name)]
  return new Set(read.map((text) => text.trim()))
}

async function focused(page: Page): Promise<string> {
  return ((await page.locator(':focus').first().textContent()) ?? '').trim()
}
