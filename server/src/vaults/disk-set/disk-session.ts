import { randomBytes } from 'node:crypto'
import { lstat, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  byteSizeOf,
  type DiskHealth,
  type DiskSetSpec,
  HoldfastError,
  type RunDisk,
} from '@holdfast/contract'
import { openExclusively } from '../../clients/block-devices/exclusive.ts'
import { unmount } from '../../clients/block-devices/mount.ts'
import { isAttached, watchPresence } from '../../clients/block-devices/presence.ts'
import { readHealth } from '../../clients/block-devices/smart/smart.ts'
import { withDiskErrors } from '../../clients/disks/disk-error.ts'
import { fileSystemSpace } from '../../clients/disks/file-system.ts'
import { WriteBackWatch } from '../../clients/disks/syncfs.ts'
import { say } from '../../domain/phrases/engine-phrases.ts'
import type { Held, Vault } from '../../drivers/driver.ts'
import type { OpenedVault, VaultContext, VaultNeed } from '../../engine/vault-port.ts'
import { claimVault, type OwnPlace, openVault, refuseForgotten } from '../marker.ts'
import { DiskLock, LOCK_FILE } from './disk-lock.ts'
import { type MountedDisk, mountInner } from './disk-mount.ts'
import { type DiskState, proveState, writeState } from './disk-state.ts'
import type { DiskInBay } from './find-disk.ts'

type Access = VaultNeed['access']

/** How long programs that are just ending, or look at every new disk, may keep it from being unmounted. */
const PATIENCE_MS = 10_000
const PAUSE_MS = 250
/** How long a disk may take to tell of its health once all is done, and to be flushed after an error. */
const HEALTH_MS = 30_000
const FLUSH_MS = 30_000

/** Everything of Holdfast lies in this folder of a disk: what else is on the disk is left alone. */
const FOLDER = 'holdfast'

export interface SessionInput {
  readonly set: DiskSetSpec & { id: string }
  readonly inBay: DiskInBay
  readonly mounted: Held<MountedDisk>
  readonly need: VaultNeed
  /** As it was before the run; null for one that only reads. */
  readonly health: DiskHealth | null
}

/**
 * A disk that is mounted for one run. Between two accesses it is flushed, unmounted, taken exclusively and mounted anew:
 * what is read then comes from the disk, and what the kernel could not write has been told.
 */
export class DiskSession implements OpenedVault {
  readonly vault: Vault
  health: DiskHealth | null
  readonly #cx: VaultContext
  readonly #input: SessionInput
  readonly #gone = new AbortController()
  readonly #presence: Disposable
  readonly #place: OwnPlace
  #access: Access
  #watch: WriteBackWatch | null = null
  #lock: DiskLock | null = null
  #written: DiskState | null = null
  #space: { freeBytes: number; totalBytes: number } | null = null
  #isOver = false

  private constructor(cx: VaultContext, input: SessionInput) {
    const { set, inBay, mounted } = input
    this.#cx = cx
    this.#input = input
    this.#access = input.need.access
    this.health = input.health
    const { mountPoint } = mounted.handle
    this.#place = { id: set.id, name: set.name, path: join(mountPoint, FOLDER), mustBeMounted: false }
    this.vault = {
      id: set.id,
      name: set.name,
      path: this.#place.path,
      minFreeBytes: byteSizeOf(set.minFree),
      disk: { uuid: inBay.disk.uuid, label: inBay.disk.label },
    }
    this.#presence = watchPresence(inBay.device, () => this.#gone.abort(this.#removed()))
  }

