import type { Page } from 'playwright-core'
import type { Firm } from './history.ts'

/** A picture of docs/screenshots, which has it light and dark. */
export interface Picture {
  name: string
  /** The component of the route that it shows, as the `routes.ts` files of the web application name it. */
  screen: string
  /** Its address. */
  at: string | ((firm: Firm) => string)
  /** What is done there before it is taken. */
  prepare?(page: Page): Promise<void>
  isPhone?: boolean
  isSignedOut?: boolean
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first()

/** Every screen, and the dialogs that matter most. */
export const PICTURES: readonly Picture[] = [
  // First, because the run that is going on in them ends by and by.
  { name: 'run-going-on', screen: 'RunScreen', at: ({ runs }) => `/runs/${runs.running}` },
  { name: 'overview', screen: 'OverviewScreen', at: '/' },
  { name: 'sign-in', screen: 'SignInScreen', at: '/sign-in', isSignedOut: true },
  { name: 'set-up', screen: 'SetupScreen', at: '/setup', isSignedOut: true, prepare: beforeSetUp },
  { name: 'search', screen: 'OverviewScreen', at: '/', prepare: search },
  { name: 'phone', screen: 'OverviewScreen', at: '/', isPhone: true },
  { name: 'phone-menu', screen: 'OverviewScreen', at: '/', isPhone: true, prepare: openMenu },
  { name: 'jobs', screen: 'JobsScreen', at: '/jobs' },
  { name: 'new-job', screen: 'NewJobScreen', at: '/jobs/new', prepare: fillJob },
  { name: 'job', screen: 'JobScreen', at: '/jobs/drawings' },
  { name: 'job-plan', screen: 'JobScreen', at: '/jobs/projects-archive?tab=plan', prepare: waitForPlan },
  { name: 'job-changes', screen: 'JobScreen', at: '/jobs/drawings?tab=changes' },
  { name: 'job-edit', screen: 'JobScreen', at: '/jobs/drawings?tab=edit' },
  { name: 'runs', screen: 'RunsScreen', at: '/runs' },
  { name: 'run', screen: 'RunScreen', at: ({ runs }) => `/runs/${runs.good}` },
  { name: 'run-held', screen: 'RunScreen', at: ({ runs }) => `/runs/${runs.held}` },
  { name: 'run-failed', screen: 'RunScreen', at: ({ runs }) => `/runs/${runs.failed}` },
  { name: 'restore-points', screen: 'PointsScreen', at: '/restore-points' },
  { name: 'restore-point', screen: 'PointScreen', at: ({ point }) => `/restore-points/${point}` },
  { name: 'restore', screen: 'PointScreen', at: ({ point }) => `/restore-points/${point}`, prepare: restore },
  {
    name: 'restore-preview',
    screen: 'PointScreen',
    at: ({ point }) => `/restore-points/${point}`,
    prepare: preview,
  },
  {
    name: 'restore-point-files',
    screen: 'BrowseScreen',
    at: ({ point }) => `/restore-points/${point}/files`,
    prepare: chooseFiles,
  },
  { name: 'vaults', screen: 'VaultsScreen', at: '/vaults' },
  { name: 'new-vault', screen: 'NewObjectScreen', at: '/vaults/new' },
  { name: 'vault', screen: 'VaultScreen', at: '/vaults/nas-bozen' },
  { name: 'disk-set', screen: 'VaultScreen', at: '/vaults/bank', prepare: nameDevices },
  { name: 'delete', screen: 'VaultScreen', at: '/vaults/usb-b', prepare: askToDelete },
  { name: 'nodes', screen: 'NodesScreen', at: '/nodes' },
  { name: 'new-node', screen: 'NewObjectScreen', at: '/nodes/new' },
  { name: 'node', screen: 'NodeScreen', at: '/nodes/sv-bozen' },
  { name: 'policies', screen: 'PoliciesScreen', at: '/policies' },
  { name: 'new-policy', screen: 'NewObjectScreen', at: '/policies/new' },
  { name: 'policy', screen: 'PolicyScreen', at: '/policies/nightly' },
  { name: 'notifications', screen: 'NotificationsScreen', at: '/notifications' },
  { name: 'new-notification', screen: 'NewObjectScreen', at: '/notifications/new' },
  { name: 'notification', screen: 'NotificationScreen', at: '/notifications/it-team' },
  { name: 'account', screen: 'AccountScreen', at: '/account' },
  {
    name: 'new-token',
    screen: 'AccountScreen',
    at: '/account',
    prepare: (page) => button(page, 'New token').click(),
  },
  { name: 'users', screen: 'UsersScreen', at: '/users' },
  { name: 'new-user', screen: 'NewUserScreen', at: '/users/new' },
  { name: 'user', screen: 'UserScreen', at: '/users/jonas.weber' },
  { name: 'secrets', screen: 'SecretsScreen', at: '/secrets' },
  { name: 'locks', screen: 'LocksScreen', at: '/locks' },
  { name: 'audit', screen: 'AuditScreen', at: '/audit' },
  { name: 'doctor', screen: 'DoctorScreen', at: '/doctor' },
]

/** The firm has users already: only its answer to that question is another one. */
async function beforeSetUp(page: Page): Promise<void> {
  await page.route('**/api/setup', (route) => route.fulfill({ json: { needed: true } }))
  await page.goto('/setup#token=of-the-link')
  await page.reload()
  await page.getByLabel('Password again').waitFor()
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: /Go to a page or a job/ }).fill('muen')
  await page.getByText('homes-muenchen').last().waitFor()
}

async function openMenu(page: Page): Promise<void> {
  await button(page, 'Open the menu').click()
}

async function fillJob(page: Page): Promise<void> {
  const text = (label: string) => page.getByRole('textbox', { name: label, exact: true })
  await page.getByRole('radio', { name: 'Copy a folder to a disk' }).check()
  await text('Name').fill('personnel')
  await text('Description').fill('Contracts and applications')
  for (const [list, option] of [
    ['Node', 'sv-bozen'],
    ['Vault', 'nas-bozen'],
    ['Policy', 'nightly'],
  ] as const) {
    await page.getByRole('combobox', { name: list, exact: true }).click()
    await page.getByRole('option', { name: option }).click()
  }
  await page.evaluate('scrollTo(0, 0)')
}

async function waitForPlan(page: Page): Promise<void> {
  await page.getByText('would be held').waitFor()
}

async function restore(page: Page): Promise<void> {
  await button(page, 'Restore').click()
  await page.getByLabel('Restore to').fill('/srv/restored/drawings')
}

async function preview(page: Page): Promise<void> {
  await restore(page)
  await button(page, 'Preview').click()
  await page.getByText('This will happen').waitFor()
}

async function chooseFiles(page: Page): Promise<void> {
  for (const file of ['housing-0002.step', 'housing-0004.step'])
    await page.getByRole('checkbox', { name: `Mark ${file}` }).check()
}

/** The disks of the firm are files of this machine: only the names of their devices are others. */
async function nameDevices(page: Page): Promise<void> {
  await page.route('**/api/status', async (route) => {
    const answer = await route.fetch()
    const body = (await answer.text()).replaceAll(/\/dev\/loop\d+/g, '/dev/sdb')
    await route.fulfill({ response: answer, body })
  })
  await page.reload()
  await page.getByText('/dev/sdb').waitFor()
}

async function askToDelete(page: Page): Promise<void> {
  await button(page, 'Delete').click()
  await page.getByLabel('Type usb-b to confirm').waitFor()
}
