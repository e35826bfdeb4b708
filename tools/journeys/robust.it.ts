import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import type { Run } from '@holdfast/contract'
import type { Locator, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requires } from '../lab/requires.ts'
import { Journey } from './browser.testkit.ts'

const TABS = 8
/** As many windows side by side as a browser has connections for, less one for what they read. */
const WINDOWS = 5
const SOON = { timeout: 10_000 }

/** Lets the journey decide whether a tab is seen: without a window Chromium takes every tab for visible. */
const SIGHT = `
  let isShown = true
  Object.defineProperty(document, 'visibilityState', { get: () => (isShown ? 'visible' : 'hidden') })
  addEventListener('test-sight', ({ detail }) => {
    isShown = detail
    document.dispatchEvent(new Event('visibilitychange'))
  })`

describe.skipIf(requires('chromium', 'rsync'))('what goes wrong around the application', () => {
  let journey: Journey
  let page: Page

  beforeAll(async () => {
    journey = await Journey.begin()
    page = await journey.setUp()
    await mkdir(journey.place.path('files'))
    await writeFile(journey.place.path('files', 'a'), 'text')
    await mkdir(journey.place.path('images'))
    await writeFile(journey.place.path('images', 'disk.raw'), Buffer.alloc(400_000_000, 'x'))
    const vault = { name: 'shelf', kind: 'directory', path: journey.place.path('vault'), minFree: '1MiB' }
    const job = (name: string, config: object) => ({ name, kind: 'disk-copy', vault: 'shelf', config })
    const document = {
      vaults: [vault],
      jobs: [
        job('documents', { source: journey.place.path('files') }),
        job('images', { source: journey.place.path('images'), bandwidthLimit: '1MiB' }),
      ],
    }
    await journey.send(page, 'POST', '/api/config/apply', { document })
  })
  afterAll(() => journey[Symbol.asyncDispose]())

  const menu = (name: string, of = page) =>
    of.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name, exact: true })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const job = (name: string) => page.getByRole('row').filter({ hasText: name })

  async function isInSight(element: Locator): Promise<boolean> {
    const box = await element.boundingBox()
    const height = page.viewportSize()?.height ?? 0
    return box !== null && box.y >= 0 && box.y + box.height <= height
  }

  describe('many tabs', () => {
    const tabs: Page[] = []
    let run: Run

    beforeAll(async () => {
      run = await journey.send<Run>(page, 'POST', '/api/jobs/images/run')
      await page.goto('about:blank')
    })
    afterAll(async () => {
      for (const tab of tabs.splice(0)) await tab.close()
      await page.goto('/')
      await journey.send(page, 'POST', `/api/runs/${run.id}/cancel`)
      await journey.finished(page, run.id)
    })

    async function openTab(): Promise<Page> {
      const tab = await page.context().newPage()
      tabs.push(tab)
      await tab.addInitScript({ content: SIGHT })
      return tab
    }
    const show = (tab: Page, isShown: boolean) =>
      tab.evaluate(`dispatchEvent(new CustomEvent('test-sight', { detail: ${isShown} }))`)

    async function showsRun(tab: Page): Promise<void> {
      await tab.getByRole('heading', { name: 'Backup of images' }).waitFor()
      await tab.getByRole('progressbar').first().waitFor()
    }

    it('shows a run that goes on in as many windows side by side as one may have', async () => {
      for (let window = 0; window < WINDOWS; window += 1) {
        const tab = await openTab()
        await tab.goto(`/runs/${run.id}`)
        await showsRun(tab)
      }
      for (const tab of tabs.splice(0)) await tab.close()
    })

    it('opens the eighth tab as fast as the first, and goes on in the one that is looked at', async () => {
      for (let number = 0; number < TABS; number += 1) {
        const before = tabs.at(-1)
        if (before) await show(before, false)
        const tab = await openTab()
        await tab.goto(`/runs/${run.id}`)
        await showsRun(tab)
      }
      const [first, last] = [tabs[0], tabs.at(-1)]
      if (!first || !last) throw new Error('no tabs were opened')
      await show(last, false)
      const text = () => first.getByRole('region', { name: 'Progress' }).textContent()
      const before = await text()
      await show(first, true)
      await expect.poll(text, SOON).not.toBe(before)
    })

    it('holds no connection for a page that the browser keeps for its back button', async () => {
      const tab = await openTab()
      const opened: Request[] = []
      const ended: Request[] = []
      const isStream = (request: Request) => request.resourceType() === 'eventsource'
      tab.on('request', (request) => isStream(request) && opened.push(request))
      tab.on('requestfailed', (request) => isStream(request) && ended.push(request))
      await tab.goto('/vaults')
      await expect.poll(() => opened.length, SOON).toBe(1)
      await menu('Vaults', tab).waitFor()
      await tab.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
      await expect.poll(() => ended.length, SOON).toBe(1)
      await tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
      await expect.poll(() => opened.length, SOON).toBe(2)
    })
  })

  it('says at once that a run is being stopped, and afterwards what it had moved, without a fault', async () => {
    const { id } = await journey.send<Run>(page, 'POST', '/api/jobs/images/run')
    await page.goto(`/runs/${id}`)
    const progress = page.getByRole('region', { name: 'Progress' })
    await expect.poll(() => progress.textContent(), { timeout: 30_000 }).toMatch(/[1-9][\d.]* MiB of/)
    await button('Cancel the run').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
    await button('Stopping …').waitFor()
    await page.getByText('Canceled', { exact: true }).first().waitFor()
    expect(await journey.finished(page, id)).toMatchObject({ outcome: 'canceled' })
    expect(await button('Copy for a ticket').count()).toBe(0)
    const moved = page.getByText('Moved', { exact: true }).locator('xpath=following-sibling::*')
    expect(await moved.textContent()).toMatch(/^[1-9].* MiB$/)
    await journey.picture(page, 'canceled')
  })

  it('shows no step of a good run as lost, and its restore point with a way back on the page of the job', async () => {
    const { id } = await journey.send<Run>(page, 'POST', '/api/jobs/documents/run')
    await page.goto(`/runs/${id}`)
    await page.getByText('Success', { exact: true }).first().waitFor()
    await page.getByRole('region', { name: 'Result' }).waitFor()
    expect(await page.getByRole('img', { name: 'Lost' }).count()).toBe(0)
    await page.goto('/jobs/documents?tab=points')
    await button('Restore').click()
    await page.getByRole('dialog').waitFor()
  })

  it('lets Enter in the palette wait for the jobs, and takes the first one', async () => {
    await page.goto('/')
    await menu('Jobs').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Go to a page or a job …').pressSequentially('docu')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/jobs/documents')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Go to a page or a job …').pressSequentially('vaul')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/vaults')
  })

  describe('a form', () => {
    beforeAll(async () => {
      await page.setViewportSize({ width: 1360, height: 620 })
    })
    afterAll(async () => {
      await page.unrouteAll()
      await page.setViewportSize({ width: 1360, height: 900 })
    })

    const name = () => page.getByRole('textbox', { name: /^Name/ })
    const fill = async () => {
      await page.goto('/jobs/new')
      await page.getByRole('radio', { name: 'Copy a folder to a disk' }).check()
      await name().fill('letters')
      await page.getByRole('combobox', { name: /^Vault/ }).click()
      await page.getByRole('option', { name: 'shelf' }).click()
      await page.getByRole('textbox', { name: /^Source/ }).fill(journey.place.path('files'))
    }

    it('shows in sight why it could not be sent', async () => {
      await fill()
      await page.route('**/api/jobs', (route) =>
        route.request().method() === 'POST' ? route.abort() : route.fallback(),
      )
      await button('Create').click()
      const alert = page.getByRole('alert').filter({ hasText: 'The Holdfast server does not answer' })
      await alert.waitFor()
      await expect.poll(() => isInSight(alert), SOON).toBe(true)
      await journey.picture(page, 'save-failed')
      await page.unrouteAll()
    })

    it('asks before what was entered is lost, whichever way it is left', async () => {
      const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
      await menu('Runs').click()
      await dialog.getByRole('button', { name: 'Stay here' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect(new URL(page.url()).pathname).toBe('/jobs/new')
      await expect.poll(() => name().inputValue(), SOON).toBe('letters')

      await button('Cancel').click()
      await dialog.getByRole('button', { name: 'Stay here' }).click()
      const asked = page.waitForEvent('dialog')
      await page.evaluate('void setTimeout(() => location.reload())')
      const question = await asked
      expect(question.type()).toBe('beforeunload')
      await question.dismiss()

      await menu('Runs').click()
      await dialog.getByRole('button', { name: 'Leave', exact: true }).click()
      await page.waitForURL('**/runs')
    })

    it('asks nothing once it is saved, or when nothing was entered', async () => {
      await fill()
      await button('Create').click()
      await page.waitForURL('**/jobs/letters')
      await page.goto('/jobs/new')
      await page.getByRole('radio', { name: 'Copy a folder to a disk' }).check()
      await button('Cancel').click()
      await page.waitForURL('**/jobs')
    })
  })

  describe('a server that is away', () => {
    const isAway = () => page.getByText('The Holdfast server does not answer')

    it('keeps the menu when a page cannot be read, and goes on by itself', async () => {
      await page.route('**/assets/audit-screen-*', (route) => route.abort())
      await page.route('**/api/setup', (route) => route.abort())
      await page.goto('/')
      await menu('Audit').click()
      await isAway().waitFor()
      await menu('Jobs').waitFor()
      await journey.picture(page, 'page-away')
      await button('Try again').click()
      await isAway().waitFor()
      await page.unrouteAll()
      await page.getByRole('heading', { name: 'Audit' }).waitFor()
    })

    it('loads the page once more when its files are those of an older version', async () => {
      let asked = 0
      await page.route('**/assets/doctor-screen-*', async (route) => {
        asked += 1
        if (asked === 1) await route.fulfill({ status: 404, body: '' })
        else await route.fallback()
      })
      await page.goto('/')
      await menu('Doctor').click()
      await page.getByRole('heading', { name: 'Doctor' }).waitFor()
      expect(asked).toBeGreaterThan(1)
      await page.unrouteAll()
    })

    it('keeps the rows it has while the server is away, and is up to date when that is back', async () => {
      await page.goto('/jobs')
      await job('documents').waitFor()
      await menu('Vaults').click()
      await page.getByRole('link', { name: 'shelf' }).first().waitFor()
      const { process } = journey.server
      process.kill('SIGTERM')
      await once(process, 'exit')
      const banner = page.getByText('The connection to the server is lost')
      await banner.waitFor()
      await menu('Jobs').click()
      await job('documents').waitFor()
      await menu('Overview').click()
      await page.getByRole('heading', { name: 'Overview' }).waitFor()
      await menu('Jobs').click()
      await journey.server.start()
      await banner.waitFor({ state: 'detached', timeout: 60_000 })
      await job('documents').waitFor()
    })
  })

  it('complains about nothing in the console of the browser', () => {
    // What was kept from the browser on purpose it reports as an error.
    const others = journey.complaints.filter((text) => !text.includes('dynamically imported module'))
    expect(others).toEqual([])
  })
})
