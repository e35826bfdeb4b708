import type { Item, ItemRef, Link } from '../../model/inventory.ts'
import type { MachineFound } from '../veeam-machines/machines.ts'
import type { VeeamEstate } from './estate.ts'

/** The relations between items of one inventory, each once; the items themselves are the ends, and no copies of them. */
export function linksOf(
  estate: VeeamEstate,
  items: readonly Item[],
  machines: readonly MachineFound[],
): Link[] {
  const servers = new Map(items.filter(({ kind }) => kind === 'server').map((item) => [item.id, refOf(item)]))
  const proxyHosts = new Map(estate.proxies.items.map(({ id, hostId }) => [id, servers.get(hostId ?? '')]))
  const proxiesOfJobs = new Map<string, readonly ItemRef[]>(
    estate.jobs.items.map(({ id, proxyIds }) => [id, proxyIds.flatMap((one) => proxyHosts.get(one) ?? [])]),
  )
  const infrastructure = items.find(({ kind }) => kind === 'infrastructure')
  const links: Link[] = []
  const inInfrastructure = (to: ItemRef): void => {
    if (infrastructure) links.push({ rule: 'in-infrastructure', from: infrastructure, to })
  }
  for (const item of items) {
    const { storage } = item.facts
    if (item.kind === 'server' || item.kind === 'storage') inInfrastructure(item)
    if (item.kind === 'job' && isRef(storage)) links.push({ rule: 'job-on-storage', from: item, to: storage })
  }
  for (const { item, jobs } of machines) {
    inInfrastructure(item)
    for (const to of jobs) links.push({ rule: 'machine-in-job', from: item, to })
    for (const to of hostsOf(jobs, proxiesOfJobs)) links.push({ rule: 'machine-by-proxy', from: item, to })
  }
  return links
}

function hostsOf(
  jobs: readonly ItemRef[],
  proxiesOfJobs: ReadonlyMap<string, readonly ItemRef[]>,
): Iterable<ItemRef> {
  if (proxiesOfJobs.size === 0) return []
  return new Set(jobs.flatMap(({ id }) => proxiesOfJobs.get(id) ?? []))
}

function refOf({ kind, id }: ItemRef): ItemRef {
  return { kind, id }
}

function isRef(value: Item['facts']['storage']): value is ItemRef {
  return typeof value === 'object' && value !== null
}
