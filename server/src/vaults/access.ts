import { asHoldfastError, type Finding, type SecretReference } from '@holdfast/contract'
import { listFileSystems } from '../clients/block-devices/probe.ts'
import { systemDisks } from '../clients/block-devices/system-disks.ts'
import { withDiskErrors } from '../clients/disks/disk-error.ts'
import { fileSystemSpace } from '../clients/disks/file-system.ts'
import type { StoredVault, VaultAccess } from '../engine/vault-port.ts'
import { checkDirectory, inspectDirectory, openDirectory } from './directory.ts'
import { diskMountKind } from './disk-set/disk-mount.ts'
import { findDisk } from './disk-set/find-disk.ts'
import { openDisk } from './disk-set/open-disk.ts'

export interface VaultAccessDeps {
  /** Reads the passphrase of an encrypted disk. */
  readonly resolvePassphrase: (reference: SecretReference) => Promise<string>
  /** What Holdfast itself lives on. */
  readonly ownPaths: readonly string[]
}

/** How vaults of every kind are brought within reach of this process. */
export function createVaultAccess({ resolvePassphrase, ownPaths }: VaultAccessDeps): VaultAccess {
  const mountKind = diskMountKind(resolvePassphrase)
  return {
    resources: [mountKind],
    inspect: (spec) =>
      withDiskErrors(async () => (spec.kind === 'directory' ? await inspectDirectory(spec) : null)),
    open: (cx, vault, need) =>
      withDiskErrors(() =>
        vault.kind === 'directory'
          ? openDirectory(vault, need, cx.now)
          : openDisk({ mountKind, ownPaths }, cx, vault, need),
      ),
    capacity: ({ path }) =>
      withDiskErrors(async () => {
        const { totalBytes, freeBytes } = await fileSystemSpace(path)
        return { totalBytes, freeBytes }
      }),
    check: async (vault, { signal }) => {
      try {
        return vault.kind === 'directory'
          ? await checkDirectory(vault)
          : [await checkDiskSet(vault, ownPaths, signal)]
      } catch (thrown) {
        const { kind, message, hint } = asHoldfastError(thrown)
        // A disk in the safe is how a disk set is meant to be.
        const isNormal = vault.kind === 'disk-set' && kind === 'absent'
        return [
          { level: isNormal ? 'ok' : 'error', subject: 'vault', message, ...(isNormal ? {} : { hint }) },
        ]
      }
    },
  }
}

async function checkDiskSet(
  vault: Extract<StoredVault, { kind: 'disk-set' }>,
  ownPaths: readonly string[],
  signal: AbortSignal,
): Promise<Finding> {
  const [found, system] = await Promise.all([listFileSystems({ signal }), systemDisks(ownPaths)])
  const { disk, device } = findDisk(vault, null, found, system)
  return { level: 'ok', subject: 'vault', message: `disk "${disk.label}" is in the bay as ${device.device}` }
}
