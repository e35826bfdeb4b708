import { asHoldfastError, type Finding } from '@holdfast/contract'
import { privilegesOfProcess } from '../../kit/privileges.ts'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint, StoredJob } from '../ports.ts'
import { isGone } from '../recovery.ts'
import { planningContext } from '../run/context.ts'
import { releasableHere } from '../run/journal.ts'
import { knownIn, openHere } from '../run/open-vault.ts'
import { SILENT_LOG } from '../server-log.ts'
import { selfBackupFindings } from '../upkeep/self-backup.ts'
import { secretFindings } from '../upkeep/stored-secrets.ts'
import type { OpenedVault } from '../vault-port.ts'

/** Everything that can be checked without changing anything: database, workers, leftovers, and each job's own checks. */
export async function doctor(deps: EngineDeps, database: () => Promise<Finding[]>): Promise<Finding[]> {
  const jobs = await deps.store.objects.jobs()
  const checks = await Promise.all(jobs.filter((job) => job.enabled).map((job) => checkJob(deps, job)))
  return [
    ...(await database()),
    ...(await selfBackupFindings(deps)),
    ...(await secretFindings(deps)),
    ...(await workers(deps, jobs)),
    ...(await leftovers(deps)),
    ...checks.flat(),
  ]
}

async function workers(deps: EngineDeps, jobs: StoredJob[]): Promise<Finding[]> {
  const alive = (await deps.store.workers.list()).filter((worker) => !isGone(worker, deps.host))
  const sites = new Set(jobs.filter((job) => job.enabled && job.spec.schedule).map((job) => job.site))
  const findings: Finding[] = alive.map((worker) => ({
    level: 'ok',
    subject: `worker ${worker.hostName}`,
    message: `process ${worker.pid} works for site ${worker.site}`,
  }))
  for (const site of sites) {
    if (alive.some((worker) => worker.site === site)) continue
    findings.push({
      level: 'warning',
      subject: `site ${site}`,
      message: 'no worker is running, so scheduled jobs of this site do not run',
      hint: `Start one with \`holdfast worker --site ${site}\`, best as a system service.`,
    })
  }
  return findings
}

async function leftovers(deps: EngineDeps): Promise<Finding[]> {
  const orphans = await deps.store.journal.orphans()
  return orphans.map((entry) => ({
    level: 'warning',
    subject: `run ${entry.runId}`,
    message: `left a ${entry.kind} behind that could not be released yet`,
    hint: releasableHere(entry, deps.host.hostId)
      ? 'A running worker tries again every few seconds; its log says why it fails.'
      : 'It lies on another machine: start a worker there.',
  }))
}

/** A directory is looked at as it is; no disk is mounted to be checked, and why one is not there was found already. */
async function openIfPlain(
  deps: EngineDeps,
  { vault }: StoredJob,
  points: CatalogPoint[],
  signal: AbortSignal,
): Promise<OpenedVault | null> {
  if (vault?.kind !== 'directory') return null
  const need = { access: 'read-only' as const, disk: null, knownPoints: knownIn(points) }
  return await openHere(deps, { signal, log: SILENT_LOG })(vault, need).catch(() => null)
}

async function checkJob(deps: EngineDeps, job: StoredJob): Promise<Finding[]> {
  try {
    const driver = deps.driverOf(job.kind)
    const points = await deps.store.points.list({ jobId: job.id })
    const signal = AbortSignal.timeout(60_000)
    const workers = await deps.store.workers.list()
    const worker = workers.find((worker) => worker.site === job.site && !isGone(worker, deps.host))
    const isHere = worker?.hostId === deps.host.hostId
    const ofVault = job.vault ? await deps.vaults.check(job.vault, { signal, log: SILENT_LOG }) : []
    await using opened = await openIfPlain(deps, job, points, signal)
    const findings = await driver.check(
      planningContext({
        driver,
        job,
        operation: 'job',
        vault: opened?.vault ?? null,
        points,
        checkpoint: job.checkpoint,
        remembered: await deps.store.objects.remembered(job.id),
        secret: deps.secret,
        estate: () => deps.store.overview.estate(deps.now()),
        signal,
        log: SILENT_LOG,
        now: deps.now,
        ...(worker && isHere ? { privileges: privilegesOfProcess(worker.pid) } : {}),
      }),
    )
    return [...ofVault, ...findings].map((finding) => ({
      ...finding,
      subject: `job ${job.name}: ${finding.subject}`,
    }))
  } catch (thrown) {
    const { message, hint } = asHoldfastError(thrown)
    return [{ level: 'error', subject: `job ${job.name}`, message, hint }]
  }
}
