import { type Job, NIL_ID } from '../estate/estate.ts'
import type { Json } from './render-infrastructure.ts'
import { isOld, jobStatus, jobType, type LabVersion, lowerCamel } from './versions.ts'

export function renderJobState(job: Job, version: LabVersion): Json {
  const { lastRun, repositoryId, repositoryName, objectsCount, sessionId } = job
  const base = {
    type: jobType(job.type, version),
    status: jobStatus(job.status, version),
    lastResult: job.lastResult,
    workload: lowerCamel(job.workload, version),
    id: job.id,
    name: job.name,
    description: job.description,
    lastRun,
    // The older interface sends null where the newer ones leave it away.
    nextRun: job.nextRun ?? (isOld(version) ? null : undefined),
    repositoryId,
    repositoryName,
    objectsCount,
    sessionId,
  }
  if (isOld(version)) return base
  const { nextRunPolicy, highPriority, progressPercent, runAfterJob } = job
  const targetName = version === '1.3-rev2' ? job.targetName : undefined
  return { ...base, nextRunPolicy, highPriority, progressPercent, runAfterJob, targetName }
}

export function renderJob(job: Job, version: LabVersion): Json {
  const { id, name, description, isDisabled } = job
  const base = { type: jobType(job.type, version), id, name, description, isDisabled }
  return { ...base, ...settingsOf(job, version) }
}

/** What a job of its type is made of; types that no version knows say no more of themselves. */
function settingsOf(job: Job, version: LabVersion): Json {
  const isHighPriority = job.highPriority
  const backupRepositoryId = job.repositoryId ?? NIL_ID
  const schedule = { runAutomatically: job.nextRun !== undefined }
  const guestProcessing = { appAwareProcessing: { isEnabled: false }, guestFSIndexing: { isEnabled: false } }
  const storage = {
    backupRepositoryId,
    backupProxies: { autoSelectEnabled: job.proxyIds.length === 0, proxyIds: job.proxyIds },
    retentionPolicy: { type: 'Days', quantity: 14 },
  }
  switch (job.type) {
    case 'VSphereBackup': {
      const platform = isOld(version) ? 'VMware' : 'VSphere'
      const includes = job.includes.map((machine) => ({ platform, type: 'VirtualMachine', ...machine }))
      return { isHighPriority, virtualMachines: { includes }, storage, guestProcessing, schedule }
    }
    case 'HyperVBackup': {
      const proxies = { proxyType: 'OnHost' }
      return { isHighPriority, storage: { ...storage, backupProxies: proxies }, guestProcessing, schedule }
    }
    case 'LinuxAgentBackup':
    case 'WindowsAgentBackup':
      return {
        isHighPriority,
        computers: [],
        backupMode: 'EntireComputer',
        storage: { backupRepositoryId },
        schedule,
      }
    case 'BackupCopy':
      return { mode: 'Immediate', sourceObjects: { includes: { repositories: [] } } }
    default:
      return {}
  }
}
