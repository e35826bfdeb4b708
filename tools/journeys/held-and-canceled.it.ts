import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import type { Page as Listed, RestorePoint } from '@holdfast/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requires } from '../lab/requires.ts'
import { ADMIN, Journey } from './browser.testkit.ts'

const FILES = 20

describe.skipIf(requires('chromium', 'rsync'))('runs that wait for a person, and runs that one stops', () => {
  let journey: Journey
  let page: Page

  beforeAll(async () => {
    journey = await Journey.begin()
    page = await journey.setUp()
    await mkdir(journey.place.path('files'))
    await mkdir(journey.place.path('images'))
    await fill(FILES)
    await writeFile(journey.place.path('images', 'disk.raw'), Buffer.alloc(40_000_000, 'x'))
    const vault = { name: 'shelf', kind: 'directory', path: journey.place.path('vault'), minFree: '1MiB' }
    const job = (name: string, config: object) => ({ name, kind: 'disk-copy', vault: 'shelf', config })
    const document = {
      vaults: [vault],
      jobs: [
        job('files', { source: journey.place.path('files'), guards: { minFiles: 10 } }),
        job('images', { source: journey.place.path('images'), bandwidthLimit: '1MiB' }),
      ],
    }
    await journey.send(page, 'POST', '/api/config/apply', { document })
  })
  afterAll(() => journey[Symbol.asyncDispose]())

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const points = async (job: string) =>
    (await journey.send<Listed<RestorePoint>>(page, 'GET', `/api/restore-points?job=${job}`)).items

  async function fill(count: number): Promise<void> {
    for (let file = 0; file < count; file++)
      await writeFile(journey.place.path('files', `f${file}`), `text ${file}`)
  }

  /** Presses "Run now" and gives the id of the run that the page then shows. */
  async function runNow(job: string): Promise<string> {
    await page.goto(`/jobs/${job}`)
    await button('Run now').click()
    await page.waitForURL('**/runs/run_*')
    return new URL(page.url()).pathname.replace('/runs/', '')
  }

  const finished = (id: string) => journey.finished(page, id)

  async function decide(word: 'Approve' | 'Refuse'): Promise<void> {
    await page.getByText('This run is held and waits for a decision').waitFor()
    await button(word).click()
    await page.getByRole('dialog').getByRole('button', { name: word, exact: true }).click()
  }

  it('holds a run that would delete most files, and says so on the overview too', async () => {
    await finished(await runNow('files'))
    for (let file = 0; file < FILES - 2; file++) await rm(journey.place.path('files', `f${file}`))
    const id = await runNow('files')
    await page.getByText('Unusually many files are gone').waitFor()
    await page.getByText('18 of 20 files').first().waitFor()
    await journey.picture(page, 'held')
    await page.goto('/')
    await page.getByText('1 run is held and waits for a decision.').waitFor()
    await page.locator(`a[href$="/runs/${id}"]`).first().click()
    await page.waitForURL(`**/runs/${id}`)
  })

  it('changes nothing when it is refused', async () => {
    const id = new URL(page.url()).pathname.replace('/runs/', '')
    await decide('Refuse')
    await page.getByText('Canceled', { exact: true }).first().waitFor()
    expect(await finished(id)).toMatchObject({ outcome: 'canceled', error: { code: 'run-refused' } })
    expect(await points('files')).toHaveLength(1)
  })

  it('does what its plan says when it is approved', async () => {
    const id = await runNow('files')
    await decide('Approve')
    await page.getByText('Success', { exact: true }).first().waitFor()
    expect(await finished(id)).toMatchObject({ outcome: 'success', report: { counts: { files: 2 } } })
    expect(await points('files')).toHaveLength(2)
    await page
      .getByText(`user:${ADMIN.name}`)
      .or(page.getByText(ADMIN.name, { exact: true }))
      .first()
      .waitFor()
  })

  it('keeps in the audit who decided what', async () => {
    await page.goto('/audit')
    const row = (action: string) =>
      page.getByRole('row').filter({ hasText: action }).filter({ hasText: ADMIN.name })
    await row('approve').first().waitFor()
    await row('refuse').first().waitFor()
  })

  it('shows a copy live, stops it in the middle, and leaves nothing half good', async () => {
    const id = await runNow('images')
    const log = page.getByRole('log').or(page.getByLabel('Lines of the log'))
    await log.first().waitFor()
    await page.getByRole('progressbar').first().waitFor()
    const text = () => page.locator('main').textContent()
    const before = await text()
    await expect.poll(text, { timeout: 15_000 }).not.toBe(before)
    await button('Cancel the run').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
    await page.getByText('Canceled', { exact: true }).first().waitFor()
    expect(await finished(id)).toMatchObject({
      outcome: 'canceled',
      canceledBy: expect.stringContaining(ADMIN.name),
    })
    await button('Cancel the run').waitFor({ state: 'detached' })
    expect(await points('images')).toHaveLength(0)
    const whole = (await readdir(journey.place.path('vault'), { recursive: true })).filter((name) =>
      name.endsWith('/restore-point.json'),
    )
    expect(whole).toHaveLength(2)
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })
})
