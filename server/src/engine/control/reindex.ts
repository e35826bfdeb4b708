import path from 'node:path'
import {
  asHoldfastError,
  HoldfastError,
  objectName,
  type ReindexReport,
  type VaultSpec,
  vaultSpec,
} from '@holdfast/contract'
import type { FoundPoint, Vault } from '../../drivers/driver.ts'
import { jobFacts } from '../configuration/job-nodes.ts'
import { nameVault } from '../configuration/name-vault.ts'
import type { EngineDeps } from '../deps.ts'
import { openHere } from '../run/open-vault.ts'
import { isWithinReach, listOwn } from '../run/reconcile.ts'
import { serverLog } from '../server-log.ts'
import type { StoredVault } from '../vault-port.ts'

type VaultReport = ReindexReport['vaults'][number]

/** The id a vault bears on itself; null for a fresh one or one that is not there now. */
export async function identifyVault(deps: EngineDeps, spec: VaultSpec): Promise<string | null> {
  try {
    return (await deps.vaults.inspect(spec))?.id ?? null
  } catch (error) {
    if (error instanceof HoldfastError && error.kind === 'absent') return null
    throw error
  }
}

/**
 * Rebuilds the catalog from what lies on the vaults: the data is the truth, the database is an index. Vaults that are
 * not configured are named by path. Jobs that the database does not know get back the id their data bears.
 */
export async function reindex(
  deps: EngineDeps,
  options: { paths: string[]; dryRun: boolean; by: string },
): Promise<ReindexReport> {
  const report: ReindexReport = { vaults: [], jobsAdopted: [] }
  // It is many steps: that it began is recorded before the first one, what came of it after the last.
  if (!options.dryRun)
    await record(deps, options.by, 'catalog.reindex-start', { paths: options.paths.length })
  const vaults = await vaultsToRead(deps, options)
  for (const vault of vaults) {
    const read = await readVault(deps, vault)
    if (read === null) continue
    report.jobsAdopted.push(...(await adoptJobs(deps, vault, read.found, options.dryRun)))
    report.vaults.push(await updateCatalog(deps, read, options.dryRun))
  }
  if (!options.dryRun) {
    const sum = (key: 'added' | 'missing') => report.vaults.reduce((total, vault) => total + vault[key], 0)
    const details = { vaults: vaults.length, added: sum('added'), missing: sum('missing') }
    await record(deps, options.by, 'catalog.reindex', details)
  }
  return report
}

async function record(
  deps: EngineDeps,
  by: string,
  action: string,
  details: Record<string, number>,
): Promise<void> {
  await deps.store.audit.add({ by, action, object: null, objectId: null, details })
}

async function vaultsToRead(
  deps: EngineDeps,
  options: { paths: string[]; dryRun: boolean; by: string },
): Promise<StoredVault[]> {
  const { objects } = deps.store
  const vaults: StoredVault[] = []
  for (const vault of await objects.vaults()) {
    if (vault.kind === 'disk-set') {
      vaults.push(vault)
      continue
    }
    const id = await idOrWarning(deps, vault)
    if (id === null) continue
    if (id !== vault.id && !options.dryRun) await objects.adoptId('vaults', vault.name, id)
    vaults.push({ ...vault, id })
  }
  for (const given of options.paths) {
    const directory = path.resolve(given)
    if (vaults.some((vault) => vault.kind === 'directory' && vault.path === directory)) continue
    vaults.push(await addVault(deps, directory, vaults, options))
  }
  return vaults
}

/** A vault that bears no id is fresh, or the empty mount point of an absent disk: nothing there says what is missing. */
async function idOrWarning(deps: EngineDeps, vault: StoredVault): Promise<string | null> {
  try {
    const id = await identifyVault(deps, vault)
    if (id === null)
      deps.log.warn({ vault: vault.name }, 'a vault is empty or absent; its restore points stay as they are')
    return id
  } catch (error) {
    const reason = asHoldfastError(error).message
    deps.log.warn(
      { vault: vault.name, reason },
      'a vault cannot be read; its restore points stay as they are',
    )
    return null
  }
}

