import {
  type BayDisk,
  type By,
  type ConfigChange,
  type ConfigDocument,
  type ConfigPlan,
  type ConfigProblem,
  type Control,
  coverageState,
  type EntriesRequest,
  type Finding,
  HoldfastError,
  type JobFilter,
  type JobStatus,
  type Page,
  type PointEntry,
  type PointFilter,
  type ReindexReport,
  type RestorePoint,
  type RestoreRequest,
  type Run,
  type RunFilter,
  type RunLogLine,
  type RunOperation,
  type RunRead,
  type RunStep,
  type RunSummary,
  type Start,
  type Status,
  type StoredPlan,
  toldPlan,
  type VerifyLevel,
} from '@holdfast/contract'
import { diffConfig } from '../../engine/configuration/diff-config.ts'
import { FakeObjects, idAt, NOW, pageFrom } from './fake-objects.ts'

export { NOW } from './fake-objects.ts'

export const PLAN: StoredPlan = {
  summary: 'incremental from the restore point of 2026-08-19',
  items: [
    { what: 'documents', reason: '12 files are new or changed', expectedBytes: 3 * 1024 ** 2 },
    { what: 'photos', reason: 'nothing changed', expectedBytes: 0 },
  ],
  guards: [],
  expectedBytes: 3 * 1024 ** 2,
}

/** A control plane in memory: it keeps what it is told and plays the course of each run, one state per look. */
export class FakeControl extends FakeObjects implements Control {
  problems: ConfigProblem[] = []
  readonly runs: Run[] = []
  readonly steps: RunStep[] = []
  readonly log: RunLogLine[] = []
  readonly points: RestorePoint[] = []
  /** By the folder they are in. */
  readonly entries = new Map<string, PointEntry[]>()
  bay: BayDisk[] = []
  findings: Finding[] = []
  plan: StoredPlan = PLAN
  workers: Status['workers'] = []
  vaults: Status['vaults'] = []
  failures: Status['failures'] = []
  /** States that the runs of a job go through, one for each time somebody looks; success without an entry. */
  readonly courses = new Map<string, Partial<Run>[]>()
  readonly requests: RestoreRequest[] = []
  closed = 0
  private counter = 0

  private nextId(prefix: string): string {
    this.counter += 1
    return `${prefix}_${String(this.counter).padStart(12, '0')}`
  }

  addRun(jobName: string, values: Partial<Run> = {}): Run {
    const run: Run = {
      id: this.nextId('run'),
      jobId: this.jobId(jobName),
      jobName,
      jobKind: 'disk-copy',
      operation: 'job',
      trigger: 'manual',
      slotAt: null,
      status: 'queued',
      outcome: null,
      attempt: 1,
      startedBy: null,
      approvedBy: null,
      canceledBy: null,
      recoversRunId: null,
      disk: null,
      waitingFor: null,
      plan: null,
      progress: null,
      report: null,
      error: null,
      createdAt: '2026-08-20T11:59:00.000Z',
      startedAt: null,
      finishedAt: null,
      ...values,
    }
    this.runs.push(run)
    return run
  }

  addPoint(jobName: string, takenAt: string, values: Partial<RestorePoint> = {}): RestorePoint {
    const point: RestorePoint = {
      id: this.nextId('rp'),
      jobId: this.jobId(jobName),
      jobName,
      jobKind: 'disk-copy',
      vaultId: 'vlt_000000000001',
      disk: null,
      runId: 'run_000000000001',
      asset: { kind: 'folder', key: '/home', name: 'home' },
      takenAt,
      finishedAt: takenAt,
      sizeBytes: 20 * 1024 ** 3,
      addedBytes: 3 * 1024 ** 2,
      itemCount: 1234,
      details: {},
      protected: false,
      verifiedAt: null,
      verifiedLevel: null,
      verifiedOk: null,
      location: `/srv/shelf/${jobName}/${takenAt}`,
      confirmedAt: takenAt,
      ...values,
    }
    this.points.push(point)
    return point
  }

  private jobId(name: string): string {
    return idAt(
      'jobs',
      this.document.jobs.findIndex((job) => job.name === name),
    )
  }

  private jobStatus(job: ConfigDocument['jobs'][number]): JobStatus {
    const runs = this.runs.filter((run) => run.jobName === job.name)
    const points = this.points.filter((point) => point.jobName === job.name)
    return {
      id: this.jobId(job.name),
      name: job.name,
      kind: job.kind,
      description: null,
      enabled: job.enabled,
      site: job.site,
      node: null,
      namedNodes: [],
      vault: job.vault ?? null,
      policy: job.policy ?? null,
      schedule: job.schedule ? { cron: job.schedule.cron, timeZone: job.schedule.timeZone } : null,
      nextRunAt: job.schedule ? '2026-08-21T00:30:00.000Z' : null,
      lastRun: shortRun(runs.at(-1)),
      recentOutcomes: runs.flatMap((run) => run.outcome ?? []),
      newestPointAt:
        points
          .map((point) => point.takenAt)
          .sort()
          .at(-1) ?? null,
      pointCount: points.length,
      coverage: points.length > 0 ? 'covered' : 'never',
      rpo: null,
    }
  }

