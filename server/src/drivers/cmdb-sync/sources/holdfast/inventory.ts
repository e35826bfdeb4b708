import { isIP } from 'node:net'
import type { Estate } from '../../../driver.ts'
import type { Evidence, Inventory, Item, ItemKind, ItemRef, Link } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'

const GIB = 2 ** 30

/** What assets are to a CMDB; of a kind that is not here nothing is written. */
const KINDS: Readonly<Record<string, ItemKind>> = {
  vm: 'machine',
  container: 'machine',
  host: 'machine',
  'influxdb-database': 'database',
  folder: 'folder',
}

const NOTHING: Evidence = { names: [], addresses: [] }
const WHOLE: ItemRef = { kind: 'infrastructure', id: 'infrastructure' }

/** All that this installation looks after, as a CMDB is told of it. Pure. */
export function inventoryOf(estate: Estate): Inventory {
  const servers = serversOf(estate)
  const storages = estate.vaults.map(storageOf)
  const jobs = estate.jobs.map((job) => jobOf(job, estate))
  const jobsById = new Map(estate.jobs.map((job) => [job.id, job]))
  const assets = estate.assets.flatMap((asset) => assetOf(asset, jobsById, estate))
  const items = [...servers, ...storages, ...jobs, ...assets]
  const unknown = new Set(estate.assets.map(({ kind }) => kind).filter((kind) => !KINDS[kind]))
  const infrastructure = { ...WHOLE, name: 'Holdfast', facts: {}, evidence: NOTHING, prefers: null }
  return {
    system: 'holdfast',
    instance: estate.installationId,
    aliases: [],
    title: 'Holdfast',
    version: null,
    items: [infrastructure, ...items],
    links: [...items.flatMap(belonging), ...estate.jobs.flatMap(onStorage), ...estate.assets.flatMap(inJob)],
    incomplete: new Map(),
    remarks:
      unknown.size > 0 ? [say('holdfast.unknownAssets', { kinds: [...unknown].sort().join(', ') })] : [],
    calls: 0,
  }
}

/** The machines that nodes are on, each once; of a host nothing but a name that somebody gave it here is known. */
function serversOf({ nodes }: Estate): Item[] {
  // An address of IPv6 stands in brackets in a URL.
  const hosts = nodes.flatMap(({ host }) =>
    host === null ? [] : [host.replace(/^\[(.*)\]$/, '$1').toLowerCase()],
  )
  return [...new Set(hosts)].filter(isOneMachine).map((host): Item => {
    const isAddress = isIP(host) !== 0
    const evidence = isAddress ? { names: [], addresses: [host] } : { names: [host], addresses: [] }
    const facts = isAddress ? { address: host } : { hostname: host }
    // Not the bare name: people give it to their own cards as Code, by which those that were created are told.
    return { kind: 'server', id: `host:${host}`, name: host, facts, evidence, prefers: null }
  })
}

/** Not the machine that Holdfast runs on, whatever it is called elsewhere. */
function isOneMachine(host: string): boolean {
  return host !== 'localhost' && host !== '::1' && !host.startsWith('127.')
}

function storageOf({ id, name, kind, usedBytes, freeBytes }: Estate['vaults'][number]): Item {
  const isKnown = usedBytes !== null && freeBytes !== null
  const sizes = isKnown ? { capacityGb: (usedBytes + freeBytes) / GIB, freeGb: freeBytes / GIB } : {}
  const facts = { name, type: 'HoldfastVault', description: kind, ...sizes }
  return { kind: 'storage', id, name, facts, evidence: NOTHING, prefers: null }
}

function jobOf({ id, name, kind, enabled, ...job }: Estate['jobs'][number], estate: Estate): Item {
  const { lastRun, nextRunAt, vaultId } = job
  const ran = lastRun ? { lastRun: lastRun.finishedAt, lastResult: lastRun.outcome } : {}
  const storage = { storage: vaultRef(vaultId, estate) }
  const status = enabled ? 'Enabled' : 'Disabled'
  const facts = { name, type: kind, status, nextRun: nextRunAt, ...ran, ...storage }
  return { kind: 'job', id, name, facts, evidence: NOTHING, prefers: null }
}

function vaultRef(vaultId: string | null, { vaults }: Estate): ItemRef | null {
  return vaults.some(({ id }) => id === vaultId) && vaultId !== null ? { kind: 'storage', id: vaultId } : null
}

function assetOf(
  asset: Estate['assets'][number],
  jobs: ReadonlyMap<string, Estate['jobs'][number]>,
  estate: Estate,
): Item[] {
  const kind = KINDS[asset.kind]
  if (!kind) return []
  const { id, name, coverage, newestGoodAt } = asset
  const job = jobs.get(asset.jobId ?? '') ?? null
  const isProtected = newestGoodAt !== null
  const facts = {
    name,
    ...(kind === 'machine' ? { hostname: name } : {}),
    status: isProtected ? 'Protected' : 'Unprotected',
    lastBackup: newestGoodAt,
    coverage,
    job: job && ({ kind: 'job', id: job.id } as const),
    storage: vaultRef(job?.vaultId ?? null, estate),
  }
  const evidence = kind === 'machine' ? { names: [name], addresses: [] } : NOTHING
  const prefers = asset.kind === 'host' ? 'physical' : kind === 'machine' ? 'virtual' : null
  return [{ kind, id, name, facts, evidence, prefers }]
}

function belonging({ kind, id }: Item): Link[] {
  return kind === 'job' ? [] : [{ rule: 'in-infrastructure', from: WHOLE, to: { kind, id } }]
}

function onStorage({ id, vaultId }: Estate['jobs'][number]): Link[] {
  if (vaultId === null) return []
  return [{ rule: 'job-on-storage', from: { kind: 'job', id }, to: { kind: 'storage', id: vaultId } }]
}

function inJob({ id, kind, jobId }: Estate['assets'][number]): Link[] {
  const item = KINDS[kind]
  if (!item || jobId === null) return []
  return [{ rule: 'machine-in-job', from: { kind: item, id }, to: { kind: 'job', id: jobId } }]
}
