import { HoldfastError, type Phrase } from '@holdfast/contract'
import type {
  Backup,
  BackupObject,
  BackupProxy,
  Job,
  JobState,
  List,
  ManagedServer,
  Repository,
  RestorePoint,
  ScaleOutRepository,
  ServerInfo,
  VeeamServer,
} from '../../../../clients/veeam/connect.ts'
import { say } from '../../texts/texts.ts'

/** A list, and why it may not be whole. */
export interface ReadList<Item> {
  readonly items: readonly Item[]
  readonly problem: Phrase | null
}

/** What was read of a Veeam server at one moment. */
export interface VeeamEstate {
  /** Null when the user may not read it. */
  readonly serverInfo: ServerInfo | null
  readonly managedServers: ReadList<ManagedServer>
  readonly proxies: ReadList<BackupProxy>
  readonly repositories: ReadList<Repository>
  readonly scaleOutRepositories: ReadList<ScaleOutRepository>
  readonly jobStates: ReadList<JobState>
  /** Settings of the jobs; empty unless they were asked for. */
  readonly jobs: ReadList<Job>
  readonly backups: ReadList<Backup>
  readonly backupObjects: ReadList<BackupObject>
  /** The newest of each chain and name, and no older ones than were asked for. */
  readonly restorePoints: ReadList<RestorePoint>
  /** Chains that do not list their objects, by name: nobody knows which machines are in them. */
  readonly unlistedBackups: readonly string[]
}

export interface EstateOptions {
  readonly restorePointsAfter: Date
  readonly withProxiesOfJobs: boolean
  readonly signal: AbortSignal
}

const NONE = { items: [], problem: null }

/**
 * Reads each list once, all at the same time. What the user may not read, or the server refuses, is an empty list with
 * a problem; what keeps everything from being read is thrown.
 */
export async function readEstate(server: VeeamServer, options: EstateOptions): Promise<VeeamEstate> {
  const { restorePointsAfter, withProxiesOfJobs } = options
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const lists = {
    serverInfo: server.serverInfo(signal),
    managedServers: tolerant('managedServers', server.managedServers(signal)),
    proxies: tolerant('proxies', server.proxies(signal)),
    repositories: tolerant('repositories', server.repositories(signal)),
    scaleOutRepositories: tolerant('scaleOutRepositories', server.scaleOutRepositories(signal)),
    jobStates: tolerant('jobs/states', server.jobStates(signal)),
    jobs: withProxiesOfJobs ? tolerant('jobs', server.jobs(signal)) : NONE,
    chains: readChains(server, signal),
    restorePoints: tolerant('restorePoints', server.newestRestorePoints(restorePointsAfter, signal)),
  }
  const { chains, ...read } = await allOrStop(lists, stop)
  return { ...read, ...chains }
}

type Chains = Pick<VeeamEstate, 'backups' | 'backupObjects' | 'unlistedBackups'>

async function readChains(server: VeeamServer, signal: AbortSignal): Promise<Chains> {
  const [backups, objects] = await Promise.all([
    tolerant('backups', server.backups(signal)),
    tolerant('backupObjects', server.backupObjects(signal)),
  ])
  if (server.version === '1.3-rev2') return { backups, backupObjects: objects, unlistedBackups: [] }
  const listed = await Promise.all(
    backups.items.map(async (backup) => await objectsOf(server, backup, signal)),
  )
  const known = new Map(objects.items.map((object) => [object.id, object]))
  for (const { items } of listed) for (const object of items) known.set(object.id, object)
  const problems = [objects, ...listed].flatMap(({ problem }) => problem ?? [])
  const unlistedBackups = listed.flatMap(({ unlisted }) => unlisted ?? [])
  const backupObjects = { items: [...known.values()], problem: problems.length > 0 ? problems : null }
  return { backups, backupObjects, unlistedBackups }
}

type Listed = ReadList<BackupObject> & { readonly unlisted?: string }

/** Chains of some platforms never list their objects, which is no failure: those are in the list of all, at least. */
async function objectsOf(server: VeeamServer, backup: Backup, signal: AbortSignal): Promise<Listed> {
  try {
    const { items, isComplete } = await server.objectsOfBackup(backup.id, signal)
    return {
      items,
      problem: isComplete ? null : say('veeam-list-changed', { list: `backups/${backup.name}` }),
    }
  } catch (error) {
    if (!isRefused(error)) throw error
    const status = error.details?.status
    if (status === 400 || status === 404) return { ...NONE, unlisted: backup.name }
    return { ...refused(`backups/${backup.name}`, error), unlisted: backup.name }
  }
}

async function tolerant<Item>(list: string, reading: Promise<List<Item>>): Promise<ReadList<Item>> {
  try {
    const { items, isComplete, leftOut } = await reading
    if (isComplete) return { items, problem: null }
    const problem =
      leftOut > 0
        ? say('veeam-entries-left-out', { count: leftOut, list })
        : say('veeam-list-changed', { list })
    return { items, problem }
  } catch (error) {
    if (isRefused(error)) return refused(list, error)
    throw error
  }
}

/** What the user may not read, or the server does not answer: a list that is left out, no reason to end. */
export function isRefused(error: unknown): error is HoldfastError {
  return (
    error instanceof HoldfastError && (error.code === 'privilege-missing' || error.code === 'node-refused')
  )
}

function refused(list: string, { message }: HoldfastError) {
  return { items: [], problem: say('veeam-list-refused', { list, reason: message }) }
}

/** All of them, or the first failure once the others have ended: nothing goes on behind it. */
async function allOrStop<T extends Readonly<Record<string, unknown>>>(
  parts: T,
  stop: AbortController,
): Promise<{ [Key in keyof T]: Awaited<T[Key]> }> {
  const keys = Object.keys(parts)
  const settled = await Promise.allSettled(
    keys.map(async (key) => {
      try {
        return [key, await parts[key]] as const
      } catch (error) {
        stop.abort(error)
        throw error
      }
    }),
  )
  if (stop.signal.aborted) throw stop.signal.reason
  const read = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  return Object.fromEntries(read) as { [Key in keyof T]: Awaited<T[Key]> }
}
