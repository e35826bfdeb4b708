import { hoursBefore, idOf, ZONE } from './build.ts'
import type { Session, TaskSession, VeeamEstate } from './estate.ts'
import { officeBackups } from './office-backups.ts'
import { officeHosts, officeProxies, officeStorage } from './office-infrastructure.ts'
import { officeJobs } from './office-jobs.ts'

/** When the office is looked at, unless said. */
export const OFFICE_NOW = new Date('2026-11-20T08:00:00.000Z')

/**
 * A small office in which everything is there that inventories stumble over. Each call makes a new one. Its instants are
 * told from `now`.
 */
export function officeEstate(now: Date = OFFICE_NOW): VeeamEstate {
  const jobs = officeJobs(now)
  const sessions = jobs
    .filter(({ lastRun }) => lastRun !== undefined)
    .map(
      (job, index) =>
        ({
          id: job.sessionId ?? idOf('session', 100 + index),
          name: job.name,
          jobId: job.id,
          sessionType: 'BackupJob',
          state: 'Stopped',
          creationTime: job.lastRun ?? '',
          endTime: hoursBefore(now, 10),
          progressPercent: 100,
          result: job.lastResult,
          resourceId: idOf('backup', index + 1),
        }) satisfies Session,
    )
  const taskSessions = sessions.map(
    (session, index) =>
      ({
        id: idOf('session', 200 + index),
        name: session.name,
        sessionId: session.id,
        sessionType: session.sessionType,
        state: session.state,
        creationTime: session.creationTime,
        endTime: session.endTime,
        repositoryId: idOf('repository', 1),
        result: session.result,
      }) satisfies TaskSession,
  )
  return {
    serverInfo: {
      vbrId: 'f2ef2bfd-0000-4000-8000-00000000000f',
      name: 'vbr01.office.example',
      buildVersion: '13.1.0.411',
      platform: 'Linux',
    },
    clock: { ...ZONE },
    managedServers: officeHosts(),
    proxies: officeProxies(),
    ...officeStorage(),
    jobs,
    ...officeBackups(jobs, now),
    sessions,
    taskSessions,
    platformsWithoutObjects: ['CustomPlatform', 'EntraID', 'Tape'],
  }
}
