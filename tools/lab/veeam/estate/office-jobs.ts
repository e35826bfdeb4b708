import { hoursBefore, idOf, jobOf } from './build.ts'
import type { Job } from './estate.ts'
import { DEFAULT_REPOSITORY, OFFSITE, POOL } from './office-infrastructure.ts'

export function officeJobs(now: Date): Job[] {
  return [...everydayJobs(now), ...oddJobs(now)]
}

function tonight(now: Date): Pick<Job, 'nextRun' | 'nextRunPolicy'> {
  return { nextRun: hoursBefore(now, -13, 0), nextRunPolicy: 'Daily at 10:00 PM' }
}

function everydayJobs(now: Date): Job[] {
  const next = tonight(now)
  const vcenter = 'vcenter01.office.example'
  const servers = jobOf(1, 'Servers nightly', now, {
    ...POOL,
    ...next,
    objectsCount: 4,
    sessionId: idOf('session', 1),
    includes: [{ hostName: vcenter, name: 'web01', objectId: 'vm-101' }],
    proxyIds: [idOf('proxy', 2)],
  })
  return [
    servers,
    // Runs after another one: nobody knows when.
    jobOf(2, 'Databases', now, {
      ...DEFAULT_REPOSITORY,
      status: 'Running',
      lastResult: 'None',
      workload: 'Application',
      lastRun: hoursBefore(now, 1),
      progressPercent: 40,
      highPriority: true,
      nextRunPolicy: 'After [Servers nightly]',
      runAfterJob: { jobName: servers.name, jobId: servers.id },
      objectsCount: 2,
    }),
    jobOf(3, 'Old servers', now, {
      ...DEFAULT_REPOSITORY,
      status: 'Disabled',
      isDisabled: true,
      lastResult: 'Failed',
      lastRun: hoursBefore(now, 24 * 40),
    }),
    // Keeps snapshots of an array: no repository.
    jobOf(4, 'Array snapshots', now, { ...next, targetName: 'netapp01', lastResult: 'Warning' }),
    jobOf(5, 'Hyper-V nightly', now, { ...DEFAULT_REPOSITORY, ...next, type: 'HyperVBackup' }),
    jobOf(6, 'Agents', now, {
      ...DEFAULT_REPOSITORY,
      ...next,
      type: 'LinuxAgentBackup',
      workload: 'Server',
      objectsCount: 2,
    }),
    jobOf(7, 'Copy to S3', now, { ...OFFSITE, type: 'BackupCopy', nextRunPolicy: 'Continuous' }),
    jobOf(8, 'File shares', now, { ...DEFAULT_REPOSITORY, ...next, type: 'FileBackup', workload: 'File' }),
  ]
}

function oddJobs(now: Date): Job[] {
  const next = tonight(now)
  return [
    // Never ran.
    withoutLastRun(jobOf(9, 'Brand new', now, { ...POOL, ...next, lastResult: 'None', progressPercent: 0 })),
    // No version lists such words.
    jobOf(10, 'From tomorrow', now, {
      ...DEFAULT_REPOSITORY,
      type: 'QuantumBackup',
      status: 'Hibernating',
      lastResult: 'Undecided',
      workload: 'Qubit',
    }),
    // Stores into a repository that is not there any more.
    jobOf(11, 'Into the void', now, {
      repositoryId: idOf('repository', 99),
      repositoryName: 'Gone',
      lastResult: 'Failed',
    }),
  ]
}

function withoutLastRun(job: Job): Job {
  const { lastRun: _, ...never } = job
  return never
}
