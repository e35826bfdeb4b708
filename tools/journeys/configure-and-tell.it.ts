import { mkdir, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSmtp, type TestSmtp } from '../../server/src/clients/smtp/smtp.testkit.ts'
import { requires } from '../lab/requires.ts'
import { Journey } from './browser.testkit.ts'

const SECRET = 'canary of the mail server 5512'

describe.skipIf(requires('chromium', 'rsync'))('configuration and notifications', () => {
  let journey: Journey
  let smtp: TestSmtp
  let page: Page

  beforeAll(async () => {
    smtp = await startSmtp(SECRET, { allowInsecureAuth: true, disabledCommands: ['STARTTLS'] })
    journey = await Journey.begin()
    page = await journey.setUp()
    await mkdir(journey.place.path('source'))
    await writeFile(journey.place.path('source', 'a'), 'text')
    const vault = (name: string) => ({
      name,
      kind: 'directory',
      path: journey.place.path(name),
      minFree: '1MiB',
    })
    const job = (name: string, source: string) => {
      const config = { source: journey.place.path(source) }
      return { name, kind: 'disk-copy', vault: 'shelf', config, attempts: 1 }
    }
    const document = {
      vaults: [vault('shelf'), vault('spare')],
      jobs: [job('letters', 'source'), job('lost-share', 'not-there')],
    }
    await journey.send(page, 'POST', '/api/config/apply', { document })
  })
  afterAll(async () => {
    await journey[Symbol.asyncDispose]()
    await smtp[Symbol.asyncDispose]()
  })

  const text = (label: string) => page.getByRole('textbox', { name: label, exact: true })
  const choose = async (list: string, option: string) => {
    await page.getByRole('combobox', { name: list, exact: true }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  it('disables a job and enables it again, and keeps both in its changes', async () => {
    await page.goto('/jobs/letters')
    await button('Disable').click()
    await page.getByText('letters is disabled.').waitFor()
    await page.getByText('Disabled', { exact: true }).first().waitFor()
    await button('Enable').click()
    await page.getByText('letters is enabled.').waitFor()
    await page.getByRole('tab', { name: 'Changes' }).click()
    await page.getByText('Revision 3').waitFor()
  })

  it('deletes only what was named by hand, and nothing that others need', async () => {
    await page.goto('/vaults/spare')
    await button('Delete').click()
    const dialog = page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: 'Delete', exact: true })
    await dialog.getByLabel('Type spare to confirm').fill('shelf')
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('Type spare to confirm').fill('spare')
    await confirm.click()
    await page.getByText('spare is deleted.').waitFor()
    await page.waitForURL('**/vaults')
    await page.getByRole('link', { name: 'shelf' }).first().waitFor()
    expect(await page.getByRole('link', { name: 'spare' }).count()).toBe(0)

    await page.goto('/vaults/shelf')
    await button('Delete').click()
    await dialog.getByLabel('Type shelf to confirm').fill('shelf')
    await confirm.click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect((await page.request.get('/api/vaults/shelf')).status()).toBe(200)
  })

  it('loses neither of two edits that were made at once', async () => {
    const other = await page.context().newPage()
    for (const window of [page, other]) {
      await window.goto('/vaults/shelf')
      await window.getByRole('textbox', { name: 'Description', exact: true }).waitFor()
    }
    const description = (window: Page) => window.getByRole('textbox', { name: 'Description', exact: true })
    const save = (window: Page) => window.getByRole('button', { name: 'Save', exact: true })
    await description(other).fill('from the second window')
    await description(page).fill('from the first window')
    await save(page).click()
    await page.getByText('shelf is saved.').waitFor()
    await save(other).click()
    await other.getByText('Somebody else has changed this meanwhile').waitFor()
    expect(await description(other).inputValue()).toBe('from the second window')
    const { spec } = await journey.send<{ spec: object }>(page, 'GET', '/api/vaults/shelf')
    expect(spec).toMatchObject({ description: 'from the first window' })
    await journey.picture(other, 'conflict')
    await other.getByRole('button', { name: 'Save mine anyway' }).click()
    await other.getByText('shelf is saved.').waitFor()
    await other.close()
    await page.goto('/vaults/shelf')
    await expect
      .poll(() => description(page).inputValue(), { timeout: 20_000 })
      .toBe('from the second window')
  })

  it('takes a secret and never shows it again', async () => {
    await page.goto('/secrets')
    await button('New secret').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('smtp-password')
    await dialog.getByRole('textbox', { name: 'Value' }).fill(SECRET)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The secret smtp-password is kept.').waitFor()
    await page.reload()
    await page.getByRole('row', { name: /smtp-password/ }).waitFor()
    expect(await page.content()).not.toContain(SECRET)
    expect(await (await page.request.get('/api/secrets')).text()).not.toContain(SECRET)
  })

  it('makes a receiver of mail, who gets the test', async () => {
    await page.goto('/notifications/new')
    await choose('Kind', 'Mail')
    await text('Name').fill('uffici')
    await text('From').fill('holdfast@example.org')
    await page.getByLabel(/^To\b/).first().fill('anna@example.org')
    await page.keyboard.press('Enter')
    await choose('Language', 'Italiano')
    await text('Server').fill('127.0.0.1')
    await text('Port').fill(String(smtp.port))
    await page.getByText('None', { exact: true }).first().click()
    await text('User').fill('ops')
    await choose('Secret', 'smtp-password')
    await journey.picture(page, 'new-notification')
    await button('Create').click()
    await page.waitForURL('**/notifications/uffici')
    await button('Send a test').click()
    await page.getByText('Sent', { exact: true }).first().waitFor()
    expect(smtp.mails).toHaveLength(1)
    expect(smtp.logins).toEqual(['ops'])
    expect(smtp.mails[0]?.to).toEqual(['anna@example.org'])
    await page.getByRole('row').filter({ hasText: 'Test' }).filter({ hasText: 'Sent' }).first().waitFor()
    expect(await page.content()).not.toContain(SECRET)
  })

  it('tells in Italian of a run that failed, and keeps that it did', async () => {
    await page.goto('/jobs/lost-share')
    await button('Run now').click()
    await page.waitForURL('**/runs/run_*')
    await page.getByText('Failed', { exact: true }).first().waitFor()
    await expect.poll(() => smtp.mails.length, { timeout: 30_000 }).toBe(2)
    const mail = smtp.mails[1]?.source ?? ''
    expect(mail).toContain('lost-share')
    expect(mail).toMatch(/non riuscit|Non riuscit|_non_riuscit/i)
    await page.goto('/notifications')
    const row = page.getByRole('row').filter({ hasText: 'lost-share' }).filter({ hasText: 'Sent' })
    await row.first().waitFor()
    await row.getByRole('link', { name: 'lost-share' }).click()
    await page.waitForURL('**/runs/run_*')
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })
})
