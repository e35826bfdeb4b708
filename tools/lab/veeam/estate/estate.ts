/** "No job", or "not a platform of its own". */
export const NIL_ID = '00000000-0000-0000-0000-000000000000'
/** Every installation calls its own machine by this id. */
export const THIS_SERVER_ID = '6745a759-2205-4cd2-b172-8ec8f7e60ef8'

/**
 * What a simulated Veeam Backup & Replication knows, in the words of its newest version; older versions are told less of
 * it. Plain data: tests change it as they like, and the next request sees the change.
 */
export interface VeeamEstate {
  serverInfo: ServerInfo
  clock: Clock
  managedServers: ManagedServer[]
  proxies: BackupProxy[]
  repositories: Repository[]
  scaleOutRepositories: ScaleOutRepository[]
  jobs: Job[]
  backups: Backup[]
  backupObjects: BackupObject[]
  restorePoints: RestorePoint[]
  sessions: Session[]
  taskSessions: TaskSession[]
  /** Platforms whose `backups/{id}/objects` is refused with 400. */
  platformsWithoutObjects: string[]
}

export interface ServerInfo {
  vbrId: string
  name: string
  buildVersion: string
  platform: string
}

/** Where the server stands: instants without an offset are in this zone. */
export interface Clock {
  /** `+01:00` */
  offset: string
  timeZone: string
  ianaTimeZoneId: string
}

export interface ManagedServer {
  id: string
  /** Full DNS name, or an IP address. */
  name: string
  description: string
  type: string
  status: string
  isBackupServer?: boolean
  /** Of type `ViHost` only. */
  viHostType?: string
  port?: number
}

/** What `proxies` and `proxies/states` tell of one. */
export interface BackupProxy {
  id: string
  name: string
  description: string
  type: string
  hostId: string
  hostName: string
  maxTaskCount: number
  isDisabled: boolean
  isOnline: boolean
  isOutOfDate: boolean
}

/** What `repositories` and `repositories/states` tell of one. Object storage has no host and no path. */
export interface Repository {
  id: string
  name: string
  description: string
  type: string
  hostId?: string
  hostName?: string
  path?: string
  capacityGB: number
  freeGB: number
  usedSpaceGB: number
  isOnline: boolean
  isOutOfDate: boolean
}

export interface ScaleOutRepository {
  id: string
  name: string
  description: string
  extents: { id: string; name: string; tier: 'Performance' | 'Capacity' | 'Archive' }[]
}

/** What `jobs` and `jobs/states` tell of one. */
export interface Job {
  id: string
  name: string
  description: string
  type: string
  status: string
  lastResult: string
  workload: string
  objectsCount: number
  isDisabled: boolean
  highPriority: boolean
  progressPercent: number
  lastRun?: string
  nextRun?: string
  nextRunPolicy?: string
  repositoryId?: string
  repositoryName?: string
  targetName?: string
  sessionId?: string
  runAfterJob?: { jobName: string; jobId: string }
  includes: { hostName: string; name: string; objectId: string }[]
  /** Empty: it takes whichever proxy is free. */
  proxyIds: string[]
}

/** A chain. */
export interface Backup {
  id: string
  name: string
  jobId: string
  jobType: string
  policyUniqueId: string
  platformName: string
  platformId: string
  creationTime: string
  repositoryId: string
  repositoryName: string
}

/** A machine in a chain: the same machine in two chains is two of these. */
export interface BackupObject {
  id: string
  backupId: string
  name: string
  type: string
  platformName: string
  platformId: string
  restorePointsCount: number
  lastRunFailed: boolean
  size: number
  objectId?: string
  viType?: string
  hvType?: string
  path?: string
  biosUuid?: string
  computerId?: string
  hostId?: string
}

export interface RestorePoint {
  id: string
  /** Never told, but what `backupObjectIdFilter` goes by. */
  backupObjectId: string
  backupId: string
  name: string
  type: string
  platformName: string
  platformId: string
  creationTime: string
  malwareStatus: string
  backupFileId: string
  allowedOperations: string[]
  guestOsFamily?: string
  originalSize?: number
}

export interface Session {
  id: string
  name: string
  jobId: string
  sessionType: string
  state: string
  creationTime: string
  endTime?: string
  progressPercent: number
  result: string
  resourceId: string
}

export interface TaskSession {
  id: string
  name: string
  sessionId: string
  sessionType: string
  state: string
  creationTime: string
  endTime?: string
  restorePointId?: string
  repositoryId: string
  result: string
}
