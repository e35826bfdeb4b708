import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metricsApp } from './metrics.testkit.ts'

let lab: ReturnType<typeof metricsApp>
beforeEach(() => {
  lab = metricsApp()
})
afterEach(() => lab.app.close())

const scrape = async () => (await lab.app.inject('/metrics')).body
const lines = async (start: string) => (await scrape()).split('\n').filter((line) => line.startsWith(start))

describe('/metrics', () => {
  it('tells jobs, coverage, runs, vaults, workers and the database in base units', async () => {
    expect(await lines('holdfast_job')).toEqual([
      'holdfast_jobs_left_out 3',
      'holdfast_job_newest_point_timestamp_seconds{job="docs \\"a\\"",kind="copy"} 1767322800',
      'holdfast_job_last_success_timestamp_seconds{job="docs \\"a\\"",kind="copy"} 1767322860',
      'holdfast_job_last_outcome{job="docs \\"a\\"",kind="copy",outcome="success"} 1',
      'holdfast_job_last_duration_seconds{job="docs \\"a\\"",kind="copy"} 60.5',
      'holdfast_job_last_moved_bytes{job="docs \\"a\\"",kind="copy"} 4096',
      'holdfast_job_last_counted{job="docs \\"a\\"",kind="copy",what="windows"} 5',
      'holdfast_job_last_counted{job="docs \\"a\\"",kind="copy",what="copied"} 2',
      'holdfast_job_rpo_seconds{job="docs \\"a\\"",kind="copy"} 93600',
    ])
    expect(await lines('holdfast_coverage')).toContain('holdfast_coverage{state="never"} 0')
    expect(await lines('holdfast_runs_ended_total')).toEqual([
      'holdfast_runs_ended_total{kind="copy",outcome="success"} 7',
      'holdfast_runs_ended_total{kind="copy",outcome="failed"} 0',
    ])
    const text = await scrape()
    for (const line of [
      'holdfast_database_up 1',
      'holdfast_live_runs{kind="copy",status="running"} 2',
      'holdfast_queue_oldest_age_seconds 12.5',
      'holdfast_vault_points{vault="cellar"} 4',
      'holdfast_vault_size_bytes{vault="cellar"} 1000',
      'holdfast_vault_free_bytes{vault="cellar"} 2000',
      'holdfast_workers_alive{site="main"} 1',
      'holdfast_deliveries_failed 2',
      'holdfast_database_size_bytes 8000000',
      'holdfast_control_backup_timestamp_seconds 0',
      'holdfast_build_info{version="1.2.3"} 1',
    ])
      expect(text).toContain(`\n${line}\n`)
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m)
  })

  it('forgets what is no longer there', async () => {
    await scrape()
    lab.state.snapshot = { ...lab.state.snapshot, jobs: [], vaults: [] }
    expect(await lines('holdfast_job_')).toEqual([])
    expect(await lines('holdfast_vault_')).toEqual([])
  })

  it('still tells of the process while the database is away, and no number of before', async () => {
    await scrape()
    lab.state.fails = true
    const text = await scrape()
    expect(text).toContain('\nholdfast_database_up 0\n')
    expect(text).toContain('process_cpu_seconds_total')
    const told = text.match(/^holdfast_(?!database_up|build_info|http_)\w+/gm)
    expect(told).toBeNull()
  })

  it('times requests by route, method and class of status', async () => {
    await lab.app.inject('/api/jobs/a')
    await lab.app.inject('/api/jobs/b')
    await lab.app.inject('/nowhere')
    expect(await lines('holdfast_http_request_duration_seconds_count')).toEqual([
      'holdfast_http_request_duration_seconds_count{method="GET",route="/api/jobs/:ref",status="4xx"} 2',
      'holdfast_http_request_duration_seconds_count{method="GET",route="none",status="4xx"} 1',
    ])
  })
})

describe('/healthz and /readyz', () => {
  it('say yes, and no without details when the database is away', async () => {
    expect((await lab.app.inject('/readyz')).statusCode).toBe(200)
    lab.state.fails = true
    expect((await lab.app.inject('/healthz')).statusCode).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 1050))
    const answer = await lab.app.inject('/readyz')
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ code: 'database-unreachable' })
    expect(answer.body).not.toContain('went away')
  })

  it('ask the database at most once a second', async () => {
    for (let n = 0; n < 50; n += 1) await lab.app.inject('/readyz')
    expect(lab.state.asked).toBe(1)
  })
})