  async status(): Promise<Status> {
    const jobs = this.document.jobs.map((job) => this.jobStatus(job))
    const counted = coverageState.options.map((state) => [
      state,
      jobs.filter((job) => job.enabled && job.coverage === state).length,
    ])
    return {
      at: NOW.toISOString(),
      jobCount: jobs.length,
      coverage: Object.fromEntries(counted) as Status['coverage'],
      recentRuns: [],
      failures: this.failures,
      nextRuns: [],
      activeRuns: this.runs.filter((run) => run.outcome === null).map(summaryOf),
      vaults: this.vaults,
      workers: this.workers,
    }
  }

  async listJobs(filter: JobFilter): Promise<Page<JobStatus>> {
    const found = this.document.jobs
      .map((job) => this.jobStatus(job))
      .filter((job) => filter.q === undefined || job.name.includes(filter.q))
      .filter((job) => filter.enabled === undefined || job.enabled === filter.enabled)
      .filter((job) => !filter.coverage || filter.coverage.includes(job.coverage))
    return pageFrom(found, filter)
  }

  async getJob(ref: string): Promise<JobStatus> {
    const job = this.document.jobs.find((each) => each.name === ref || this.jobId(each.name) === ref)
    if (!job) throw new HoldfastError('name-unknown', `there is no job "${ref}"`)
    return this.jobStatus(job)
  }

  async listRuns(filter: RunFilter): Promise<Page<RunSummary>> {
    const found = this.runs
      .toReversed()
      .filter((run) => filter.job === undefined || run.jobId === filter.job || run.jobName === filter.job)
      .filter((run) => !filter.status || filter.status.includes(run.status))
      .filter((run) => !filter.outcome || (run.outcome !== null && filter.outcome.includes(run.outcome)))
    return pageFrom(found.map(summaryOf), filter)
  }

  async getRun(ref: string, options?: RunRead): Promise<Run> {
    const index = this.runs.findIndex((run) => run.id === ref)
    const run = this.runs[index]
    if (!run) throw new HoldfastError('name-unknown', `there is no run "${ref}"`)
    const next = run.outcome ? undefined : this.courses.get(run.jobName)?.shift()
    if (next) this.runs[index] = { ...run, ...next }
    const now = this.runs[index] ?? run
    return now.plan && options?.plan !== 'whole' ? { ...now, plan: toldPlan(now.plan) } : now
  }

  async listSteps(): Promise<RunStep[]> {
    return this.steps
  }

  async readLog(_runId: string, after: number, limit: number): Promise<RunLogLine[]> {
    return this.log.filter((line) => line.position > after).slice(0, limit)
  }

  async listPoints(filter: PointFilter): Promise<Page<RestorePoint>> {
    const { job } = filter
    const found = this.points
      .filter((point) => job === undefined || point.jobId === job || point.jobName === job)
      .toSorted((left, right) => (left.takenAt < right.takenAt ? 1 : -1))
    return pageFrom(found, filter)
  }

  async getPoint(ref: string): Promise<RestorePoint> {
    const point = this.points.find((candidate) => candidate.id === ref)
    if (!point) throw new HoldfastError('name-unknown', `there is no restore point "${ref}"`)
    return point
  }

  async listEntries(ref: string, { path, ...page }: EntriesRequest): Promise<Page<PointEntry>> {
    await this.getPoint(ref)
    return pageFrom(this.entries.get(path) ?? [], page)
  }

  async protectPoint(ref: string, isProtected: boolean, { by }: By): Promise<void> {
    this.calls.push(`${isProtected ? 'protect' : 'unprotect'} ${ref} by ${by}`)
    const point = await this.getPoint(ref)
    point.protected = isProtected
  }

  async startJob(jobRef: string, { by }: Start): Promise<Run> {
    return this.start((await this.getJob(jobRef)).name, 'job', by)
  }

  async startByDisk(uuid: string, { by }: By): Promise<Run[]> {
    const set = this.document.vaults.find(
      (vault) => vault.kind === 'disk-set' && vault.disks.some((disk) => disk.uuid === uuid),
    )
    if (!set) throw new HoldfastError('name-unknown', `no disk set knows a disk with the UUID ${uuid}`)
    this.calls.push(`plugged in ${uuid} by ${by}`)
    const jobs = this.document.jobs.filter((job) => job.vault === set.name && job.enabled)
    return jobs.map((job) => this.addRun(job.name, { trigger: 'device' }))
  }

  async listBay(): Promise<BayDisk[]> {
    return this.bay
  }

  private start(jobName: string, operation: RunOperation, startedBy: string): Run {
    this.calls.push(`start ${operation} ${jobName}`)
    if (!this.courses.has(jobName)) this.courses.set(jobName, [succeeded(`did the ${operation}`)])
    return this.addRun(jobName, { operation, startedBy })
  }

