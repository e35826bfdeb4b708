export const LAB_VERSIONS = ['1.3-rev2', '1.3-rev1', '1.2-rev1'] as const
export type LabVersion = (typeof LAB_VERSIONS)[number]

export function isOld(version: LabVersion): boolean {
  return version === '1.2-rev1'
}

/** What an installation of its time calls itself. */
export const BUILDS: Readonly<Record<LabVersion, string>> = {
  '1.3-rev2': '13.1.0.411',
  '1.3-rev1': '13.0.1.180',
  '1.2-rev1': '12.3.1.1139',
}

const OLD_MANAGED_SERVERS = new Set(['WindowsHost', 'LinuxHost', 'ViHost', 'CloudDirectorHost'])
/** Its jobs by their newer names; others exist, but the older interface does not show them. */
const OLD_JOBS = new Set([
  'VSphereBackup',
  'VSphereReplica',
  'CloudDirectorBackup',
  'EntraIDTenantBackup',
  'EntraIDAuditLogBackup',
  'FileBackupCopy',
])

export function showsManagedServer(type: string, version: LabVersion): boolean {
  return !isOld(version) || OLD_MANAGED_SERVERS.has(type)
}

export function showsProxy(type: string, version: LabVersion): boolean {
  return !isOld(version) || type === 'ViProxy'
}

export function showsJob(type: string, version: LabVersion): boolean {
  return !isOld(version) || OLD_JOBS.has(type)
}

/** The last revision gave values of enumerations other names. */
const FORMER_NAMES: Readonly<Record<string, string>> = {
  DellDataDomain: 'DDBoost',
  HPEStoreOnce: 'HPStoreOnceIntegration',
  QuantumDXi: 'Quantum',
  S3Integrated: 'SmartObjectS3',
  AWSEC2: 'EC2',
}

/** A value of an enumeration as that version spells it. */
export function spelled(value: string, version: LabVersion): string {
  return version === '1.3-rev2' ? value : (FORMER_NAMES[value] ?? value)
}

export function jobType(type: string, version: LabVersion): string {
  return isOld(version) && type === 'VSphereBackup' ? 'Backup' : type
}

export function jobStatus(status: string, version: LabVersion): string {
  if (!isOld(version)) return status
  if (['Running', 'Starting', 'Stopping'].includes(status)) return 'running'
  return status === 'Disabled' ? 'disabled' : 'inactive'
}

export function lowerCamel(value: string, version: LabVersion): string {
  return isOld(version) ? value.charAt(0).toLowerCase() + value.slice(1) : value
}