async function addVault(
  deps: EngineDeps,
  directory: string,
  known: StoredVault[],
  options: { dryRun: boolean; by: string },
): Promise<StoredVault> {
  const name = nameVault(
    directory,
    known.map((vault) => vault.name),
  )
  const spec = vaultSpec.parse({ name, kind: 'directory', path: directory })
  const id = await identifyVault(deps, spec)
  if (!id) {
    throw new HoldfastError('vault-absent', `there is no vault of Holdfast in ${directory}`, {
      hint: 'Name the directory that holds holdfast-vault.json, and check that its disk is mounted.',
    })
  }
  const owner = (await deps.store.objects.vaults()).find((vault) => vault.id === id)
  if (owner) {
    const message = `${directory} is the vault "${owner.name}", which is configured ${owner.kind === 'directory' ? `at ${owner.path}` : 'as a disk set'}`
    throw new HoldfastError('vault-foreign', message, {
      hint: 'Correct the path of that vault in the configuration, apply it and run `holdfast reindex` again.',
    })
  }
  if (!options.dryRun) {
    await deps.store.objects.create('vaults', spec, { by: options.by, id, ...jobFacts(deps) })
  }
  return { ...spec, id }
}

interface ReadVault {
  readonly vault: Vault
  readonly found: FoundPoint[]
}

/** Null when it cannot be read: none of its disks is in the bay, or this process may not mount it. */
async function readVault(deps: EngineDeps, stored: StoredVault): Promise<ReadVault | null> {
  const log = serverLog(deps.log)
  const { signal } = new AbortController()
  try {
    await using opened = await openHere(deps, { signal, log })(stored, {
      access: 'read-only',
      disk: null,
      knownPoints: () => 0,
    })
    const found: FoundPoint[] = []
    for (const driver of deps.drivers) {
      if (!driver.points || !driver.info.vaultKinds.includes(stored.kind)) continue
      found.push(...(await listOwn(driver.points, opened.vault, { signal, log })))
    }
    return { vault: opened.vault, found }
  } catch (thrown) {
    if (stored.kind === 'directory') throw thrown
    const reason = asHoldfastError(thrown).message
    deps.log.warn(
      { vault: stored.name, reason },
      'no disk of a disk set can be read; its restore points stay as they are',
    )
    return null
  }
}

async function adoptJobs(deps: EngineDeps, vault: StoredVault, found: FoundPoint[], dryRun: boolean) {
  const { objects, points } = deps.store
  const adopted: ReindexReport['jobsAdopted'] = []
  for (const [id, group] of Map.groupBy(found, (point) => point.manifest.jobId)) {
    if (await objects.job(id)) continue
    // The newest manifest has the name the job bore last.
    const newest = group.toSorted((a, b) => b.manifest.takenAt.localeCompare(a.manifest.takenAt))[0]
    if (!newest) continue
    const { jobName, jobKind } = newest.manifest
    const namesake = await objects.job(jobName)
    const isFresh =
      namesake !== null &&
      namesake.kind === jobKind &&
      (await points.list({ jobId: namesake.id, limit: 1 })).length === 0
    adopted.push({ id, name: jobName })
    if (dryRun) continue
    if (namesake && isFresh) await objects.adoptId('jobs', jobName, id)
    else
      await objects.createDetachedJob({
        id,
        name: namesake || !objectName.safeParse(jobName).success ? `${jobName} ${id}` : jobName,
        kind: jobKind,
        vaultId: vault.id,
      })
  }
  return adopted
}

async function updateCatalog(
  deps: EngineDeps,
  { vault, found }: ReadVault,
  dryRun: boolean,
): Promise<VaultReport> {
  const { points } = deps.store
  const all = await points.list({ vaultId: vault.id, anyState: true })
  const before = all.filter((point) => isWithinReach(point, vault))
  const known = new Set(before.map((point) => point.id))
  const seen = new Set(found.map((point) => point.manifest.id))
  const gone = before.filter((point) => !seen.has(point.id))
  const added = found.filter((point) => !known.has(point.manifest.id)).length
  if (!dryRun) {
    await points.add(found, deps.now())
    for (const point of gone) await points.setMissing(point.id)
  }
  return {
    name: vault.name,
    path: vault.disk ? `disk "${vault.disk.label}"` : vault.path,
    found: found.length,
    added,
    confirmed: found.length - added,
    missing: gone.length,
  }
}
