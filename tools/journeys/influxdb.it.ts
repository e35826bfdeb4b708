import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InfluxLab } from '../lab/influxdb/influx-lab.ts'
import { requires } from '../lab/requires.ts'
import { Journey } from './browser.testkit.ts'
import { textsOf } from './screen-texts.ts'

const PHONE = { width: 360, height: 780 }
const DESK = { width: 1360, height: 900 }
const HOUR_NS = 3_600_000_000_000n
const FIRST_NS = 1_760_000_000_000_000_000n
const POINTS = 200
const WRONG = 'canary of a wrong password 7731'

const { shell, secrets, jobs, runs, forms, errors } = textsOf('es')

describe.skipIf(requires('chromium', 'influxdb'))('databases of InfluxDB, in Spanish', () => {
  let journey: Journey
  let page: Page
  let source: InfluxLab
  let standby: InfluxLab

  beforeAll(async () => {
    ;[source, standby] = await Promise.all([InfluxLab.start({ auth: true }), InfluxLab.start({ auth: true })])
    await fill(source, 'metrics', POINTS)
    await fill(source, 'billing', 3)
    await source.query('CREATE DATABASE "not asked for"')
    await fill(standby, 'billing', 1)
    journey = await Journey.begin()
    page = await journey.setUp()
    await journey.send(page, 'PUT', '/api/auth/me', { language: 'es', timeZone: 'Europe/Madrid' })
  })
  afterAll(async () => {
    await journey[Symbol.asyncDispose]()
    await source[Symbol.asyncDispose]()
    await standby[Symbol.asyncDispose]()
  })

  /** An hour apart each, so that they reach over shards; of two measurements. */
  async function fill(server: InfluxLab, db: string, points: number): Promise<void> {
    await server.query(`CREATE DATABASE ${db}`)
    const lines = Array.from({ length: points }, (_, index) => {
      const at = FIRST_NS + BigInt(index) * HOUR_NS
      return `cpu,host=a load=${index}.5 ${at}\nmem,host=a free=${index}i ${at}\n`
    })
    expect((await server.write(lines.join(''), db, 'autogen')).status).toBe(204)
  }

  const text = (label: string, within: Page | Locator = page) =>
    within.getByRole('textbox', { name: label, exact: true })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const group = (name: string) => page.getByRole('group', { name, exact: true })
  const runOnScreen = () => new URL(page.url()).pathname.replace('/runs/', '')

  async function choose(list: string, option: string, within: Page | Locator = page): Promise<void> {
    await within.getByRole('combobox', { name: list, exact: true }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

  /** The whole of the page at both widths, for people; for the test that nothing is cut off on a telephone. */
  async function look(name: string): Promise<void> {
    await journey.picture(page, name)
    await page.setViewportSize(PHONE)
    await expect
      .poll(async () => Number(await page.evaluate('document.scrollingElement.scrollWidth')))
      .toBeLessThanOrEqual(PHONE.width)
    await journey.picture(page, `${name}-phone`)
    await page.setViewportSize(DESK)
  }

  async function keepSecret(name: string, value: string): Promise<void> {
    await page.goto('/secrets')
    await button(secrets.new).first().click()
    const dialog = page.getByRole('dialog')
    await text(shell.common.name, dialog).fill(name)
    await text(secrets.value, dialog).fill(value)
    await dialog.getByRole('button', { name: shell.action.save }).click()
    await page.getByRole('row', { name: new RegExp(name) }).waitFor()
  }

  it('are reached as nodes, with passwords that were entered once', async () => {
    await keepSecret('influx-main', source.login?.password ?? '')
    await keepSecret('influx-standby', standby.login?.password ?? '')
    for (const [name, server, secret] of [
      ['main', source, 'influx-main'],
      ['standby', standby, 'influx-standby'],
    ] as const) {
      await page.goto('/nodes/new')
      await choose('Tipo', 'InfluxDB')
      await text('Nombre').fill(name)
      await text('Dirección').fill(server.url)
      await text('Usuario').fill(server.login?.user ?? '')
      await choose('Secreto', secret, group('Contraseña'))
      expect(await group('Token').count()).toBe(0)
      if (name === 'main') await look('influx-node-form')
      await button(shell.action.create).click()
      await page.waitForURL(`**/nodes/${name}`)
    }
    await look('influx-node')
    await page.goto('/nodes')
    await page.getByRole('row').filter({ hasText: source.url }).getByText('InfluxDB').waitFor()
    await look('influx-nodes')
  })

  it('are named in a job, whose plan says which way they go, and why', async () => {
    await page.goto('/jobs/new')
    await page.getByRole('radio', { name: 'Copiar bases de datos de InfluxDB' }).check()
    await look('influx-job-form-empty')
    await text('Nombre').fill('metrics-to-standby')
    await choose(jobs.sourceNode, 'main')
    await page.getByRole('switch', { name: 'Destino' }).check({ force: true })
    await choose('Nodo', 'standby', group('Destino'))
    await group('Bases de datos').getByRole('button', { name: forms.list.add }).click()
    await text('Base de datos').fill('metrics')
    await look('influx-job-form')
    await button(shell.action.create).click()
    await page.waitForURL('**/jobs/metrics-to-standby')
    await page.getByRole('tab', { name: jobs.tab.plan }).click()
    await page.getByText('copiar la base de datos metrics en standby/metrics').waitFor()
    await page.getByText(/^todo por HTTP, ventana por ventana.*la base de datos es nueva/).waitFor()
    await look('influx-plan')
  })

  it('are copied and compared, and the report counts them', async () => {
    await button(jobs.run).click()
    await page.waitForURL('**/runs/run_*')
    await page
      .getByRole('button', { name: runs.cancel.action })
      .or(page.getByText(runs.report.title, { exact: true }))
      .first()
      .waitFor()
    await journey.picture(page, 'influx-run')
    const run = await journey.finished(page, runOnScreen())
    expect(run).toMatchObject({ outcome: 'success', report: { counts: { values: POINTS * 2 } } })
    await page.getByText(`valores: ${POINTS * 2}`).waitFor()
    await page.getByText('Copiar y comparar').first().waitFor()
    await look('influx-report')
  })

  it('are compared again after the source has changed, and what it lacks meanwhile is a warning', async () => {
    await source.query("DELETE FROM mem WHERE host = 'a' AND time <= 1760000000000000000", 'metrics')
    await source.write(`cpu,host=b load=1.5 ${FIRST_NS}\n`, 'metrics', 'autogen')
    await page.goto('/jobs/metrics-to-standby')
    await page.getByText(jobs.target, { exact: true }).waitFor()
    await look('influx-job')
    await page.goto('/jobs')
    await page.getByRole('row').filter({ hasText: 'metrics-to-standby' }).getByText('→ standby').waitFor()
    await look('influx-jobs')
    await page.goto('/jobs/metrics-to-standby')
    await button(jobs.run).click()
    await page.waitForURL('**/runs/run_*')
    expect(await journey.finished(page, runOnScreen())).toMatchObject({ outcome: 'warning' })
    await page.getByText('Copiar y comparar').first().waitFor()
    await page.getByText(runs.report.warnings, { exact: true }).waitFor()
    await page.getByText(/El destino contiene más que el origen en 1 ventana: .*mem/).waitFor()
    await look('influx-report-warning')
  })

  it('wait for a person where the destination holds data, and are copied once one agrees', async () => {
    await journey.send(page, 'POST', '/api/jobs', {
      name: 'billing-to-standby',
      kind: 'influxdb-copy',
      node: 'main',
      config: { destination: { node: 'standby' }, databases: [{ name: 'billing' }] },
    })
    await page.goto('/jobs/billing-to-standby?tab=plan')
    await page.getByText(jobs.planHeld).waitFor()
    await look('influx-plan-held')
    await button(jobs.run).click()
    await page.waitForURL('**/runs/run_*')
    await page.getByText(runs.held.title).waitFor()
    await page
      .getByText(/La base de datos billing ya está en el destino/)
      .first()
      .waitFor()
    await look('influx-held')
    await button(runs.held.approve).click()
    await journey.picture(page, 'influx-approve')
    await page.getByRole('dialog').getByRole('button', { name: runs.held.approve, exact: true }).click()
    expect(await journey.finished(page, runOnScreen())).toMatchObject({ outcome: 'success' })
    const count = await standby.query('SELECT count(load) FROM cpu', 'billing')
    expect(count).toMatchObject([{ values: [[expect.anything(), 3]] }])
    await look('influx-approved')
  })

  it('say what to do when the password is wrong', async () => {
    await page.goto('/secrets')
    const row = page.getByRole('row', { name: /influx-standby/ })
    await row.getByRole('button', { name: secrets.replace }).click()
    const dialog = page.getByRole('dialog')
    await text(secrets.value, dialog).fill(WRONG)
    await dialog.getByRole('button', { name: shell.action.save }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.goto('/jobs/billing-to-standby?tab=plan')
    await page.getByText(errors['node-auth-failed'].title).waitFor()
    await look('influx-plan-wrong-password')
    await button(jobs.run).click()
    await page.waitForURL('**/runs/run_*')
    const alert = page.getByRole('alert').filter({ hasText: errors['node-auth-failed'].title })
    await alert.getByText(standby.url).first().waitFor()
    await alert.getByText('Introduzca en el nodo el usuario y el secreto correctos').waitFor()
    expect(await page.content()).not.toContain(WRONG)
    await alert.getByText('holdfast doctor', { exact: true }).waitFor()
    await look('influx-wrong-password')
    await page.goto('/doctor')
    await page.getByRole('row').filter({ hasText: standby.url }).first().waitFor()
    await look('influx-doctor')
  })

  it('complains about nothing in the console of the browser', () => {
    expect(journey.complaints).toEqual([])
  })
})
