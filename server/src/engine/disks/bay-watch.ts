import { asHoldfastError, type Run } from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import type { FoundDisk } from '../ports.ts'
import type { BayFileSystem } from '../vault-port.ts'
import { writeBay } from './bay-list.ts'
import { type DiskSet, diskSets, membersOf } from './disk-sets.ts'
import { sitesAt, startJobsFor } from './start-jobs.ts'

/** How often there is a look whether anything was plugged in or unplugged. */
const TICK_MS = 1000
/** How often there is a look whether other disks belong to the sets by now: who has just entered one wants to see it. */
const SETS_MS = 3000
/** How often it is said again what is in the bay. */
const AGAIN_MS = 30_000
/** After something went wrong the bay is left alone for so long. */
const PAUSE_MS = 5000

/**
 * Watches the bay of this machine: writes down which disks are in it, and starts the jobs of a disk that is plugged in.
 * What counts is that a disk is attached anew since anybody last saw it. One that came while no worker was running, or
 * over a restart of the machine, counts as well; one whose UUID is entered in a disk set while it is in the bay does not.
 */
export class BayWatch {
  readonly #deps: EngineDeps
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #setsAt = 0
  #nextAt = 0
  #pauseUntil = 0
  /** Of the list below. */
  #fingerprint: string | undefined
  /** All sets and their UUIDs at that time: what is entered later may be on a disk that was formatted in the bay. */
  #wanted = ''
  #fileSystems: BayFileSystem[] = []
  /** The bay cannot be read from here: nothing is said about it. */
  #isBlind = false
  /** What was in the bay at the last look that was written down: {@link attachOf}. Undefined before the first one. */
  #before: ReadonlySet<string> | undefined
  #written = ''

  constructor(deps: EngineDeps) {
    this.#deps = deps
  }

  start(): void {
    const tick = () => {
      this.#looking ??= this.#lookSafely().finally(() => {
        this.#looking = undefined
      })
    }
    this.#timer = setInterval(tick, TICK_MS)
    tick()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#stop.abort()
    await this.#looking
  }

  async #lookSafely(): Promise<void> {
    const now = performance.now()
    if (now < this.#pauseUntil) return
    try {
      await this.#look(now)
    } catch (thrown) {
      this.#pauseUntil = now + PAUSE_MS
      // The heartbeat tells of a database that is away.
      if (this.#stop.signal.aborted || asHoldfastError(thrown).code === 'database-unreachable') return
      this.#deps.log.error({ err: thrown }, 'the watch of the bay failed and goes on')
    }
  }

  async #look(now: number): Promise<void> {
    const fingerprint = await this.#deps.bay.fingerprint()
    if (fingerprint === this.#fingerprint && now < this.#setsAt) return
    this.#setsAt = now + SETS_MS
    const sets = await diskSets(this.#deps.store)
    const wanted = sets.flatMap(({ id, disks }) => [id, ...disks.map(({ uuid }) => uuid)]).join(' ')
    const isSame = fingerprint === this.#fingerprint && wanted === this.#wanted
    if (isSame && now < this.#nextAt) return
    if (!isSame) {
      await this.#list(sets.length > 0)
      this.#fingerprint = fingerprint
      this.#wanted = wanted
    }
    if (!this.#isBlind) await this.#write(sets)
    this.#nextAt = now + AGAIN_MS
  }

  async #list(isNeeded: boolean): Promise<void> {
    try {
      this.#fileSystems = await this.#deps.bay.list(this.#stop.signal)
      this.#isBlind = false
    } catch (thrown) {
      this.#stop.signal.throwIfAborted()
      const { message, hint } = asHoldfastError(thrown)
      const facts = { reason: message, hint }
      const text = 'the bay of this machine cannot be read: no job starts when a disk is plugged in here'
      if (!this.#isBlind) this.#deps.log[isNeeded ? 'warn' : 'info'](facts, text)
      this.#isBlind = true
    }
  }

  async #write(sets: readonly DiskSet[]): Promise<void> {
    const { store, host, log } = this.#deps
    const attached = [...Map.groupBy(this.#fileSystems, ({ uuid }) => uuid.toLowerCase()).values()].map(
      merged,
    )
    const found = attached.flatMap(({ uuid, device, attachId }) =>
      membersOf(sets, uuid).map(({ set, disk }) => ({ vaultId: set.id, uuid: disk.uuid, device, attachId })),
    )
    const written = JSON.stringify(this.#fileSystems)
    const runs = await store.atomically(async (store) => {
      const pluggedIn = await store.disks.see(host, found)
      const news = pluggedIn.filter((disk) => !this.#before?.has(attachOf(disk)))
      if (written !== this.#written) await writeBay(store, host, this.#fileSystems)
      if (news.length === 0) return []
      const sites = await sitesAt({ ...this.#deps, store }, host.hostId)
      const runs: Run[] = []
      for (const { vaultId, uuid } of news)
        for (const member of membersOf(sets, uuid).filter(({ set }) => set.id === vaultId))
          runs.push(...(await startJobsFor(store, member, { sites, startedSince: null, by: null })))
      return runs
    })
    this.#before = new Set(attached.map(attachOf))
    this.#written = written
    for (const { id, jobName } of runs)
      log.info({ runId: id, job: jobName }, 'a job was started by a disk that was plugged in')
  }
}

function attachOf({ uuid, attachId }: Pick<FoundDisk, 'uuid' | 'attachId'>): string {
  return `${uuid.toLowerCase()} ${attachId}`
}

/** A copy of a disk, or the other half of a Btrfs, bears the same UUID: both are one, newly plugged in when either is. */
function merged(devices: BayFileSystem[]): Pick<FoundDisk, 'uuid' | 'device' | 'attachId'> {
  const [{ uuid, device } = { uuid: '', device: '' }] = devices
  const attaches = new Set(devices.map(({ attachId }) => attachId))
  return { uuid, device, attachId: [...attaches].toSorted().join(' + ') }
}
