import { z } from 'zod'
import { kindOf, NIL } from './long-lists.ts'
import type { ServerClock } from './server-clock.ts'

const id = z.string().trim().toLowerCase().min(1)
/** Of another thing; null when there is none. */
const reference = id
  .transform((text) => (text === NIL ? null : text))
  .nullable()
  .catch(null)
const text = z.string().trim().catch('')
const maybeText = z.string().trim().min(1).nullable().catch(null)
const flag = z.boolean().nullable().catch(null)
const amount = z.number().nonnegative().nullable().catch(null)
/** A value of an enumeration: those unknown stay as they are, and older revisions write some with a small letter. */
const kind = text.transform(kindOf)

export const serverInfo = z.object({
  vbrId: id,
  name: text,
  buildVersion: text,
  /** `Linux` or `Windows`; older revisions do not tell. */
  platform: maybeText,
})
export type ServerInfo = z.infer<typeof serverInfo>

export const managedServer = z.object({
  id,
  /** Full name or address. */
  name: text,
  type: kind,
  description: text,
  status: kind,
  /** Null where the revision does not tell. */
  isBackupServer: flag,
})
export type ManagedServer = z.infer<typeof managedServer>

const host = z.object({ hostId: reference, hostName: maybeText }).catch({ hostId: null, hostName: null })

/** The machine stands in the proxy itself in lists of states, and inside `server` else. */
export const proxy = z
  .object({
    id,
    name: text,
    type: kind,
    description: text,
    hostId: reference,
    hostName: maybeText,
    server: host,
    isOnline: flag,
    isDisabled: flag,
    isOutOfDate: flag,
  })
  .transform(({ server, ...told }) => ({
    ...told,
    hostId: told.hostId ?? server.hostId,
    hostName: told.hostName ?? server.hostName,
  }))
/** Of its state, null is what the revision does not tell. */
export type BackupProxy = z.infer<typeof proxy>

const extentOf = z.object({ scaleOutRepositoryId: reference, extentType: kind }).nullable().catch(null)

export const repository = z
  .object({
    id,
    name: text,
    type: kind,
    description: text,
    hostId: reference,
    hostName: maybeText,
    path: maybeText,
    capacityGB: amount,
    freeGB: amount,
    isOnline: flag,
    isOutOfDate: flag,
    scaleOutRepositoryDetails: extentOf,
  })
  .transform(({ capacityGB, freeGB, scaleOutRepositoryDetails, ...told }) => ({
    ...told,
    capacityGb: capacityGB,
    freeGb: freeGB,
    extentOf: scaleOutRepositoryDetails,
  }))
export type Repository = z.infer<typeof repository>

const extents = z.array(z.object({ id }).nullable().catch(null)).catch([])

export const scaleOutRepository = z
  .object({
    id,
    name: text,
    description: text,
    performanceTier: z.object({ performanceExtents: extents }).catch({ performanceExtents: [] }),
  })
  .transform(({ performanceTier, ...told }) => ({
    ...told,
    performanceExtentIds: performanceTier.performanceExtents.flatMap((extent) => (extent ? [extent.id] : [])),
  }))
export type ScaleOutRepository = z.infer<typeof scaleOutRepository>

export const job = z
  .object({
    id,
    isDisabled: flag,
    storage: z
      .object({
        backupProxies: z.object({
          autoSelectEnabled: z.boolean().catch(true),
          proxyIds: z.array(reference).catch([]),
        }),
      })
      .nullable()
      .catch(null),
  })
  .transform(({ storage, ...told }) => {
    const { autoSelectEnabled = true, proxyIds = [] } = storage?.backupProxies ?? {}
    return { ...told, proxyIds: autoSelectEnabled ? [] : proxyIds.filter((one) => one !== null) }
  })
/** `proxyIds` is empty when the server chooses the proxy. */
export type Job = z.infer<typeof job>

export const backup = z.object({
  id,
  name: text,
  /** Null for a chain without a job. */
  jobId: reference,
  platformName: kind,
  repositoryId: reference,
})
export type Backup = z.infer<typeof backup>

/** What has instants in it is read by the clock of the server. */
export function modelsWith(clock: ServerClock) {
  const instant = z.string().transform((written) => clock.instant(written))
  const jobState = z.object({
    id,
    name: text,
    type: kind.transform((type) => (type === 'Backup' ? 'VSphereBackup' : type)),
    description: text,
    status: kind,
    lastResult: kind,
    lastRun: instant.nullable().catch(null),
    /** Null when it is disabled, or follows another. */
    nextRun: instant.nullable().catch(null),
    repositoryId: reference,
  })
  return { jobState }
}
export type JobState = z.infer<ReturnType<typeof modelsWith>['jobState']>
