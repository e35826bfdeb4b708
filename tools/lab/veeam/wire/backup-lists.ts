import type { Backup, BackupObject, RestorePoint } from '../estate/estate.ts'
import { by, type List, same } from './list.ts'
import { renderBackup, renderBackupObject, renderRestorePoint } from './render-protection.ts'

export const BACKUPS: List<Backup> = {
  rows: ({ estate }) => estate.backups,
  render: (backup, { version }) => renderBackup(backup, version),
  columns: ['Name', 'CreationTime', 'PlatformId', 'JobId', 'PolicyTag'],
  filters: {
    nameFilter: by.name,
    createdAfterFilter: by.createdAfter,
    createdBeforeFilter: by.createdBefore,
    platformIdFilter: same('platformId', 'id'),
    jobIdFilter: same('jobId', 'id'),
  },
  newer: { filters: { jobTypeFilter: same('jobType') } },
  newest: { filters: { policyUniqueIdFilter: same('policyUniqueId') } },
  former: { filters: { policyTagFilter: same('policyUniqueId') } },
}

export const BACKUP_OBJECTS: List<BackupObject> = {
  rows: ({ estate }) => estate.backupObjects,
  render: (object, { version }) => renderBackupObject(object, version),
  columns: ['Name', 'ObjectId', 'PlatformId', 'Type'],
  filters: {
    nameFilter: by.name,
    platformNameFilter: same('platformName'),
    platformIdFilter: same('platformId', 'id'),
    typeFilter: same('type'),
    viTypeFilter: same('viType'),
  },
}

export const OBJECTS_OF_BACKUP: List<BackupObject> = {
  rows: ({ estate, id }) => estate.backupObjects.filter(({ backupId }) => backupId === id),
  render: BACKUP_OBJECTS.render,
  columns: [],
  filters: {},
  isWholeInOlder: true,
}

export const RESTORE_POINTS: List<RestorePoint> = {
  rows: ({ estate }) => estate.restorePoints,
  render: (point, { version }) => renderRestorePoint(point, version),
  columns: ['CreationTime', 'PlatformId', 'BackupId'],
  filters: {
    createdAfterFilter: by.createdAfter,
    createdBeforeFilter: by.createdBefore,
    nameFilter: by.name,
    platformNameFilter: same('platformName'),
    platformIdFilter: same('platformId', 'id'),
    backupIdFilter: same('backupId', 'id'),
    backupObjectIdFilter: same('backupObjectId', 'id'),
    malwareStatusFilter: same('malwareStatus', 'text', true),
  },
  newest: {
    filters: {
      typeFilter: by.type,
      excludeSnapshotTypeFilter: { kind: 'text', isRepeatable: true, keeps: () => true },
    },
  },
}

export const POINTS_OF_OBJECT: List<RestorePoint> = {
  ...RESTORE_POINTS,
  rows: ({ estate, id }) => estate.restorePoints.filter(({ backupObjectId }) => backupObjectId === id),
  isWholeInOlder: true,
}
