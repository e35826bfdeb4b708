import { HoldfastError } from '@holdfast/contract'
import { fileSystemSpace } from '../../../../clients/disks/file-system.ts'
import type { Vault } from '../../../driver.ts'

const LOOK_AGAIN_MS = 1000
const LOOK_AGAIN_BYTES = 64 * 1024 * 1024

/** Line protocol that is packed takes at least this share of what the same points take at the source. */
const LEAST_SHARE = 0.25

/** Watches that a run leaves free on a vault what it must. */
export class Room {
  readonly #vault: Vault
  #lookedAt = Number.NEGATIVE_INFINITY
  #unseenBytes = 0

  constructor(vault: Vault) {
    this.#vault = vault
  }

  /** Before anything is written. Throws `vault-full` when what takes `sourceBytes` at the source cannot fit. */
  async begin(sourceBytes: number): Promise<{ freeBytes: number; neededBytes: number }> {
    const neededBytes = Math.round(sourceBytes * LEAST_SHARE)
    const freeBytes = await this.#freeBytes()
    if (freeBytes < neededBytes + this.#vault.minFreeBytes) throw this.#full(freeBytes, neededBytes)
    return { freeBytes, neededBytes }
  }

  /** Cheap; looks now and then. */
  async spend(bytes: number): Promise<void> {
    this.#unseenBytes += bytes
    const now = performance.now()
    if (now - this.#lookedAt < LOOK_AGAIN_MS && this.#unseenBytes < LOOK_AGAIN_BYTES) return
    this.#lookedAt = now
    this.#unseenBytes = 0
    const freeBytes = await this.#freeBytes()
    if (freeBytes <= this.#vault.minFreeBytes) throw this.#full(freeBytes, 0)
  }

  async #freeBytes(): Promise<number> {
    return (await fileSystemSpace(this.#vault.path)).freeBytes
  }

  #full(freeBytes: number, neededBytes: number): HoldfastError {
    const details = { freeBytes, neededBytes, reserveBytes: this.#vault.minFreeBytes }
    const message = 'the vault has not enough free space for these databases'
    return new HoldfastError('vault-full', message, { details })
  }
}
