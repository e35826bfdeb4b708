import { atOffset } from '../wire/server-time.ts'
import { type Backup, type BackupObject, type Job, NIL_ID, type RestorePoint } from './estate.ts'

/** The kinds of things that have ids; their place here begins the id, so that a reader of a log sees what it is of. */
const KINDS = [
  'host',
  'proxy',
  'repository',
  'pool',
  'job',
  'backup',
  'object',
  'point',
  'session',
  'file',
] as const
export type Kind = (typeof KINDS)[number]

/** The id of the nth thing of a kind, always the same. */
export function idOf(kind: Kind, number: number): string {
  const first = String(KINDS.indexOf(kind) + 1).padStart(8, '0')
  return `${first}-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export const ZONE = { offset: '+01:00', timeZone: '(UTC+01:00) Rome', ianaTimeZoneId: 'Europe/Rome' }

const HOUR = 3_600_000

/** An instant some hours before another, as the server writes it; `digits` are those of the broken seconds. */
export function hoursBefore(now: Date, hours: number, digits = 6): string {
  const whole = atOffset(now.getTime() - hours * HOUR, ZONE.offset)
  const broken = digits === 0 ? '' : `.${'6945881'.slice(0, digits)}`
  return whole.replace(/\.\d+/, broken)
}

/** A job of virtual machines that ran last night and went well, unless said otherwise. */
export function jobOf(number: number, name: string, now: Date, more: Partial<Job> = {}): Job {
  return {
    id: idOf('job', number),
    name,
    description: 'Created by LAB\\admin',
    type: 'VSphereBackup',
    status: 'Stopped',
    lastResult: 'Success',
    workload: 'Vm',
    objectsCount: 1,
    isDisabled: false,
    highPriority: false,
    progressPercent: 100,
    lastRun: hoursBefore(now, 11),
    includes: [],
    proxyIds: [],
    ...more,
  }
}

export function backupOf(number: number, job: Job | null, now: Date, more: Partial<Backup> = {}): Backup {
  return {
    id: idOf('backup', number),
    name: job?.name ?? `Backup ${number}`,
    jobId: job?.id ?? NIL_ID,
    jobType: job?.type ?? 'VSphereBackup',
    policyUniqueId: '',
    platformName: 'VMware',
    platformId: NIL_ID,
    creationTime: hoursBefore(now, 24 * 90, 1),
    repositoryId: job?.repositoryId ?? NIL_ID,
    repositoryName: job?.repositoryName ?? '',
    ...more,
  }
}

/** A virtual machine of a vCenter in a chain. */
export function machineOf(
  number: number,
  backup: Backup,
  machine: { name: string; objectId: string; vcenter: string; folder?: string },
  more: Partial<BackupObject> = {},
): BackupObject {
  const { name, objectId, vcenter, folder = 'Office' } = machine
  return {
    ...objectOf(number, backup, name),
    objectId,
    viType: 'VirtualMachine',
    path: `${vcenter}\\Rome\\esx01.office.example\\${folder}\\${name}`,
    ...more,
  }
}

/** Whatever else is in a chain. */
export function objectOf(
  number: number,
  backup: Backup,
  name: string,
  more: Partial<BackupObject> = {},
): BackupObject {
  return {
    id: idOf('object', number),
    backupId: backup.id,
    name,
    type: 'VM',
    platformName: backup.platformName,
    platformId: backup.platformId,
    restorePointsCount: 0,
    lastRunFailed: false,
    size: 85_899_345_920,
    ...more,
  }
}

/** Restore points of an object, by how many hours ago each was made; it counts them. */
export function pointsOf(
  object: BackupObject,
  now: Date,
  hours: readonly number[],
  more: { firstId: number; name?: string; guestOsFamily?: string },
): RestorePoint[] {
  object.restorePointsCount += hours.length
  const isMachine = object.platformName === 'VMware'
  return hours.map((ago, index) => ({
    id: idOf('point', more.firstId + index),
    backupObjectId: object.id,
    backupId: object.backupId,
    name: more.name ?? object.name,
    type: index === hours.length - 1 ? 'Full' : 'Increment',
    platformName: object.platformName,
    platformId: object.platformId,
    creationTime: hoursBefore(now, ago, index % 8),
    malwareStatus: 'Clean',
    backupFileId: idOf('file', more.firstId + index),
    allowedOperations: isMachine ? ['StartEntireVmRestore', 'StartFlrRestore'] : ['StartFlrRestore'],
    ...(more.guestOsFamily === undefined ? {} : { guestOsFamily: more.guestOsFamily }),
    originalSize: object.size,
  }))
}