  /** Takes the lock of the disk and looks whose vault is on it. What it was given is given back when it throws. */
  static async begin(cx: VaultContext, input: SessionInput): Promise<DiskSession> {
    const session = new DiskSession(cx, input)
    try {
      await session.#enter()
      const state = await openVault(session.#place)
      refuseForgotten(state, input.need.knownPoints(session.vault.disk))
      return session
    } catch (error) {
      await session[Symbol.asyncDispose]()
      throw error
    }
  }

  get gone(): AbortSignal {
    return this.#gone.signal
  }

  get disk(): RunDisk {
    const { uuid, label } = this.#input.inBay.disk
    const { freeBytes = null, totalBytes = null } = this.#space ?? {}
    return { uuid, label, freeBytes, totalBytes, safeToRemove: false }
  }

  async claim(): Promise<void> {
    await withDiskErrors(() => claimVault(this.#place, this.#cx.now()))
  }

  settle(access: Access): Promise<void> {
    return withDiskErrors(() => this.#settle(access))
  }

  close(): Promise<void> {
    return withDiskErrors(() => this.#close())
  }

  async #settle(access: Access): Promise<void> {
    await this.#leave()
    await this.#cx.step(access === 'read-only' ? 'mount-read-only' : 'mount-again', async () => {
      await this.#mount(access)
      if (this.#written) await proveState(this.#place.path, this.#written)
    })
  }

  async #close(): Promise<void> {
    const wrote = this.#access === 'read-write'
    await this.#leave()
    if (wrote && this.#written) {
      const written = this.#written
      await this.#cx.step('read-back', async () => {
        await this.#mount('read-only')
        await proveState(this.#place.path, written)
        await this.#unmount()
      })
    }
    await this.#giveBack()
    if (wrote) await this.#cx.step('check-disk-again', () => this.#compareHealth())
  }

  /** A disk that had to give up sectors during one copy is about to give up more. */
  async #compareHealth(): Promise<void> {
    const { inBay, health: before } = this.#input
    // All is done and given back: a disk that does not answer any more is no reason to call the run a failure.
    const after = await readHealth(inBay.device.disk, { signal: AbortSignal.timeout(HEALTH_MS) }).catch(
      () => null,
    )
    if (after === null) return
    this.health = after
    const grown = badSectors(after) - badSectors(before)
    this.#cx.log.info('what the disk says about its health after the run', { ...after, newBadSectors: grown })
    if (before !== null && grown > 0)
      this.#cx.warn(say('warning.diskWorse', { disk: inBay.disk.label, count: grown }))
  }

  async isReleased(): Promise<boolean> {
    const { device } = this.#input.inBay
    if (!isAttached(device)) return false
    return await patiently(null, async () => {
      if (await openExclusively(device.device)) return
      throw new HoldfastError('disk-busy', `${device.device} is in use`)
    }).then(
      () => true,
      () => false,
    )
  }

