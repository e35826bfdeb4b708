import type { ConfigChange, ConfigDocument, VaultSpec } from '@holdfast/contract'
import { diffConfig } from './diff-config.ts'

const EMPTY: ConfigDocument = { nodes: [], vaults: [], policies: [], notifications: [], jobs: [] }

/**
 * Vaults are the one kind of object that says itself who it is: one that comes back, after it was deleted or after the
 * database was lost, keeps the id that its directory bears, and a new name for a directory that is in force already is
 * a new name and no new vault. `idsOnVaults` are the ids on the vaults to be created, by name. Pure.
 */
export function recognizeVaults(
  changes: ConfigChange[],
  wanted: ConfigDocument,
  inForce: readonly (VaultSpec & { id: string })[],
  idsOnVaults: ReadonlyMap<string, string>,
): { changes: ConfigChange[]; vaultIds: Map<string, string> } {
  const vaultIds = new Map<string, string>()
  const formerOf = new Map<string, VaultSpec>()
  for (const [name, id] of idsOnVaults) {
    const former = inForce.find((vault) => vault.id === id)
    // Two names for one directory: the one in force keeps it, and a run of the other will say so.
    if (former && wanted.vaults.some((vault) => vault.name === former.name)) continue
    if ([...vaultIds.values()].includes(id)) continue
    vaultIds.set(name, id)
    if (former) {
      const { id: _id, ...spec } = former
      formerOf.set(name, spec)
    }
  }
  const renamed = new Set([...formerOf.values()].map((former) => former.name))
  const recognized = changes.flatMap((change): ConfigChange[] => {
    if (change.kind !== 'vaults') return [change]
    if (change.action === 'delete') return renamed.has(change.name) ? [] : [change]
    const former = formerOf.get(change.name)
    return former ? [renaming(change.name, former, wanted)] : [change]
  })
  return { changes: recognized, vaultIds }
}

function renaming(name: string, former: VaultSpec, wanted: ConfigDocument): ConfigChange {
  const before = { ...EMPTY, vaults: [{ ...former, name }] }
  const after = { ...EMPTY, vaults: wanted.vaults.filter((vault) => vault.name === name) }
  const others = diffConfig(before, after, { prune: false }).flatMap((change) => change.fields)
  const fields = [{ path: 'name', before: former.name, after: name }, ...others]
  return { kind: 'vaults', name, action: 'update', fields }
}
