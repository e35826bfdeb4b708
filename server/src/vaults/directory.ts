import { byteSizeOf, type DirectoryVaultSpec, type Finding } from '@holdfast/contract'
import { withDiskErrors } from '../clients/disks/disk-error.ts'
import { fileSystemSpace } from '../clients/disks/file-system.ts'
import type { OpenedVault, VaultFacts, VaultNeed } from '../engine/vault-port.ts'
import { claimVault, inspectVault, openVault, refuseForgotten } from './marker.ts'

type DirectoryVault = DirectoryVaultSpec & { id: string }

/** A directory is within reach as it is: opening looks at it, closing does nothing. */
export async function openDirectory(
  vault: DirectoryVault,
  need: VaultNeed,
  now: () => Date,
): Promise<OpenedVault> {
  const state = await openVault(vault)
  refuseForgotten(state, need.knownPoints(null))
  const { id, name, minFree } = vault
  return {
    vault: { id, name, path: state.path, minFreeBytes: byteSizeOf(minFree), disk: null },
    disk: null,
    health: null,
    gone: null,
    claim: () => withDiskErrors(async () => void (await claimVault(vault, now()))),
    settle: async () => {},
    close: async () => {},
    isReleased: async () => true,
    [Symbol.asyncDispose]: async () => {},
  }
}

export async function inspectDirectory(spec: DirectoryVaultSpec): Promise<VaultFacts> {
  const { id, exists, path } = await inspectVault(spec)
  if (!exists) return { id, capacity: null }
  const { totalBytes, freeBytes } = await fileSystemSpace(path)
  return { id, capacity: { totalBytes, freeBytes } }
}

export async function checkDirectory(vault: DirectoryVault): Promise<Finding[]> {
  const state = await openVault(vault)
  const message = state.id === null ? `${state.path} is fresh` : `${state.path} is the vault ${state.id}`
  const findings: Finding[] = [{ level: 'ok', subject: 'vault', message }]
  if (!state.exists) return findings
  const { freeBytes } = await fileSystemSpace(state.path)
  const reserveBytes = byteSizeOf(vault.minFree)
  if (freeBytes > reserveBytes) return findings
  return [
    ...findings,
    {
      level: 'error',
      subject: 'vault',
      message: `${freeBytes} bytes are free, ${reserveBytes} must stay free`,
      hint: 'Free space on the vault, keep fewer restore points, or lower its minFree.',
    },
  ]
}
