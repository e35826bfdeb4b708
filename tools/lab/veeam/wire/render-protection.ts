import type { Backup, BackupObject, RestorePoint, Session, TaskSession } from '../estate/estate.ts'
import type { Json } from './render-infrastructure.ts'
import { isOld, type LabVersion, spelled } from './versions.ts'

export function renderBackup(backup: Backup, version: LabVersion): Json {
  const { jobType: type, repositoryName, ...told } = backup
  const platformName = spelled(backup.platformName, version)
  return isOld(version) ? { ...told, platformName } : { ...told, platformName, jobType: type, repositoryName }
}

/** Before the last revision nothing tells which chain it is in, and only machines of vSphere say where they are. */
export function renderBackupObject(object: BackupObject, version: LabVersion): Json {
  const platformName = spelled(object.platformName, version)
  if (version === '1.3-rev2') return { ...object, platformName }
  const { id, name, type, platformId, restorePointsCount, lastRunFailed, objectId, viType, path } = object
  const least = { id, name, type, platformName, platformId, restorePointsCount }
  const base = isOld(version) ? least : { ...least, lastRunFailed }
  return object.platformName === 'VMware' ? { ...base, objectId, viType, path } : base
}

export function renderRestorePoint(point: RestorePoint, version: LabVersion): Json {
  const { backupObjectId: _, guestOsFamily, originalSize, ...told } = point
  const platformName = spelled(point.platformName, version)
  return isOld(version)
    ? { ...told, platformName, sessionId: null }
    : { ...told, platformName, guestOsFamily, originalSize }
}

export function renderSession(session: Session): Json {
  const { result, ...told } = session
  const resourceReference = `/api/v1/backups/${session.resourceId}`
  return { ...told, result: { result, message: '', isCanceled: false }, resourceReference, usn: 0 }
}

/** The older interface says an instant without its offset here. */
export function renderTaskSession(task: TaskSession, version: LabVersion): Json {
  const { result, creationTime, endTime, restorePointId, ...told } = task
  const instant = (text: string | undefined) =>
    isOld(version) ? text?.replace(/(Z|[+-]\d\d:\d\d)$/, '') : text
  const moved = isOld(version) ? { transferedSize: 0 } : { transferredSize: 0, progressPercent: 100 }
  return {
    ...told,
    type: 'Backup',
    creationTime: instant(creationTime),
    endTime: instant(endTime),
    restorePointId: restorePointId ?? (isOld(version) ? null : undefined),
    algorithm: 'Increment',
    usn: 0,
    result: { result, message: '', isCanceled: false },
    progress: {
      bottleneck: 'Source',
      duration: '00:01:17',
      processingRate: 'N/A',
      processedSize: 0,
      readSize: 0,
      ...moved,
    },
  }
}