  async previewPlan(): Promise<StoredPlan> {
    return this.plan
  }

  async startPreparation(jobRef: string, { by }: Start): Promise<Run> {
    return this.start((await this.getJob(jobRef)).name, 'prepare', by)
  }

  async previewPreparation(): Promise<StoredPlan> {
    return this.plan
  }

  async startVerify(pointRefs: string[], level: VerifyLevel, { by }: Start): Promise<Run[]> {
    this.calls.push(`verify ${level} ${pointRefs.join(' ')}`)
    const jobs = new Set(await Promise.all(pointRefs.map(async (ref) => (await this.getPoint(ref)).jobName)))
    return [...jobs].map((job) => this.start(job, 'verify', by))
  }

  async startRestore(request: RestoreRequest, { by }: Start): Promise<Run> {
    this.requests.push(request)
    return this.start((await this.getPoint(request.restorePointId)).jobName, 'restore', by)
  }

  async previewRestore(request: RestoreRequest): Promise<StoredPlan> {
    this.requests.push(request)
    return this.plan
  }

  async cancelRun(runId: string, { by }: By): Promise<void> {
    this.calls.push(`cancel ${runId} by ${by}`)
    const run = await this.getRun(runId)
    if (run.outcome) throw new HoldfastError('run-state', 'the run is finished')
    const error = new HoldfastError('run-canceled', `canceled by ${by}`).report()
    this.courses.set(run.jobName, [ended({ outcome: 'canceled', error })])
  }

  async approveRun(runId: string, { by }: By): Promise<void> {
    await this.decide(runId, 'approve', by)
  }

  async refuseRun(runId: string, { by }: By): Promise<void> {
    await this.decide(runId, 'refuse', by)
  }

  private async decide(runId: string, verb: string, by: string): Promise<void> {
    const run = await this.getRun(runId)
    if (run.status !== 'held') throw new HoldfastError('run-state', `the run is ${run.status}, not held`)
    this.calls.push(`${verb} ${runId} by ${by}`)
    Object.assign(
      run,
      verb === 'approve' ? { status: 'running', approvedBy: by } : ended({ outcome: 'canceled' }),
    )
  }

  async planConfig(document: ConfigDocument, options: { prune: boolean }): Promise<ConfigPlan> {
    const changes = diffConfig(this.document, document, options)
    return { changes, fingerprint: JSON.stringify(this.document) }
  }

  async applyConfig(
    document: ConfigDocument,
    options: { prune: boolean; by: string; fingerprint: string | null },
  ): Promise<ConfigChange[]> {
    const changes = diffConfig(this.document, document, options)
    if (options.fingerprint !== null && options.fingerprint !== JSON.stringify(this.document))
      throw new HoldfastError('config-conflict', 'the configuration has changed since it was planned')
    this.calls.push(`apply by ${options.by}`)
    this.document = document
    return changes
  }

  async exportConfig(): Promise<ConfigDocument> {
    return this.document
  }

  async checkConfig(): Promise<ConfigProblem[]> {
    return this.problems
  }

  async reindex(options: { paths: string[]; dryRun: boolean; by: string }): Promise<ReindexReport> {
    this.calls.push(`reindex ${options.paths.join(' ')} ${options.dryRun}`)
    const vault = { name: 'shelf', path: '/srv/shelf', found: 5, added: 2, confirmed: 3, missing: 1 }
    return { vaults: [vault], jobsAdopted: [{ id: 'job_000000000009', name: 'old files' }] }
  }

  async doctor(): Promise<Finding[]> {
    return this.findings
  }
}

function summaryOf({ plan: _, report, ...run }: Run): RunSummary {
  return {
    ...run,
    summary: report?.summary ?? null,
    bytesMoved: report?.bytesMoved ?? null,
    warningCount: report?.warnings.length ?? 0,
  }
}

function shortRun(run: Run | undefined): JobStatus['lastRun'] {
  if (!run) return null
  const { id, status, outcome, createdAt, startedAt, finishedAt } = run
  return { id, status, outcome, createdAt, startedAt, finishedAt }
}

/** The last state of a run. */
export function ended(values: Partial<Run>): Partial<Run> {
  return {
    status: 'finished',
    startedAt: '2026-08-20T11:55:48.000Z',
    finishedAt: '2026-08-20T12:00:00.000Z',
    ...values,
  }
}

export function succeeded(summary: string, values: Partial<Run['report'] & object> = {}): Partial<Run> {
  return ended({
    outcome: values.warnings ? 'warning' : 'success',
    report: {
      summary,
      bytesMoved: 3 * 1024 ** 2,
      counts: { changed: 12 },
      warnings: [],
      restorePointIds: ['rp_00000000000a'],
      retention: [],
      details: {},
      ...values,
    },
  })
}

export function failed(code: HoldfastError['code'], message: string): Partial<Run> {
  return ended({ outcome: 'failed', error: new HoldfastError(code, message).report() })
}
