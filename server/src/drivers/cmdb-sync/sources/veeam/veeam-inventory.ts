import type { Phrase } from '@holdfast/contract'
import type { Inventory, Item, ItemKind, ItemRef } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import { type Identified, idByName, type Machine } from '../veeam-machines/identity.ts'
import { type MachineFound, machineItem } from '../veeam-machines/machines.ts'
import type { Newest } from '../veeam-machines/newest-points.ts'
import type { VeeamEstate } from './estate.ts'
import { few } from './few.ts'
import { hostResolver, isAddress } from './host-names.ts'
import { infrastructureItem } from './infrastructure.ts'
import { jobItems } from './jobs.ts'
import { linksOf } from './links.ts'
import { serverItems } from './servers.ts'
import { storageItems } from './storages.ts'

export interface Found {
  readonly identified: Identified
  /** The newest restore point of each object, by the id of the object. */
  readonly newest: ReadonlyMap<string, Newest>
  /** How many objects there are whose newest restore point is not certain. */
  readonly unsure: number
}

export interface InventoryOptions {
  /** Identity of the site: of the infrastructure item, and of the source where the server keeps its own to itself. */
  readonly infrastructureCode: string
  /** Under which identities it was known before, the newest last. */
  readonly knownAs?: readonly string[]
  readonly calls: number
}

/** What a Veeam server protects, as items for a CMDB. */
export function veeamInventory(estate: VeeamEstate, found: Found, options: InventoryOptions): Inventory {
  const code = options.infrastructureCode.replaceAll('/', '-').trim()
  const { knownAs = [] } = options
  const { serverInfo } = estate
  const resolve = hostResolver(estate)
  const servers = serverItems(estate, resolve)
  const storages = storageItems(estate, resolve)
  const jobs = jobItems(estate.jobStates.items, refsOf(storages))
  const machines = machinesOf(estate, found, { jobs, storages })
  const items = [
    infrastructureItem(estate, code),
    ...servers.items,
    ...storages,
    ...jobs,
    ...machines.map(({ item }) => item),
  ]
  return {
    system: 'veeam',
    // A right that is taken away makes no other installation of it.
    instance: serverInfo?.vbrId ?? knownAs.at(-1) ?? code,
    aliases: [...new Set([code, ...knownAs])],
    title: serverInfo?.name || code,
    version: serverInfo?.buildVersion ?? '',
    items,
    links: linksOf(estate, items, machines),
    incomplete: incompleteOf(estate, servers.unnamed),
    leftOut: found.identified.ambiguous.map((object) => ({ kind: 'machine', id: idByName(object) })),
    remarks: remarksOf(estate, found, code),
    calls: options.calls,
  }
}

function machinesOf(
  estate: VeeamEstate,
  { identified, newest }: Found,
  { jobs, storages }: { jobs: readonly Item[]; storages: readonly Item[] },
): MachineFound[] {
  const around = {
    newest,
    backups: new Map(estate.backups.items.map((backup) => [backup.id, backup])),
    jobs: refsOf(jobs),
    storages: refsOf(storages),
    areJobsKnown: [estate.backups, estate.jobStates].every(({ problem }) => problem === null),
    sharedAddresses: sharedAddresses(identified.machines),
  }
  return identified.machines.map((machine) => machineItem(machine, around))
}

/** Which kinds may lack items, since one of the lists behind them was not read to its end. */
function incompleteOf(estate: VeeamEstate, unnamed: Phrase | null): ReadonlyMap<ItemKind, Phrase> {
  const { proxies, managedServers, repositories, scaleOutRepositories } = estate
  const { jobStates, jobs, backups, backupObjects } = estate
  const behind: readonly (readonly [ItemKind, readonly (Phrase | null)[]])[] = [
    ['server', [proxies.problem, managedServers.problem, unnamed]],
    ['storage', [repositories.problem, scaleOutRepositories.problem]],
    ['job', [jobStates.problem, jobs.problem]],
    ['machine', [backups.problem, backupObjects.problem]],
  ]
  return new Map(
    behind.flatMap(([kind, problems]) => {
      const parts = problems.flatMap((problem) => problem ?? [])
      return parts.length > 0 ? [[kind, parts] as const] : []
    }),
  )
}

function remarksOf(estate: VeeamEstate, { identified, unsure }: Found, code: string): Phrase[] {
  const { others, ambiguous } = identified
  const { restorePoints, unlistedBackups } = estate
  const types = few(others.map(({ type, platformName }) => type ?? platformName))
  const names = few(ambiguous.map(({ name }) => name))
  const chains = few(unlistedBackups)
  return [
    estate.serverInfo === null ? say('veeam-identity-forbidden', { code }) : null,
    others.length > 0 ? say('veeam-other-objects', { count: others.length, types }) : null,
    ambiguous.length > 0 ? say('veeam-objects-ambiguous', { count: ambiguous.length, names }) : null,
    unlistedBackups.length > 0
      ? say('veeam-chains-unlisted', { count: unlistedBackups.length, names: chains })
      : null,
    restorePoints.problem ? [say('veeam-points-unread'), ...[restorePoints.problem].flat()] : null,
    unsure > 0 ? say('veeam-points-unmatched', { count: unsure }) : null,
  ].filter((remark) => remark !== null)
}

function refsOf(items: readonly Item[]): Map<string, ItemRef> {
  return new Map(items.map(({ kind, id }) => [id, { kind, id }]))
}

function sharedAddresses(machines: readonly Machine[]): Set<string> {
  const owners = new Map<string, Set<string>>()
  for (const { id, objects } of machines)
    for (const { name } of objects)
      if (isAddress(name)) owners.set(name, (owners.get(name) ?? new Set()).add(id))
  return new Set([...owners].flatMap(([address, ids]) => (ids.size > 1 ? [address] : [])))
}