  /** The way out after an error: everything is tried, nothing is proved. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return
    const { log } = this.#cx
    if (this.#isGone()) await this.#lock?.abandon()
    else
      await this.#lock
        ?.drop()
        .catch((error: Error) => log.warn('the lock file of the disk stays', { reason: error.message }))
    this.#lock = null
    await this.#watch
      ?.flush(AbortSignal.timeout(FLUSH_MS))
      .catch((error: Error) => log.warn('the disk could not be flushed', { reason: error.message }))
    await this.#dropWatch()
    await this.#giveBack()
  }

  async #giveBack(): Promise<void> {
    this.#presence[Symbol.dispose]()
    this.#isOver = true
    await this.#input.mounted.release()
  }

  #isGone(): boolean {
    return !isAttached(this.#input.inBay.device)
  }

  #removed(): HoldfastError {
    const { uuid, label } = this.#input.inBay.disk
    return new HoldfastError('disk-removed', `disk "${label}" was unplugged while it was in use`, {
      details: { uuid, label },
    })
  }

  async #enter(): Promise<void> {
    const { mountPoint } = this.#input.mounted.handle
    await requireOwnFolder(mountPoint, this.#place.path)
    this.#space = await fileSystemSpace(mountPoint)
    if (this.#access === 'read-only') return
    this.#watch = await WriteBackWatch.watch(mountPoint)
    await this.#takeLock(mountPoint)
  }

  async #takeLock(mountPoint: string): Promise<void> {
    const { runId, now } = this.#cx
    const text = { runId, host: hostname(), takenAt: now().toISOString() }
    this.#lock = await DiskLock.take(join(mountPoint, LOCK_FILE), text)
    if (this.#lock.leftBehind === null) return
    const { label } = this.#input.inBay.disk
    this.#cx.warn(say('warning.staleLock', { disk: label }))
    this.#cx.log.warn('a lock file without its lock was on the disk', { text: this.#lock.leftBehind.trim() })
  }

  /** From a mounted disk to one that nobody uses; checked at each step. */
  async #leave(): Promise<void> {
    if (this.#access === 'read-write') {
      await this.#cx.step('flush-disk', async () => {
        await this.#writeState()
        await this.#dropLock()
        await this.#watch?.flush(this.#cx.signal)
        await this.#dropWatch()
      })
    }
    await this.#cx.step('unmount-disk', () => this.#unmount())
  }

  async #writeState(): Promise<void> {
    const { set, inBay, mounted } = this.#input
    const state: DiskState = {
      format: 'holdfast-disk/1',
      vaultId: set.id,
      uuid: inBay.disk.uuid,
      label: inBay.disk.label,
      runId: this.#cx.runId,
      writtenAt: this.#cx.now().toISOString(),
      token: randomBytes(16).toString('hex'),
    }
    this.#space = await fileSystemSpace(mounted.handle.mountPoint)
    // A run that ended before the disk became a vault of ours has written nothing that could be proved.
    if ((await openVault(this.#place)).id === null) return
    await writeState(this.#place.path, state)
    this.#written = state
  }

  async #dropLock(): Promise<void> {
    const lock = this.#lock
    this.#lock = null
    if (lock === null || (await lock.drop())) return
    this.#cx.warn(say('warning.lockGone', { disk: this.#input.inBay.disk.label }))
  }

  async #dropWatch(): Promise<void> {
    await this.#watch?.[Symbol.asyncDispose]()
    this.#watch = null
  }

  async #unmount(): Promise<void> {
    const { device, mountPoint } = this.#input.mounted.handle
    if (this.#isGone()) throw this.#removed()
    await patiently(this.#cx.signal, async () => {
      await unmount(mountPoint)
      // The kernel lets go of a disk a moment after it says so.
      if (await openExclusively(device)) return
      throw new HoldfastError('disk-busy', `${device} is unmounted but still in use by somebody`, {
        details: { device },
      })
    })
  }

  async #mount(access: Access): Promise<void> {
    const { device, uuid, fileSystem, mountPoint } = this.#input.mounted.handle
    await mountInner({ device, uuid, type: fileSystem }, { mountPoint, access, signal: this.#cx.signal })
    this.#access = access
    await this.#enter()
  }
}

function badSectors(health: DiskHealth | null): number {
  return (health?.reallocated ?? 0) + (health?.pending ?? 0) + (health?.uncorrectable ?? 0)
}

/** A link in the place of the folder would lead every byte elsewhere, to the disk of the system for one. */
async function requireOwnFolder(mountPoint: string, folder: string): Promise<void> {
  const [root, found] = await Promise.all([stat(mountPoint), lstat(folder).catch(() => null)])
  if (found === null || (found.isDirectory() && found.dev === root.dev)) return
  throw new HoldfastError('vault-foreign', `"${FOLDER}" on the disk is no folder of this disk`, {
    hint: 'Find out who put it there, then move it away.',
    details: { folder },
  })
}

/** Tries again while somebody uses the disk. Never lazily: that would only hide that it is in use. */
async function patiently(signal: AbortSignal | null, work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const isBusy = error instanceof HoldfastError && error.code === 'disk-busy'
      if (!isBusy || signal?.aborted || performance.now() > deadline) throw error
      await sleep(PAUSE_MS)
    }
  }
}
