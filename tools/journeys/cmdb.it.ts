import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CmdbuildLab } from '../lab/cmdbuild/cmdbuild-lab.ts'
import { requires } from '../lab/requires.ts'
import { officeEstate, VeeamLab } from '../lab/veeam/veeam-lab.ts'
import { Journey } from './browser.testkit.ts'
import { textsOf } from './screen-texts.ts'

const PHONE = { width: 360, height: 780 }
const DESK = { width: 1280, height: 900 }
const WRONG = 'canary of a wrong password 5512'
const JOB = 'cmdb-da-veeam'
const KIND = 'Mantenere aggiornato un CMDB'

const { shell, secrets, jobs, runs, forms, errors } = textsOf('it')

describe.skipIf(requires('chromium', 'openssl'))('a CMDB that is kept true, in Italian', () => {
  let journey: Journey
  let page: Page
  let veeam: VeeamLab
  let cmdb: CmdbuildLab

  beforeAll(async () => {
    ;[veeam, cmdb] = await Promise.all([
      VeeamLab.start({ tls: true, estate: officeEstate(new Date()) }),
      CmdbuildLab.start({ fixture: 'ready2use' }),
    ])
    // A person looks after this one: it is recognised, and what stands there stays.
    cmdb.store.addCard('VirtualServer', { Code: 'VS-17', Hostname: 'erp01', Notes: 'do not touch' })
    journey = await Journey.begin()
    page = await journey.setUp()
    await page.setViewportSize(DESK)
    await journey.send(page, 'PUT', '/api/auth/me', { language: 'it', timeZone: 'Europe/Rome' })
  })
  afterAll(async () => {
    await journey[Symbol.asyncDispose]()
    await veeam[Symbol.asyncDispose]()
    await cmdb[Symbol.asyncDispose]()
  })

  const text = (label: string, within: Page | Locator = page) =>
    within.getByRole('textbox', { name: label, exact: true })
  const button = (name: string, within: Page | Locator = page) =>
    within.getByRole('button', { name, exact: true })
  const group = (name: string) => page.getByRole('group', { name, exact: true })
  const runOnScreen = () => new URL(page.url()).pathname.replace('/runs/', '')
  const details = () => page.getByRole('region', { name: runs.report.table })

  async function choose(list: string, option: string, within: Page | Locator = page): Promise<void> {
    await within.getByRole('combobox', { name: list, exact: true }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

  /** The page in light and in dark and on a telephone, for people; for the test that nothing is cut off there. */
  async function look(name: string): Promise<void> {
    await journey.picture(page, name, { isWhole: true })
    await page.emulateMedia({ colorScheme: 'dark' })
    await journey.picture(page, `${name}-dark`, { isWhole: true })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(PHONE)
    await expect
      .poll(async () => Number(await page.evaluate('document.scrollingElement.scrollWidth')))
      .toBeLessThanOrEqual(PHONE.width)
    await journey.picture(page, `${name}-phone`, { isWhole: true })
    await page.setViewportSize(DESK)
  }

  async function keepSecret(name: string, value: string): Promise<void> {
    await page.goto('/secrets')
    await button(secrets.new).first().click()
    const dialog = page.getByRole('dialog')
    await text(shell.common.name, dialog).fill(name)
    await text(secrets.value, dialog).fill(value)
    await button(shell.action.save, dialog).click()
    await page.getByRole('row', { name: new RegExp(name) }).waitFor()
  }

  async function replaceSecret(name: string, value: string): Promise<void> {
    await page.goto('/secrets')
    await button(secrets.replace, page.getByRole('row', { name: new RegExp(name) })).click()
    const dialog = page.getByRole('dialog')
    await text(secrets.value, dialog).fill(value)
    await button(shell.action.save, dialog).click()
    await dialog.waitFor({ state: 'detached' })
  }

  async function openPlan(): Promise<void> {
    await page.goto(`/jobs/${JOB}?tab=plan`)
  }

  async function runNow(): Promise<void> {
    await page.goto(`/jobs/${JOB}`)
    await button(jobs.run).click()
    await page.waitForURL('**/runs/run_*')
  }

  it('is reached by nodes whose forms say what is wrong before anything is sent', async () => {
    await keepSecret('veeam-password', veeam.password)
    await keepSecret('cmdbuild-password', cmdb.password)
    await page.goto('/nodes/new')
    await choose('Tipo', 'Veeam')
    await text('Indirizzo').fill('vbr.example.org:9419')
    await button(shell.action.create).click()
    await page.getByText(forms.problem.required).first().waitFor()
    await page.getByText(/per esempio https:\/\/veeam\.example\.org:9419/).waitFor()
    await look('veeam-form-wrong')
    await text('Nome').fill('vbr')
    await text('Indirizzo').fill(veeam.url)
    await text('Utente').fill(veeam.user)
    await choose('Segreto', 'veeam-password', group('Password'))
    expect(await page.getByText(forms.problem.required).count()).toBe(0)
    await look('veeam-form')
    await button(shell.action.create).click()
    await page.waitForURL('**/nodes/vbr')
    await look('veeam-node')

    await page.goto('/nodes/new')
    await choose('Tipo', 'CMDBuild')
    await text('Nome').fill('cmdb')
    await text('Indirizzo').fill(cmdb.url)
    await text('Utente').fill(cmdb.user)
    await choose('Segreto', 'cmdbuild-password', group('Password'))
    await look('cmdbuild-form')
    await button(shell.action.create).click()
    await page.waitForURL('**/nodes/cmdb')
    await page.goto('/nodes')
    await page.getByRole('row').filter({ hasText: veeam.url }).getByText('Veeam').waitFor()
    await look('cmdb-nodes')
  })

  it('is named in a job, with the source beside it', async () => {
    await page.goto('/jobs/new')
    await page.getByRole('radio', { name: KIND }).check()
    await text('Nome').first().fill(JOB)
    await choose('Nodo', 'cmdb')
    await button(shell.action.create).click()
    await page.getByText(forms.problem.required).first().waitFor()
    await look('cmdb-job-form-wrong')
    await choose('Server Veeam', 'vbr')
    expect(await page.getByText(forms.problem.required).count()).toBe(0)
    await look('cmdb-job-form')
    await button(shell.action.create).click()
    await page.waitForURL(`**/jobs/${JOB}`)
    await page.getByText(jobs.facts, { exact: true }).waitFor()
    expect(await page.getByRole('tab', { name: jobs.tab.points }).count()).toBe(0)
    await look('cmdb-job')
    await page.goto('/jobs')
    await page.getByRole('row').filter({ hasText: JOB }).getByText('→ cmdb', { exact: true }).waitFor()
    await look('cmdb-jobs')
  })

  it('trusts a certificate of an unknown authority by the fingerprint that the error tells', async () => {
    await openPlan()
    const alert = page.getByRole('alert').filter({ hasText: errors['node-certificate-untrusted'].title })
    await alert.waitFor()
    await look('cmdb-plan-untrusted')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(shell.problem.copyFingerprint, alert).click()
    await button(shell.action.copied, alert).waitFor()
    const fingerprint = String(await page.evaluate('navigator.clipboard.readText()'))
    expect(fingerprint).toBe(veeam.fingerprint)
    await page.goto('/nodes/vbr')
    await button('Altre 7 impostazioni').click()
    await text('Impronta del certificato').fill('12:34')
    await button(shell.action.save).click()
    await page.getByText(/Non ha la forma richiesta/).waitFor()
    await look('veeam-fingerprint-wrong')
    await text('Impronta del certificato').fill(fingerprint)
    await button(shell.action.save).click()
    await page.getByText('vbr è salvato.').waitFor()
  })

  it('is prepared: what it lacks is shown, and made once somebody says so', async () => {
    await page.goto(`/jobs/${JOB}`)
    await button(jobs.prepare.action).click()
    const dialog = page.getByRole('dialog', { name: `Prepara ${JOB}` })
    await dialog.getByText('creare la classe BackupJob sotto CI').waitFor()
    await look('cmdb-prepare')
    expect(cmdb.writeRequests).toBe(0)
    await dialog.getByRole('button', { name: /^Crea/ }).click()
    await page.waitForURL('**/runs/run_*')
    expect(await journey.finished(page, runOnScreen())).toMatchObject({ outcome: 'success' })
    await page
      .getByText(/^creat[ae] \d+ cos[ae] che mancav/)
      .first()
      .waitFor()
    await look('cmdb-prepared')
    await page.goto('/jobs')
    await button(`Prepara ${JOB} …`).click()
    await page.getByText(jobs.prepare.nothingTitle).waitFor()
    await look('cmdb-prepare-nothing')
  })

  it('gets what the plan shows, and the report tells each value', async () => {
    cmdb.forgetRequests()
    await openPlan()
    await page.getByText(/^scrivere \d+ modifiche$/).waitFor()
    await page.getByText(/^creare Infrastructure /).waitFor()
    await page.getByText(/^modificare VirtualServer erp01: .*BackupStatus \(– → Protected\)/).waitFor()
    await look('cmdb-plan')
    expect(cmdb.writeRequests).toBe(0)
    await runNow()
    const run = await journey.finished(page, runOnScreen())
    expect(run).toMatchObject({ outcome: 'success', report: { counts: { created: 37, updated: 1 } } })
    await page.getByRole('heading', { name: `Esecuzione di ${JOB}` }).waitFor()
    await details().waitFor()
    await look('cmdb-report')
    await details().getByRole('columnheader', { name: 'Azione' }).waitFor()
    await details().getByRole('searchbox').fill('erp01 Modificare')
    await details()
      .getByText(/^\d+ di \d+ righe$/)
      .waitFor()
    await look('cmdb-report-search')
    const download = page.waitForEvent('download')
    await details().getByRole('link', { name: runs.report.csv }).click()
    const csv = await readFile(await (await download).path(), 'utf8')
    expect(csv).toMatch(/^\ufeff?action,class,card,name,attribute,before,after,result,message\r\n/)
    expect(csv).toMatch(/^update,VirtualServer,\d+,erp01,/m)
  })

  it('gets nothing the second time, since all is as the source says', async () => {
    cmdb.forgetRequests()
    await openPlan()
    await page.getByText('niente da scrivere: il CMDB è come dice l’origine').first().waitFor()
    await look('cmdb-plan-nothing')
    await runNow()
    const counts = { unchanged: 38, cmdbWrites: 0 }
    expect(await journey.finished(page, runOnScreen())).toMatchObject({
      outcome: 'success',
      report: { counts },
    })
    await page.getByText(runs.report.title, { exact: true }).waitFor()
    await look('cmdb-report-nothing')
    expect(cmdb.writeRequests).toBe(0)
    expect(await details().count()).toBe(0)
  })

  it('waits where a machine is no longer there', async () => {
    const { estate } = veeam
    const gone = estate.backupObjects.filter(({ name }) => name === 'hvguest01').map(({ id }) => id)
    expect(gone).toHaveLength(1)
    estate.restorePoints = estate.restorePoints.filter(({ backupObjectId }) => !gone.includes(backupObjectId))
    estate.backupObjects = estate.backupObjects.filter(({ id }) => !gone.includes(id))
    await openPlan()
    await page.getByText('non scrivere nulla su hvguest01').waitFor()
    await page.getByText(/^manca dal /).waitFor()
    await look('cmdb-plan-waiting')
  })

  it('is not emptied when everything is gone at once: the run waits, and is refused', async () => {
    await page.goto(`/jobs/${JOB}?tab=edit`)
    await page
      .getByRole('spinbutton', { name: 'Dopo quante esecuzioni' })
      .or(text('Dopo quante esecuzioni'))
      .fill('1')
    await page
      .getByRole('spinbutton', { name: 'Dopo quanti giorni' })
      .or(text('Dopo quanti giorni'))
      .fill('0')
    await button(shell.action.save).click()
    await page.getByText(`${JOB} è salvato.`).waitFor()
    veeam.estate.backupObjects = []
    veeam.estate.restorePoints = []
    cmdb.forgetRequests()
    await openPlan()
    await page.getByText(jobs.planHeld).waitFor()
    await look('cmdb-plan-held')
    await runNow()
    await page.getByText(runs.held.title).waitFor()
    await page.getByText('L’origine non elenca più nulla di un tipo', { exact: true }).first().waitFor()
    await look('cmdb-held')
    await button(runs.held.refuse).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await look('cmdb-refuse')
    await button(runs.held.refuse, dialog).click()
    expect(await journey.finished(page, runOnScreen())).toMatchObject({ outcome: 'canceled' })
    await page.getByText(errors['run-refused'].title).first().waitFor()
    await look('cmdb-refused')
    expect(cmdb.writeRequests).toBe(0)
  })

  it('says what to do when a password is wrong, and when nobody answers', async () => {
    await replaceSecret('cmdbuild-password', WRONG)
    await openPlan()
    await page.getByText(errors['node-auth-failed'].title).waitFor()
    await look('cmdb-plan-wrong-password')
    await runNow()
    const refused = page.getByRole('alert').filter({ hasText: errors['node-auth-failed'].title })
    await refused.getByText(cmdb.url).first().waitFor()
    expect(await page.content()).not.toContain(WRONG)
    await look('cmdb-wrong-password')
    await page.goto('/doctor')
    await page
      .getByRole('row')
      .filter({ hasText: new URL(cmdb.url).host })
      .first()
      .waitFor()
    await look('cmdb-doctor')
    await cmdb[Symbol.asyncDispose]()
    await openPlan()
    await page.getByText(errors['node-unreachable'].title).waitFor()
    await look('cmdb-plan-unreachable')
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })
})
