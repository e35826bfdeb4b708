import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requires } from '../lab/requires.ts'
import { ADMIN, Journey } from './browser.testkit.ts'

describe.skipIf(requires('chromium', 'rsync'))('first start, sign-in and rights', () => {
  let journey: Journey

  beforeAll(async () => {
    journey = await Journey.begin()
  })
  afterAll(() => journey[Symbol.asyncDispose]())

  it('leads from the set-up link to the first page, once', async () => {
    const early = await journey.newWindow()
    await early.goto('/')
    await early.getByText('Open the set-up link').waitFor()
    const page = await journey.setUp()
    await expect.poll(() => page.url()).not.toContain('token')
    await journey.picture(page, 'first-page')
    const late = await journey.newWindow()
    await late.goto(`/setup#token=${journey.server.setupToken}`)
    await late.getByText('Holdfast is set up already').waitFor()
    await page.context().close()
  })

  it('sends its files compressed', async () => {
    const page = await (await fetch(`${journey.server.address}/`)).text()
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
    const answer = await fetch(`${journey.server.address}${script}`, { headers: { 'accept-encoding': 'br' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(answer.headers.get('content-type')).toContain('javascript')
    expect(answer.headers.get('cache-control')).toContain('immutable')
  })

  it('says the same of a wrong name and a wrong password, and goes on where one was', async () => {
    const page = await journey.newWindow()
    await page.goto('/users')
    for (const [name, password] of [
      ['nobody', ADMIN.password],
      [ADMIN.name, 'wrong wrong wrong'],
    ] as const) {
      await page.getByLabel('Name', { exact: true }).fill(name)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByText('Name and password do not belong together.').waitFor()
    }
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL('**/users')
    await page.getByRole('link', { name: ADMIN.name }).first().waitFor()
    await journey.picture(page, 'users')
    await page.context().close()
  })

  it('makes a token, which works until it is revoked', async () => {
    const page = await journey.newWindow()
    await journey.signIn(page, ADMIN)
    await page.goto('/account')
    await page.getByRole('button', { name: 'New token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('nightly script')
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    const value = await page.getByLabel('Value of the token').textContent()
    await page.getByRole('button', { name: 'I have copied it' }).click()
    const withToken = { headers: { authorization: `Bearer ${value}` } }
    expect((await journey.server.call('GET', '/api/auth/me', withToken)).status).toBe(200)
    await journey.picture(page, 'account')
    await page
      .getByRole('row', { name: /nightly script/ })
      .getByRole('button')
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('The token is revoked.').waitFor()
    expect((await journey.server.call('GET', '/api/auth/me', withToken)).status).toBe(401)
    await page.context().close()
  })

  it('shows a viewer nothing to administer', async () => {
    const admin = await journey.newWindow()
    await journey.signIn(admin, ADMIN)
    const viewer = { name: 'viktor', password: 'just looking around 3' }
    const headers = { origin: journey.server.address }
    const answer = await admin.request.post('/api/users', { headers, data: { ...viewer, role: 'viewer' } })
    expect(answer.status()).toBe(201)
    const page = await journey.newWindow()
    await journey.signIn(page, viewer)
    await page.goto('/users')
    await page.getByText('You may not see this page').waitFor()
    expect(await page.getByRole('navigation', { name: 'Main menu' }).getByText('Users').count()).toBe(0)
    expect((await page.request.get('/api/users')).status()).toBe(403)
    await journey.picture(page, 'viewer')
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })
})
