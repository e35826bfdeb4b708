import { mkdir, writeFile } from 'node:fs/promises'
import type { ApiToken, Page as Listed, RestorePoint, Run } from '@holdfast/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requires } from '../lab/requires.ts'
import { ADMIN, Journey } from './browser.testkit.ts'

const LIMITED = { name: 'otto', password: 'only the office here 4' }
const USER = { name: 'ute', password: 'first of two words 81' }
const NEW_PASSWORD = 'second of two words 82'
/** After so many wrong passwords a name is locked. */
const WRONG_ATTEMPTS = 10

describe.skipIf(requires('chromium', 'rsync'))('what one user sees, and where one is signed in', () => {
  let journey: Journey
  let admin: Page
  let limited: Page

  beforeAll(async () => {
    journey = await Journey.begin()
    admin = await journey.setUp()
    await mkdir(journey.place.path('source'))
    await writeFile(journey.place.path('source', 'a'), 'text')
    const vault = (name: string) => ({
      name,
      kind: 'directory',
      path: journey.place.path(name),
      minFree: '1MiB',
    })
    const job = (name: string, node: string) => {
      const config = { source: journey.place.path('source') }
      return { name, node, kind: 'disk-copy', vault: `vault-${node}`, config }
    }
    const document = {
      nodes: [
        { name: 'office', kind: 'host' },
        { name: 'works', kind: 'host' },
      ],
      vaults: [vault('vault-office'), vault('vault-works')],
      jobs: [job('letters', 'office'), job('drawings', 'works')],
    }
    await journey.send(admin, 'POST', '/api/config/apply', { document })
    await journey.send(admin, 'POST', '/api/users', { ...LIMITED, role: 'operator', nodes: ['office'] })
    await journey.send(admin, 'POST', '/api/users', { ...USER, role: 'operator' })
    await runToEnd('letters')
    await runToEnd('drawings')
    limited = await windowOf(LIMITED)
  })
  afterAll(() => journey[Symbol.asyncDispose]())

  async function runToEnd(job: string): Promise<void> {
    const { id } = await journey.send<Run>(admin, 'POST', `/api/jobs/${job}/run`)
    expect(await journey.finished(admin, id)).toMatchObject({ outcome: 'success' })
  }

  async function windowOf(user: { name: string; password: string }): Promise<Page> {
    const page = await journey.newWindow()
    await journey.signIn(page, user)
    return page
  }

  async function first<T>(list: string): Promise<T> {
    const [item] = (await journey.send<Listed<T>>(admin, 'GET', list)).items
    if (!item) throw new Error(`${list} is empty`)
    return item
  }

  it('shows a user who is limited to a node what belongs to it, and nothing else', async () => {
    for (const [list, own, others] of [
      ['/jobs', 'letters', 'drawings'],
      ['/runs', 'letters', 'drawings'],
      ['/restore-points', 'letters', 'drawings'],
      ['/vaults', 'vault-office', 'vault-works'],
      ['/nodes', 'office', 'works'],
    ] as const) {
      await limited.goto(list)
      await limited.getByRole('row').filter({ hasText: own }).first().waitFor()
      expect(await limited.getByRole('row').filter({ hasText: others }).count(), list).toBe(0)
    }
    await limited.goto('/')
    await limited.getByText('vault-office').first().waitFor()
    expect(await limited.getByText('vault-works').count()).toBe(0)
    await journey.picture(limited, 'limited')
  })

  it('has nothing for that user at the addresses of other things', async () => {
    const run = await first<Run>('/api/runs?job=drawings')
    const point = await first<RestorePoint>('/api/restore-points?job=drawings')
    for (const path of [
      '/jobs/drawings',
      `/runs/${run.id}`,
      `/restore-points/${point.id}`,
      '/vaults/vault-works',
      '/nodes/works',
    ]) {
      await limited.goto(path)
      await limited
        .getByText(/does not exist|There is nothing here/)
        .first()
        .waitFor()
      expect(
        await limited.getByRole('button', { name: /Run now|Restore|Delete|Cancel the run/ }).count(),
      ).toBe(0)
    }
  })

  it('says why that user cannot configure', async () => {
    await limited.goto('/jobs/letters')
    const disable = limited.getByRole('button', { name: 'Disable', exact: true })
    await disable.hover()
    await limited
      .getByText('It needs the right “Change the configuration”. Ask an administrator.')
      .first()
      .waitFor()
    expect(await disable.getAttribute('aria-disabled')).toBe('true')
    await limited.getByRole('button', { name: 'Run now', exact: true }).click()
    await limited.waitForURL('**/runs/run_*')
    await limited.getByText('Success', { exact: true }).first().waitFor()
    await limited.goto('/users')
    await limited.getByText('You may not see this page').waitFor()
  })

  it('signs another browser out when its session is ended', async () => {
    const here = await windowOf(USER)
    const there = await windowOf(USER)
    await there.goto('/jobs')
    await here.goto('/account')
    await here
      .getByRole('button', { name: /^End the session from/ })
      .locator('visible=true')
      .first()
      .waitFor()
    const ends = here
      .getByRole('row')
      .filter({ hasNotText: 'This one' })
      .getByRole('button', { name: /^End the session/ })
    await ends.first().click()
    await here.getByText('The session has ended.').waitFor()
    await openUnlessSignedOut(there, 'Restore points')
    await there.waitForURL('**/sign-in**')
    await there.getByText('Please sign in to go on where you were.').waitFor()
    await here.reload()
    await here.getByRole('heading', { name: 'My account' }).waitFor()
    await there.context().close()
    await here.context().close()
  })

  it('ends all other sessions with a new password', async () => {
    const here = await windowOf(USER)
    const there = await windowOf(USER)
    await here.goto('/account')
    await here.getByLabel('Present password').fill(USER.password)
    await here.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await here.getByLabel('New password again').fill(NEW_PASSWORD)
    await here.getByRole('button', { name: 'Change the password' }).click()
    await here.getByText('The password is changed; all other sessions have ended.').waitFor()
    await openUnlessSignedOut(there, 'Jobs')
    await there.waitForURL('**/sign-in**')
    await here.goto('/jobs')
    await here.getByRole('link', { name: 'letters' }).first().waitFor()
    await there.context().close()
    await here.context().close()
  })

  it('makes a token that ends by itself', async () => {
    const page = await windowOf({ ...USER, password: NEW_PASSWORD })
    await page.goto('/account')
    await page.getByRole('button', { name: 'New token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('thirty days')
    await dialog.getByRole('combobox', { name: 'Expires in' }).click()
    await page.getByRole('option', { name: '30 days' }).click()
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    await page.getByRole('button', { name: 'I have copied it' }).click()
    await page.getByRole('row', { name: /thirty days/ }).waitFor()
    const [token] = await journey.send<ApiToken[]>(page, 'GET', '/api/auth/tokens')
    expect(token?.permissions).toEqual(['read'])
    const days = (Date.parse(token?.expiresAt ?? '') - Date.parse(token?.createdAt ?? '')) / 86_400_000
    expect(days).toBeCloseTo(30, 1)
    await page.context().close()
  })

  it('locks a name after too many wrong passwords, and says until when', async () => {
    const origin = journey.server.address
    for (let attempt = 0; attempt < WRONG_ATTEMPTS; attempt++) {
      const body = { name: 'nobody-here', password: `wrong wrong ${attempt}` }
      const { status } = await journey.server.call('POST', '/api/auth/login', { headers: { origin }, body })
      expect(status).toBe(401)
    }
    const page = await journey.newWindow()
    await page.goto('/sign-in')
    await page.getByLabel('Name', { exact: true }).fill('nobody-here')
    await page.getByLabel('Password', { exact: true }).fill('wrong once more')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('Too many attempts have failed.').waitFor()
    await page.getByText(/Try again in .+ \(at \d\d:\d\d/).waitFor()
    await journey.picture(page, 'locked-out')
    // Somebody else is not kept out by it.
    await journey.signIn(page, ADMIN)
    await page.context().close()
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })
})

/** A page whose session has ended leaves for the sign-in at the first click, or before it, when it notices by itself. */
async function openUnlessSignedOut(page: Page, link: string): Promise<void> {
  const click = page.getByRole('link', { name: link, exact: true }).click()
  await Promise.race([click, page.waitForURL('**/sign-in**')])
  // The link of a page that is no longer there is never found.
  click.catch(() => undefined)
}
