import { backupOf, jobOf, machineOf, pointsOf } from './build.ts'
import type { Backup, BackupObject, Job, RestorePoint, VeeamEstate } from './estate.ts'
import { OFFICE_NOW, officeEstate } from './office.ts'

export interface GeneratedOptions {
  readonly machines: number
  /** Chains, each of a job of its own; the machines are spread over them. */
  readonly backups: number
  /** Of each machine, a day apart: 2 unless said. */
  readonly restorePoints?: number
  readonly now?: Date
}

/** The infrastructure of the office with many machines: for measuring. Always the same for the same options. */
export function generatedEstate(options: GeneratedOptions): VeeamEstate {
  const { machines, restorePoints = 2, now = OFFICE_NOW } = options
  const office = officeEstate(now)
  const jobs: Job[] = []
  const backups: Backup[] = []
  for (let number = 1; number <= options.backups; number++) {
    const { id: repositoryId, name: repositoryName } = office.scaleOutRepositories[0] ?? { id: '', name: '' }
    const job = jobOf(number, `Job ${padded(number)}`, now, { repositoryId, repositoryName })
    jobs.push(job)
    backups.push(backupOf(number, job, now))
  }
  const objects: BackupObject[] = []
  const points: RestorePoint[][] = []
  for (let number = 1; number <= machines; number++) {
    const backup = backups[number % backups.length]
    if (!backup) break
    const name = `vm${padded(number)}`
    const object = machineOf(number, backup, {
      name,
      objectId: `vm-${number}`,
      vcenter: 'vcenter01.office.example',
    })
    objects.push(object)
    // A little apart from each other: no two are made at the same instant.
    const first = 1 + (number * 20) / machines
    const hours = Array.from({ length: restorePoints }, (_, day) => first + 24 * day)
    points.push(pointsOf(object, now, hours, { firstId: number * 100 }))
  }
  // By age, the newest first, so that ordering them is cheap.
  const byAge = Array.from({ length: restorePoints }, (_, day) =>
    points.flatMap((of) => of[day] ?? []),
  ).flat()
  return {
    ...office,
    jobs,
    backups,
    backupObjects: objects,
    restorePoints: byAge,
    sessions: [],
    taskSessions: [],
  }
}

function padded(number: number): string {
  return String(number).padStart(6, '0')
}
