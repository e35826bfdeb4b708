import { coverageState } from '@holdfast/contract'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { MetricsSnapshot } from '../ports.ts'

/** Metrics of what Holdfast does, filled from one snapshot at a time. Times are Unix seconds, sizes bytes. */
export interface ProductMetrics {
  fill(snapshot: MetricsSnapshot): void
  /** The numbers cannot be read: those of before are not told again as if they were true. */
  clear(): void
}

export function productMetrics(registry: Registry): ProductMetrics {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `holdfast_${name}`, help, labelNames, registers: [registry] })
  const database = gauge('database_up', '1 when the numbers of this answer could be read from the database')
  const parts = [jobMetrics(gauge), runMetrics(gauge, registry), placeMetrics(gauge), systemMetrics(gauge)]
  return {
    fill(snapshot) {
      database.set(1)
      for (const part of parts) {
        part.clear()
        part.fill(snapshot)
      }
    },
    clear() {
      database.set(0)
      for (const part of parts) part.clear()
    },
  }
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge

function seconds(instant: string): number {
  return Date.parse(instant) / 1000
}

function jobMetrics(gauge: MakeGauge): ProductMetrics {
  const of = ['job', 'kind']
  const coverage = gauge('coverage', 'Enabled jobs by state of coverage', ['state'])
  const leftOut = gauge(
    'jobs_left_out',
    'Enabled jobs without series of their own: beyond 2000 jobs only those that are not covered have some',
  )
  const newest = gauge(
    'job_newest_point_timestamp_seconds',
    'When the newest good restore point was taken',
    of,
  )
  const success = gauge('job_last_success_timestamp_seconds', 'End of the last run without failure', of)
  const outcome = gauge('job_last_outcome', '1 for the outcome of the last run', [...of, 'outcome'])
  const duration = gauge('job_last_duration_seconds', 'How long the last run took', of)
  const moved = gauge('job_last_moved_bytes', 'Bytes that the last run has moved', of)
  const counts = gauge('job_last_counted', 'What the report of the last run counts, by name', [...of, 'what'])
  const rpo = gauge('job_rpo_seconds', 'Maximum accepted age of the newest good restore point', of)
  return {
    fill({ coverage: states, jobs, jobsLeftOut }) {
      for (const state of coverageState.options) coverage.set({ state }, states[state] ?? 0)
      leftOut.set(jobsLeftOut)
      for (const job of jobs) {
        const labels = { job: job.job, kind: job.kind }
        if (job.newestPointAt !== null) newest.set(labels, seconds(job.newestPointAt))
        if (job.lastSuccessAt !== null) success.set(labels, seconds(job.lastSuccessAt))
        if (job.lastOutcome !== null) outcome.set({ ...labels, outcome: job.lastOutcome }, 1)
        if (job.lastDurationSeconds !== null) duration.set(labels, job.lastDurationSeconds)
        if (job.lastMovedBytes !== null) moved.set(labels, job.lastMovedBytes)
        for (const [what, value] of Object.entries(job.lastCounts ?? {}))
          counts.set({ ...labels, what }, value)
        if (job.rpoSeconds !== null) rpo.set(labels, job.rpoSeconds)
      }
    },
    clear() {
      reset([coverage, newest, success, outcome, duration, moved, counts, rpo])
      remove([leftOut])
    },
  }
}

function runMetrics(gauge: MakeGauge, registry: Registry): ProductMetrics {
  const live = gauge('live_runs', 'Runs that have not ended, by job kind and status', ['kind', 'status'])
  const waiting = gauge(
    'queue_oldest_age_seconds',
    'How long the oldest run has been queued that waits for nothing but a worker',
  )
  const ended = new Counter({
    name: 'holdfast_runs_ended_total',
    help: 'Runs that ended since this process began to count, by job kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  })
  return {
    fill({ liveRuns, queuedOldestSeconds, endedRuns }) {
      for (const { kind, status, count } of liveRuns) live.set({ kind, status }, count)
      waiting.set(queuedOldestSeconds)
      for (const { kind, outcome, count } of endedRuns) ended.inc({ kind, outcome }, count)
    },
    clear() {
      reset([live])
      remove([waiting])
      ended.reset()
    },
  }
}

function placeMetrics(gauge: MakeGauge): ProductMetrics {
  const points = gauge('vault_points', 'Restore points on the vault', ['vault'])
  const size = gauge('vault_size_bytes', 'Space that the restore points on the vault take', ['vault'])
  const free = gauge('vault_free_bytes', 'Free space on the vault when it was last looked at', ['vault'])
  const workers = gauge('workers_alive', 'Workers that were heard of in the last 30 seconds, by site', [
    'site',
  ])
  return {
    fill(snapshot) {
      for (const { vault, pointCount, sizeBytes, freeBytes } of snapshot.vaults) {
        points.set({ vault }, pointCount)
        size.set({ vault }, sizeBytes)
        if (freeBytes !== null) free.set({ vault }, freeBytes)
      }
      for (const { site, alive } of snapshot.workers) workers.set({ site }, alive)
    },
    clear: () => reset([points, size, free, workers]),
  }
}

function systemMetrics(gauge: MakeGauge): ProductMetrics {
  const failed = gauge(
    'deliveries_failed',
    'Messages of the last 24 hours that could not be delivered to their receivers',
  )
  const size = gauge('database_size_bytes', 'Size of the control database')
  const backup = gauge(
    'control_backup_timestamp_seconds',
    'Last backup of the control database; 0 without one',
  )
  const read = gauge('snapshot_timestamp_seconds', 'When the numbers of this answer were read')
  return {
    fill({ failedDeliveries, databaseBytes, controlBackupAt, readAt }) {
      failed.set(failedDeliveries)
      size.set(databaseBytes)
      backup.set(controlBackupAt === null ? 0 : seconds(controlBackupAt))
      read.set(seconds(readAt))
    },
    clear: () => remove([failed, size, backup, read]),
  }
}

function reset(gauges: readonly Gauge[]): void {
  for (const gauge of gauges) gauge.reset()
}

/** A gauge without labels would be reset to 0, which is a number like any other. */
function remove(gauges: readonly Gauge[]): void {
  for (const gauge of gauges) gauge.remove()
}
