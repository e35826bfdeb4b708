import dns from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { HoldfastError } from '@holdfast/contract'

/** Code of the error when a connection was not made because its address is closed. */
export const CLOSED_ADDRESS = 'ADDRESS_CLOSED'

/** Addresses that webhooks are posted to. */
export interface ReceiverRules {
  /** For a connection to this host: finds the addresses and leaves out the closed ones, so that what is judged is what is used. */
  lookupFor(host: string): LookupFunction
  /** Whether the host is an address that is closed; of a name only the look-up can tell. */
  isClosed(host: string): boolean
}

/**
 * This machine, its link and what clouds answer there with the keys of the machine. Whoever configures notifications must
 * not reach what only this machine may reach.
 */
const CLOSED: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['224.0.0.0', 4],
  ['255.255.255.255', 32],
  ['::', 127],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::254', 128],
]

/** Prefixes of IPv6 addresses that stand for an IPv4 address, their last 32 bits: mapped, compatible, NAT64. */
const EMBEDDING = blockList([
  ['::ffff:0:0', 96],
  ['::', 96],
  ['64:ff9b::', 96],
])
const CLOSED_LIST = blockList(CLOSED)

/**
 * `allowed`: hosts by name, addresses and networks (`10.0.0.0/8`) that are open although they are closed by themselves.
 * Throws `environment-invalid` for what is none of these.
 */
export function receiverRules(allowed: readonly string[]): ReceiverRules {
  const hosts = new Set<string>()
  const open = new BlockList()
  for (const entry of allowed) {
    const [address = '', prefix] = entry.replace(/^\[(.*)\]$/, '$1').split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const bits = prefix === undefined ? null : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
    if (isIP(address) === 0 && bits === null && /^[a-z0-9._-]+$/i.test(address))
      hosts.add(address.toLowerCase())
    else if (isIP(address) !== 0 && bits === null) open.addAddress(address, family)
    else if (isIP(address) !== 0 && bits !== null && bits >= 0 && bits <= (family === 'ipv6' ? 128 : 32))
      open.addSubnet(address, bits, family)
    else throw invalid(entry)
  }
  const isClosedAddress = (found: string) => {
    // A zone tells the link of an address, not what it is.
    const address = found.replace(/%.*$/, '')
    const forms = [address, ...embedded(address)]
    return forms.some((form) => holds(CLOSED_LIST, form)) && !forms.some((form) => holds(open, form))
  }
  const isOpenHost = (host: string) => hosts.has(bare(host))
  return {
    isClosed: (host) => isIP(bare(host)) !== 0 && isClosedAddress(bare(host)),
    lookupFor: (host) => (name, options, callback) => {
      dns.lookup(name, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, '', 0)
        const good = isOpenHost(host) ? found : found.filter(({ address }) => !isClosedAddress(address))
        const [first] = good
        if (!first) return callback(Object.assign(new Error('closed'), { code: CLOSED_ADDRESS }), '', 0)
        if (options.all) callback(null, good)
        else callback(null, first.address, first.family)
      })
    },
  }
}

/** As in a URL: an IPv6 address stands in brackets, a name may end with a dot. */
function bare(host: string): string {
  return host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase()
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** The IPv4 address inside of an IPv6 address; nothing where there is none. */
function embedded(address: string): string[] {
  if (isIP(address) !== 6 || !holds(EMBEDDING, address)) return []
  const dotted = /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (dotted !== undefined) return [dotted]
  const [high = 0, low = 0] = address
    .replace(/::$/, '::0')
    .split(':')
    .slice(-2)
    .map((group) => Number.parseInt(group || '0', 16))
  return [[high >> 8, high & 255, low >> 8, low & 255].join('.')]
}

function blockList(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks)
    list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4')
  return list
}

function invalid(entry: string): HoldfastError {
  return new HoldfastError(
    'environment-invalid',
    `HOLDFAST_WEBHOOK_ALLOW: "${entry}" is neither a host name nor an address nor a network such as 127.0.0.0/8`,
  )
}
