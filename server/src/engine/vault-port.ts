import type { DiskHealth, Finding, RunDisk, VaultDisk, VaultSpec } from '@holdfast/contract'
import type { AnyDriver, RunContext, RunLog, Vault } from '../drivers/driver.ts'

/** What the engine needs to know of vaults: how they are brought within reach, and what is in the bay. */

/** A vault as it is configured. Drivers see it once it is opened. */
export type StoredVault = VaultSpec & { id: string }

export interface VaultNeed {
  /** `read-only` for a preview, a check, a restore. */
  readonly access: 'read-only' | 'read-write'
  /** The disk that bears a restore point; null for the first one of the set that is in the bay. */
  readonly disk: VaultDisk | null
  /** How many restore points the catalog knows to be on it, or on this disk of it: without its marker it is another one. */
  readonly knownPoints: (disk: VaultDisk | null) => number
}

/** What opening a vault needs of a run; a command on the machine itself has a plain one. */
export type VaultContext = Pick<RunContext, 'signal' | 'log' | 'acquire' | 'step' | 'warn' | 'now'> & {
  readonly runId: string | null
}

/** A vault within reach, until it is closed. */
export interface OpenedVault extends AsyncDisposable {
  readonly vault: Vault
  /** The disk it is on, with its free space as last looked at; null for a vault of one place. */
  readonly disk: RunDisk | null
  /** What the disk last said about itself; null while it was not asked. */
  readonly health: DiskHealth | null
  /** Fires when the disk is pulled: work on the vault must stop then. Never for a vault of one place. */
  readonly gone: AbortSignal | null
  /** Makes a fresh vault ours; one that is ours already stays as it is. */
  claim(): Promise<void>
  /**
   * Whatever was written is on the disk from here on, checked as well as the vault allows: a disk is flushed, unmounted,
   * taken exclusively and mounted anew, so that what is read next comes from it and not from memory.
   */
  settle(access: 'read-only' | 'read-write'): Promise<void>
  /** Settles for good and gives everything back: a disk may be unplugged afterwards. */
  close(): Promise<void>
  /** Once it is given back: whether really nobody uses the disk any more, in no namespace. */
  isReleased(): Promise<boolean>
}

export interface VaultFacts {
  /** The id that it bears; null for a fresh one. */
  readonly id: string | null
  /** Null while its directory has still to be made. */
  readonly capacity: { readonly totalBytes: number; readonly freeBytes: number } | null
}

/** A file system in the bay of this machine. */
export interface BayFileSystem {
  readonly device: string
  readonly uuid: string
  readonly type: string
  readonly label: string | null
  readonly sizeBytes: number
  readonly model: string | null
  readonly serial: string | null
  /** Another one each time the disk is plugged in. */
  readonly attachId: string
  readonly isSystem: boolean
}

export interface VaultAccess {
  /** Everything that opening a vault may take: a crash is undone from the journal alone. */
  readonly resources: AnyDriver['info']['resources']
  /**
   * What can be seen of a vault without opening it; null for a disk set, of which that is nothing. Throws `vault-absent`
   * and `vault-foreign`.
   */
  inspect(spec: VaultSpec): Promise<VaultFacts | null>
  /** Throws `disk-absent`, `vault-absent`, `vault-foreign` and whatever a disk can do wrong. */
  open(cx: VaultContext, vault: StoredVault, need: VaultNeed): Promise<OpenedVault>
  /** Size of what is open. */
  capacity(vault: Vault): Promise<{ totalBytes: number; freeBytes: number }>
  /** What can be checked without opening it: tools, rights, what is in the bay. */
  check(vault: StoredVault, cx: { signal: AbortSignal; log: RunLog }): Promise<Finding[]>
}

/** The bay of this machine: where disks are plugged in. */
export interface Bay {
  /** Cheap: a text that differs when anything was plugged in or unplugged since. */
  fingerprint(): Promise<string>
  list(signal: AbortSignal): Promise<BayFileSystem[]>
}
