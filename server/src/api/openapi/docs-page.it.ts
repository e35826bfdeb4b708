import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { findProgram } from '../../../../tools/verify/find-program.ts'
import { credentials, testServer } from '../testkit/test-server.ts'

test('a browser shows the page under our content security policy, without a complaint', async () => {
  const server = await testServer({ listenHost: '127.0.0.1' })
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const browser = await chromium.launch({
    executablePath: findProgram('chromium') ?? 'chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  try {
    const { cookie = '' } = credentials('admin')
    const [name = '', value = ''] = cookie.split('=')
    const context = await browser.newContext()
    await context.addCookies([{ name, value, url: address }])
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('requestfailed', (request) => complaints.push(request.url()))
    page.on('response', (answer) => {
      if (answer.status() >= 400 || !answer.url().startsWith(address))
        complaints.push(`${answer.status()} ${answer.url()}`)
    })
    await page.goto(`${address}/docs`)
    await page.locator('[data-tag="Runs"]').click()
    await page.getByText('Runs, newest first').click()
    await page.getByText('Name or id of the job').waitFor()
    expect(await page.title()).toBe('Holdfast API')
    expect(await page.getByRole('link', { name: 'Swagger UI' }).count()).toBe(0)
    if (process.env.HOLDFAST_SHOT) await page.screenshot({ path: process.env.HOLDFAST_SHOT })
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
    await server.app.close()
  }
})
