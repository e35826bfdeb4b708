import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kill } from '../e2e/installation.testkit.ts'
import { requires } from '../lab/requires.ts'
import { Journey } from './browser.testkit.ts'

describe.skipIf(requires('chromium', 'rsync'))('from a new vault to a restored folder', () => {
  let journey: Journey
  let page: Page
  let source: string

  beforeAll(async () => {
    journey = await Journey.begin()
    page = await journey.setUp()
    source = journey.place.path('documents')
    await mkdir(source)
    await writeFile(`${source}/letter.txt`, 'Dear reader')
  })
  afterAll(() => journey[Symbol.asyncDispose]())

  const text = (label: string) => page.getByRole('textbox', { name: label, exact: true })

  it('makes a vault and a job from their generated forms, and runs it', async () => {
    await page.goto('/vaults/new')
    await text('Name').fill('shelf')
    await text('Path').fill(journey.place.path('vault'))
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith('/new'))

    await page.goto('/jobs/new')
    await page.getByRole('radio', { name: 'Copy a folder to a disk' }).check()
    await text('Name').fill('documents')
    await page.getByRole('combobox', { name: 'Vault' }).click()
    await page.getByRole('option', { name: 'shelf' }).click()
    await page.getByRole('button', { name: 'Save and run' }).click()
    await page.getByText('This is needed.').first().waitFor()
    await text('Source').fill(source)
    await journey.picture(page, 'new-job')
    await page.getByRole('button', { name: 'Save and run' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith('/new'))
  })

  it('follows the run to its end and shows what it did', async () => {
    await page.goto('/runs')
    await page.getByRole('link', { name: 'documents' }).first().click()
    await page.waitForURL('**/runs/run_*')
    await page.getByText('Success').first().waitFor()
    await page
      .getByText(/the restore point holds/)
      .first()
      .waitFor()
    await journey.picture(page, 'run')
  })

  it('shows what a run would do now, and changes nothing', async () => {
    await writeFile(`${source}/answer.txt`, 'Dear writer')
    await page.goto('/jobs/documents')
    await page.getByRole('tab', { name: 'Plan' }).click()
    await page.getByText(/1 new, 0 changed, 0 deleted/).waitFor()
    await journey.picture(page, 'plan')
    const { items } = await listed('/api/restore-points')
    expect(items).toHaveLength(1)
  })

  it('says what to do about a run that failed', async () => {
    await rename(source, `${source}-away`)
    try {
      await page.goto('/jobs/documents')
      await page.getByRole('button', { name: 'Run now' }).click()
      await expect.poll(async () => (await listed('/api/runs?outcome=failed')).items.length).toBe(1)
      await page.goto('/runs?outcome=failed')
      await page.getByRole('link', { name: 'documents' }).first().click()
      await page.waitForURL('**/runs/run_*')
      await page
        .getByText(/Mount or create the source/)
        .first()
        .waitFor()
      await journey.picture(page, 'failed-run')
    } finally {
      await rename(`${source}-away`, source)
    }
  })

  it('restores beside the original after showing what would be written', async () => {
    const target = journey.place.path('restored')
    await page.goto('/restore-points')
    await page.getByRole('button', { name: 'Restore', exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Restore to').fill(target)
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText(/write 1 files/).waitFor()
    await journey.picture(page, 'restore')
    await dialog.getByRole('button', { name: /^Restore/ }).click()
    await page.waitForURL('**/runs/run_*')
    await page.getByText('Success').first().waitFor()
    expect(await readFile(`${target}/letter.txt`, 'utf8')).toBe('Dear reader')
  })

  it('goes on by itself after the server was killed', async () => {
    await page.goto('/runs')
    await page.getByRole('link', { name: 'documents' }).first().waitFor()
    await kill(journey.server.process)
    await page.getByText('The connection to the server is lost.').waitFor()
    await journey.server.start()
    await page.getByText('The connection to the server is lost.').waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: 'documents' }).first().waitFor()
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })

  async function listed(path: string): Promise<{ items: unknown[] }> {
    return (await (await page.request.get(path)).json()) as { items: unknown[] }
  }
})
