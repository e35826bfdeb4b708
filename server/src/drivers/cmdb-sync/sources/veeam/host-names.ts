import { isIP } from 'node:net'
import type { VeeamEstate } from './estate.ts'

/** What Veeam calls the machine that it runs on itself. */
const THIS_SERVER = /^this server$/i
/** The id of that machine is the same everywhere. */
const THIS_SERVER_ID = '6745a759-2205-4cd2-b172-8ec8f7e60ef8'

export type ResolveHost = (hostId: string | null, told: string | null) => string | null

/**
 * Finds the name of a machine by its id and by what a proxy or repository calls it: full name or address, null when
 * nothing tells it.
 */
export function hostResolver(estate: VeeamEstate): ResolveHost {
  const managed = new Map(estate.managedServers.items.map((server) => [server.id, server]))
  const ownName = nameOfThisServer(estate)
  return (hostId, told) => {
    const known = hostId === null ? undefined : managed.get(hostId)
    const name = realName(known?.name) ?? realName(told)
    if (name !== null) return name
    const isThis =
      hostId === THIS_SERVER_ID ||
      known?.isBackupServer === true ||
      [told, known?.name].some((one) => THIS_SERVER.test(one ?? ''))
    return isThis ? ownName : null
  }
}

export function isAddress(name: string): boolean {
  return isIP(name) !== 0
}

/** Whether an address tells machines apart: not loopback, link-local or none at all. */
export function isOwnAddress(address: string): boolean {
  return isAddress(address) && !/^(127\.|0\.|169\.254\.|::1?$|fe80:)/i.test(address)
}

/** Whether it can be the name of a machine, and not that of a product. */
export function isHostName(name: string): boolean {
  return /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(name) && !isAddress(name)
}

function nameOfThisServer(estate: VeeamEstate): string | null {
  const server = estate.managedServers.items.find(({ isBackupServer }) => isBackupServer === true)
  const repository = estate.repositories.items.find(
    ({ hostId, hostName }) => hostId === THIS_SERVER_ID && realName(hostName) !== null,
  )
  const info = realName(estate.serverInfo?.name)
  // Older revisions say the name of the product there.
  return realName(server?.name) ?? realName(repository?.hostName) ?? (info && isHostName(info) ? info : null)
}

function realName(told: string | null | undefined): string | null {
  const name = (told ?? '').trim().replace(/\.$/, '')
  return name === '' || THIS_SERVER.test(name) ? null : name
}
