import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import type { Page as Listed, RestorePoint, RunSummary } from '@holdfast/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BareDisk } from '../lab/bare-disk.ts'
import { requires } from '../lab/requires.ts'
import { Journey } from './browser.testkit.ts'

const NEEDS = ['chromium', 'rsync', 'root', 'loop', 'ext4 mount', 'e2fsprogs', 'mount'] as const
const PHONE = { width: 360, height: 780 }
const DESK = { width: 1360, height: 900 }
/** A worker looks so often whether disks in its bay belong to a vault that was made meanwhile. */
const LOOKED_AT_LATEST_MS = 40_000
/** Copied at one MiB a second: long enough to be watched. */
const FILE_BYTES = 4 * 1024 * 1024

describe.skipIf(requires(...NEEDS))('disks that take turns', () => {
  let journey: Journey
  let page: Page
  const disks: BareDisk[] = []
  let monday: BareDisk
  let tuesday: BareDisk
  let source: string
  let firstPoint: RestorePoint

  beforeAll(async () => {
    monday = await diskCalled('Monday')
    journey = await Journey.begin()
    page = await journey.setUp()
    source = journey.place.path('office')
    await mkdir(`${source}/letters`, { recursive: true })
    await writeFile(`${source}/letters/dear reader.txt`, 'Dear reader')
    await writeFile(`${source}/letters/other.txt`, 'not asked for')
    await writeFile(`${source}/letters/back\\slash and\nnew line.txt`, 'odd')
    await writeFile(`${source}/image.raw`, Buffer.alloc(FILE_BYTES, 'x'))
  })
  afterAll(async () => {
    await journey[Symbol.asyncDispose]()
    for (const disk of disks) await disk[Symbol.asyncDispose]()
  })

  async function diskCalled(label: string): Promise<BareDisk> {
    const disk = await BareDisk.create({ type: 'ext4', sizeMb: 128, with: ['-L', label] })
    disks.push(disk)
    return disk
  }
  const text = (label: string) => page.getByRole('textbox', { name: label, exact: true })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const card = (label: string) => page.getByRole('article', { name: label, exact: true })
  const runs = async () => (await journey.send<Listed<RunSummary>>(page, 'GET', '/api/runs')).items
  const runOnScreen = () => new URL(page.url()).pathname.replace('/runs/', '')

  /** Takes the disk with this device in the open list of what is plugged in. */
  async function take(disk: BareDisk): Promise<void> {
    const dialog = page.getByRole('dialog', { name: 'In the bay now' })
    await dialog
      .getByRole('button')
      .filter({ hasText: `${disk.device} ` })
      .click()
    await dialog.waitFor({ state: 'detached' })
  }

  it('are chosen from what is plugged in, also when that happens meanwhile', async () => {
    await page.goto('/vaults/new')
    await page.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Disk set' }).click()
    await text('Name').fill('offsite')
    await button('Choose from the bay').click()
    await journey.picture(page, 'bay')
    await take(monday)
    await expect.poll(() => text('Label').inputValue()).toBe('Monday')
    await button('Add').click()
    await button('Choose from the bay').last().click()
    const dialog = page.getByRole('dialog', { name: 'In the bay now' })
    await dialog.getByText('Stands in this form already.').waitFor()
    tuesday = await diskCalled('Tuesday')
    await take(tuesday)
    await text('Each disk back within').fill('14d')
    await button('2 more settings').click()
    await text('Free space to leave').fill('1MiB')
    await journey.picture(page, 'disk-set-form')
    await button('Create').click()
    await page.waitForURL((url) => !url.pathname.endsWith('/new'))
  })

  it('stand on the page of their vault with where they are', async () => {
    await page.goto('/vaults/offsite')
    await card('Monday')
      .getByText(new RegExp(`as ${monday.device}$`))
      .waitFor({ timeout: LOOKED_AT_LATEST_MS })
    await card('Tuesday')
      .getByText(new RegExp(`as ${tuesday.device}$`))
      .waitFor()
    await tuesday.unplug()
    await card('Tuesday').getByText('Not plugged in').waitFor()
    await page.setViewportSize(PHONE)
    const width = async () => Number(await page.evaluate('document.scrollingElement.scrollWidth'))
    await expect.poll(width).toBeLessThanOrEqual(PHONE.width)
    await journey.picture(page, 'disk-wall-phone')
    await page.setViewportSize(DESK)
  })

  it('are started from there, must stay while they are used, and may go afterwards', async () => {
    const config = { source, bandwidthLimit: '1MiB' }
    await journey.send(page, 'POST', '/api/jobs', {
      name: 'office',
      kind: 'disk-copy',
      vault: 'offsite',
      config,
    })
    await card('Monday').getByRole('button', { name: 'Start now' }).click()
    await page.waitForURL('**/runs/run_*')
    await page.getByText('The disk Monday is in use. Do not remove it.').waitFor()
    await journey.picture(page, 'disk-in-use')
    await page.getByText('The disk Monday is safe to remove.').waitFor({ timeout: 60_000 })
    await journey.picture(page, 'disk-safe')
    const run = await journey.finished(page, runOnScreen())
    expect(run).toMatchObject({ outcome: 'success', disk: { label: 'Monday', safeToRemove: true } })
    await page.goto('/vaults/offsite')
    await card('Monday').getByText('Safe to remove').waitFor()
    await journey.picture(page, 'disk-wall')
    const { items } = await journey.send<Listed<RestorePoint>>(page, 'GET', '/api/restore-points')
    expect(items).toMatchObject([{ disk: { label: 'Monday' } }])
    firstPoint = items[0] as RestorePoint
  })

  it('are asked for where a restore point lies on one that is away', async () => {
    await monday.unplug()
    await card('Monday').getByText('Not plugged in').waitFor()
    await page.goto(`/restore-points/${firstPoint.id}/files`)
    await page.getByText('Plug in the disk Monday').waitFor()
    await page.getByText('This folder has not been read.').waitFor()
  })

  it('start their jobs when they are plugged in', async () => {
    await monday.plugIn()
    const byDevice = async () => (await runs()).find(({ trigger }) => trigger === 'device')
    await expect.poll(byDevice, { timeout: 30_000 }).toBeDefined()
    const run = await byDevice()
    expect(await journey.finished(page, run?.id ?? '')).toMatchObject({
      outcome: 'success',
      disk: { label: 'Monday' },
    })
  })

  it('are looked into, and give back what was chosen and nothing else', async () => {
    const files = page.getByRole('table', { name: 'Files and folders' })
    await files.getByRole('link', { name: 'letters' }).click()
    await files.getByText('back\\slash and new line.txt').waitFor()
    await journey.picture(page, 'browse')
    // With the keyboard: from the way up to the file, and Enter marks it.
    await files.getByRole('link', { name: 'One folder up' }).focus()
    for (let row = 0; row < 3; row++) {
      if ((await page.locator(':focus').textContent())?.includes('dear reader')) break
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
    await page.getByText('1 chosen').waitFor()
    await button('Restore what is chosen').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('listitem').filter({ hasText: 'letters/dear reader.txt' }).waitFor()
    const target = journey.place.path('restored')
    await dialog.getByLabel('Restore to').fill(target)
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText(/write 1 files/).waitFor({ timeout: 60_000 })
    await dialog.getByRole('button', { name: /^Restore/ }).click()
    await page.waitForURL('**/runs/run_*')
    expect(await journey.finished(page, runOnScreen())).toMatchObject({ outcome: 'success' })
    expect(await readFile(`${target}/letters/dear reader.txt`, 'utf8')).toBe('Dear reader')
    expect(await readdir(`${target}/letters`)).toEqual(['dear reader.txt'])
  })

  it('stand on the overview', async () => {
    await page.goto('/')
    const section = page.getByRole('region', { name: 'Disks' })
    await section.getByText('Safe to remove').waitFor()
    await section.getByText('Not plugged in').waitFor()
    await journey.picture(page, 'disks-on-overview')
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })
})
