import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { requires } from '../../../../tools/lab/requires.ts'
import { metricsApp } from './metrics.testkit.ts'

const DEPLOY = join(import.meta.dirname, '../../../../deploy')
const run = promisify(execFile)

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-prometheus-'))
})
afterAll(() => rm(directory, { recursive: true }))

/** Names of the product's own metrics in a text, without the endings that histograms add. */
function metricNames(text: string): Set<string> {
  const names = text.match(/\bholdfast_[a-z0-9_]+/g) ?? []
  return new Set(names.map((name) => name.replace(/_(bucket|sum|count)$/, '')))
}

async function servedNames(): Promise<Set<string>> {
  const { app } = metricsApp()
  await app.inject('/api/jobs/a')
  const { body } = await app.inject('/metrics')
  await app.close()
  return metricNames(body.replace(/^[^#].*$/gm, ''))
}

const DASHBOARDS = ['grafana/holdfast.json', 'grafana/holdfast-influxdb.json']

it.each(['prometheus/holdfast.rules.yml', ...DASHBOARDS])(
  '%s asks only for metrics that exist',
  async (file) => {
    const served = await servedNames()
    const asked = metricNames((await readFile(join(DEPLOY, file), 'utf8')).replaceAll('holdfast_token', ''))
    expect(asked.size).toBeGreaterThan(4)
    expect([...asked].filter((name) => !served.has(name))).toEqual([])
  },
)

it.each(DASHBOARDS)(
  '%s has a query and a title in each panel, and each panel an id of its own',
  async (file) => {
    const dashboard = JSON.parse(await readFile(join(DEPLOY, file), 'utf8')) as {
      panels: { id: number; type: string; title: string; targets?: { expr: string }[] }[]
    }
    const panels = dashboard.panels.filter(({ type }) => type !== 'row')
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
    for (const { title, targets } of panels) {
      expect(title).not.toBe('')
      expect(targets?.every(({ expr }) => expr.length > 0) && targets.length > 0).toBe(true)
    }
  },
)

describe.skipIf(requires('prometheus'))('the real Prometheus', () => {
  it('finds no fault with the rules, and they fire as their test says', async () => {
    const rules = join(DEPLOY, 'prometheus/holdfast.rules.yml')
    expect((await run('promtool', ['check', 'rules', rules])).stdout).toContain('SUCCESS')
    const tests = join(DEPLOY, 'prometheus/holdfast.rules.test.yml')
    expect((await run('promtool', ['test', 'rules', tests])).stdout).toContain('SUCCESS')
    const alerts: string[] = (await readFile(rules, 'utf8')).match(/(?<=alert: )\w+/g) ?? []
    const tested: string[] = (await readFile(tests, 'utf8')).match(/(?<=alertname: )\w+/g) ?? []
    expect(alerts.filter((alert) => !tested.includes(alert))).toEqual([])
  })

  it('finds no fault with the names and forms of the metrics', async () => {
    const { app } = metricsApp()
    await app.inject('/api/jobs/a')
    const { body } = await app.inject('/metrics')
    await app.close()
    // Names of prom-client's own metrics are not ours to choose.
    const ours = body.split('\n\n').filter((part) => part.includes('holdfast_'))
    const check = run('promtool', ['check', 'metrics'])
    check.child.stdin?.end(`${ours.join('\n').trimEnd()}\n`)
    const { stdout, stderr } = await check
    expect(stdout + stderr).toBe('')
  })

  it('scrapes them, evaluates the rules and raises an alert', async () => {
    const { app, state } = metricsApp()
    state.snapshot.workers = [{ site: 'main', alive: 0 }]
    await app.listen({ port: 0, host: '127.0.0.1' })
    const target = `127.0.0.1:${(app.server.address() as AddressInfo).port}`
    const rules = (await readFile(join(DEPLOY, 'prometheus/holdfast.rules.yml'), 'utf8')).replaceAll(
      /^ +for: .*\n/gm,
      '',
    )
    await writeFile(join(directory, 'rules.yml'), rules)
    await writeFile(
      join(directory, 'prometheus.yml'),
      `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
scrape_configs: [{ job_name: holdfast, static_configs: [{ targets: ['${target}'] }] }]
`,
    )
    const address = `127.0.0.1:${await freePort()}`
    const prometheus = spawn(
      'prometheus',
      [
        `--config.file=${join(directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=${address}`,
      ],
      { stdio: 'ignore' },
    )
    try {
      const query = async (expr: string) => {
        const response = await fetch(`http://${address}/api/v1/query?query=${encodeURIComponent(expr)}`)
        const { data } = (await response.json()) as {
          data: { result: { metric: Record<string, string>; value: [number, string] }[] }
        }
        return data.result
      }
      await vi.waitFor(
        async () => {
          expect((await query('up{job="holdfast"}'))[0]?.value[1]).toBe('1')
          const [point] = await query('holdfast_job_newest_point_timestamp_seconds')
          expect(point).toMatchObject({
            metric: { exported_job: 'docs "a"' },
            value: [expect.any(Number), '1767322800'],
          })
          const alerts = await query('ALERTS{alertstate="firing"}')
          expect(alerts.map(({ metric }) => metric.alertname).toSorted()).toEqual([
            'ControlBackupStale',
            'CoverageMissed',
            'NotificationFailing',
            'VaultFull',
            'WorkerAbsent',
          ])
        },
        { timeout: 40_000, interval: 500 },
      )
    } finally {
      const ended = new Promise((resolve) => prometheus.once('close', resolve))
      prometheus.kill('SIGTERM')
      await ended
      await app.close()
    }
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
