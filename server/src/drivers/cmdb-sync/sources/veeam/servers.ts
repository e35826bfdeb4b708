import type { Phrase } from '@holdfast/contract'
import type { BackupProxy, ManagedServer } from '../../../../clients/veeam/connect.ts'
import type { Item } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import type { VeeamEstate } from './estate.ts'
import { few } from './few.ts'
import { isAddress, isHostName, isOwnAddress, type ResolveHost } from './host-names.ts'

/** Others are called by their type. */
const ROLES: Readonly<Record<string, string>> = {
  viproxy: 'VMware proxy',
  hvproxy: 'Hyper-V proxy',
  generalpurposeproxy: 'General-purpose proxy',
  nutanixahv: 'Nutanix AHV proxy',
  pve: 'Proxmox VE proxy',
}

const SYSTEMS: Readonly<Record<string, string>> = {
  WindowsHost: 'Windows',
  LinuxHost: 'Linux',
  HvServer: 'Windows',
}

/** One server for each machine with proxies, however many those are. */
export function serverItems(
  estate: VeeamEstate,
  resolve: ResolveHost,
): { items: Item[]; unnamed: Phrase | null } {
  const managed = new Map(estate.managedServers.items.map((server) => [server.id, server]))
  const hosts = Map.groupBy(estate.proxies.items, ({ hostId }) => hostId)
  const unnamed: string[] = []
  const named: NamedHost[] = []
  for (const [id, proxies] of hosts) {
    const told = proxies.find(({ hostName }) => hostName !== null)?.hostName ?? null
    const name = resolve(id, told) ?? proxies.map((proxy) => proxy.name).find(isWholeName) ?? null
    if (id === null || name === null) unnamed.push(...proxies.map((proxy) => proxy.name))
    else named.push({ id, name, proxies, server: managed.get(id) })
  }
  const shared = countOf(named.map(({ name }) => name))
  const items = named.map((host) => serverItem(host, (shared.get(host.name) ?? 0) > 1))
  const problem = say('veeam-hosts-unnamed', { count: unnamed.length, proxies: few(unnamed) })
  return { items, unnamed: unnamed.length > 0 ? problem : null }
}

interface NamedHost {
  readonly id: string
  /** Or an address. */
  readonly name: string
  readonly proxies: readonly BackupProxy[]
  readonly server: ManagedServer | undefined
}

function serverItem({ id, name, proxies, server }: NamedHost, isShared: boolean): Item {
  const status = statusOf(proxies)
  const os = SYSTEMS[server?.type ?? '']
  const roles = new Set(proxies.map(({ type }) => ROLES[type.toLowerCase()] ?? type))
  return {
    kind: 'server',
    id,
    name,
    facts: {
      name,
      ...(isAddress(name) ? { address: name } : { hostname: name }),
      role: [...roles].sort().join(', '),
      type: 'VeeamProxy',
      ...(status === null ? {} : { status }),
      ...(os === undefined ? {} : { os }),
      ...(server === undefined ? {} : { description: server.description || null }),
    },
    evidence: isAddress(name)
      ? { names: [], addresses: isOwnAddress(name) && !isShared ? [name] : [] }
      : { names: [name], addresses: [] },
    prefers: null,
  }
}

/** The worst of its proxies that are in use; null when the revision tells no states. */
function statusOf(proxies: readonly BackupProxy[]): string | null {
  const told = proxies.filter(({ isOnline }) => isOnline !== null)
  if (told.length === 0) return null
  const used = told.filter(({ isDisabled }) => isDisabled !== true)
  if (used.length === 0) return 'Disabled'
  if (used.some(({ isOnline }) => isOnline === false)) return 'Offline'
  return used.some(({ isOutOfDate }) => isOutOfDate === true) ? 'OutOfDate' : 'Online'
}

/** Proxies are called by their machine, unless they are called something else. */
function isWholeName(name: string): boolean {
  return isAddress(name) || (isHostName(name) && name.includes('.'))
}

function countOf(names: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
}
