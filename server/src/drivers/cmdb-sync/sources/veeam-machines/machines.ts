import type { Backup, BackupObject } from '../../../../clients/veeam/connect.ts'
import type { Item, ItemRef } from '../../model/inventory.ts'
import { isAddress, isHostName, isOwnAddress } from '../veeam/host-names.ts'
import { homeOf, isAgent, type Machine } from './identity.ts'
import type { Newest } from './newest-points.ts'

export interface Surroundings {
  /** By the id of the object. */
  readonly newest: ReadonlyMap<string, Newest>
  readonly backups: ReadonlyMap<string, Backup>
  /** Those that are in the inventory, by id. */
  readonly jobs: ReadonlyMap<string, ItemRef>
  readonly storages: ReadonlyMap<string, ItemRef>
  /** Whether a machine whose jobs are not found here has none. */
  readonly areJobsKnown: boolean
  /** Names that stand for several addresses are no evidence, and neither are addresses of several machines. */
  readonly sharedAddresses: ReadonlySet<string>
}

/** An object of the machine, with what is known of its chain. */
interface Chain {
  readonly object: BackupObject
  readonly newest: Newest | null
  readonly backup: Backup | null
  readonly job: ItemRef | null
}

export interface MachineFound {
  readonly item: Item
  /** All jobs that save it, not only the last. */
  readonly jobs: readonly ItemRef[]
}

/** The machine as its newest restore point shows it; ties go by the id of the job, then of the object. */
export function machineItem(machine: Machine, around: Surroundings): MachineFound {
  const chains = machine.objects.map((object) => chainOf(object, around)).sort(byAge)
  const newest = chains.find((chain) => chain.newest !== null) ?? null
  const shown = (newest ?? chains[0])?.object
  const name = shown?.name ?? machine.id
  const isPhysical = machine.objects.some(isAgent)
  const jobs = jobsOf(chains)
  return {
    jobs,
    item: {
      kind: 'machine',
      id: machine.id,
      name,
      facts: factsOf(machine, { name, chains, newest, jobs }, around),
      evidence: evidenceOf(name, around.sharedAddresses),
      home: shown === undefined ? null : homeOf(shown),
      prefers: isPhysical ? 'physical' : 'virtual',
    },
  }
}

interface Seen {
  readonly name: string
  readonly chains: readonly Chain[]
  /** The chain with the newest restore point. */
  readonly newest: Chain | null
  readonly jobs: readonly ItemRef[]
}

type Facts = { -readonly [Name in keyof Item['facts']]: Item['facts'][Name] }

/** Written into one object, fact by fact: of machines there are many, and each object in between costs. */
function factsOf(machine: Machine, seen: Seen, around: Surroundings): Item['facts'] {
  const { name, chains, newest, jobs } = seen
  const shown = (newest ?? chains[0])?.object
  const facts: Facts = { name, role: shown?.platformName ?? '' }
  // A virtual machine has any name: one that could be that of a host is taken for it, as people name them so.
  if (isAddress(name)) facts.address = name
  else if (isHostName(name)) facts.hostname = name
  const status = statusOf(machine, newest)
  if (status !== null) facts.status = status
  if (shown?.path) facts.path = shown.path
  const os = osOf(shown, newest?.newest ?? null)
  if (os !== null) facts.os = os
  const lastBackup = lastBackupOf(machine, newest)
  if (lastBackup !== undefined) facts.lastBackup = lastBackup
  const job = jobOf(chains, jobs, around)
  if (job !== undefined) facts.job = job
  const storage = storageOf(chains, newest, around)
  if (storage !== undefined) facts.storage = storage
  return facts
}

/** Each once. */
function jobsOf(chains: readonly Chain[]): readonly ItemRef[] {
  const [first, ...more] = chains
  if (more.length === 0) return first?.job ? [first.job] : []
  return [...new Map(chains.flatMap(({ job }) => (job ? [[job.id, job] as const] : []))).values()]
}

function chainOf(object: BackupObject, { newest, backups, jobs }: Surroundings): Chain {
  const backup = backups.get(object.backupId ?? '') ?? null
  const job = jobs.get(backup?.jobId ?? '') ?? null
  return { object, newest: newest.get(object.id) ?? null, backup, job }
}

/** The newest first, chains without known points last; at the same instant, those with a job first. */
function byAge(a: Chain, b: Chain): number {
  return (
    compare(b.newest?.createdAt ?? '', a.newest?.createdAt ?? '') ||
    Number(b.job !== null) - Number(a.job !== null) ||
    compare(a.job?.id ?? '', b.job?.id ?? '') ||
    compare(a.object.id, b.object.id)
  )
}

/** Undefined where nobody knows, as of all that follow. */
function lastBackupOf(machine: Machine, newest: Chain | null): string | null | undefined {
  if (newest?.newest) return newest.newest.createdAt
  // Points older than those that were read are not known here, and no reason to say that there are none.
  return machine.objects.every(({ restorePointsCount }) => restorePointsCount === 0) ? null : undefined
}

function jobOf(
  chains: readonly Chain[],
  jobs: readonly ItemRef[],
  { areJobsKnown }: Surroundings,
): ItemRef | null | undefined {
  const newest = chains.find(({ newest: point, job }) => point !== null && job !== null)?.job
  if (newest) return newest
  if (jobs.length > 0) return jobs.length === 1 ? jobs[0] : undefined
  return areJobsKnown && chains.every(({ backup }) => backup !== null) ? null : undefined
}

function storageOf(
  chains: readonly Chain[],
  newest: Chain | null,
  { storages }: Surroundings,
): ItemRef | undefined {
  const [first, ...more] = newest ? [newest] : chains
  const id = first?.backup?.repositoryId ?? ''
  return more.every(({ backup }) => (backup?.repositoryId ?? '') === id) ? storages.get(id) : undefined
}

/** Whether there is anything to restore it from; unknown where the server does not count, and nothing new was read. */
function statusOf({ objects }: Machine, newest: Chain | null): string | null {
  const isSaved = objects.some(({ restorePointsCount: count }) => count !== null && count > 0)
  if (newest !== null || isSaved) return 'Protected'
  return objects.some(({ restorePointsCount }) => restorePointsCount === null) ? null : 'Unprotected'
}

const NONE: readonly string[] = []

function evidenceOf(name: string, shared: ReadonlySet<string>): Item['evidence'] {
  if (!isAddress(name)) return { names: [name], addresses: NONE }
  return { names: NONE, addresses: isOwnAddress(name) && !shared.has(name) ? [name] : NONE }
}

function osOf(shown: BackupObject | undefined, newest: Newest | null): string | null {
  const told = newest?.guestOs ?? /^(windows|linux)physical/i.exec(shown?.platformName ?? '')?.[1] ?? ''
  if (/win/i.test(told)) return 'Windows'
  return /linux/i.test(told) ? 'Linux' : null
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
