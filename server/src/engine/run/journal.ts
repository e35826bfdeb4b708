import { asHoldfastError, HoldfastError, type JsonValue } from '@holdfast/contract'
import type { AnyDriver, Held, ResourceKind } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { JournalEntry, StoredRun } from '../ports.ts'
import { serverLog } from '../server-log.ts'
import type { ActiveRun } from './active-run.ts'
import { ownLockFile } from './lock-files/own-lock-file.ts'

/**
 * The undo journal. A row is committed before a resource is taken and deleted after it was given back, so whatever a
 * dead process still held is in the journal. Releasing is idempotent: it may find nothing, or happen twice.
 */

type AnyResourceKind = AnyDriver['info']['resources'][number]

/** What a run has taken and not given back, newest last. */
export class RunJournal {
  readonly #deps: EngineDeps
  readonly #active: ActiveRun
  readonly #held = new Map<string, () => Promise<void>>()

  constructor(deps: EngineDeps, active: ActiveRun) {
    this.#deps = deps
    this.#active = active
  }

  async acquire<Data extends JsonValue, Handle>(
    kind: ResourceKind<Data, Handle>,
    data: Data,
  ): Promise<Held<Handle>> {
    const { store, host } = this.#deps
    const { run, log, signal } = this.#active
    signal.throwIfAborted()
    const entry = {
      runId: run.id,
      claim: run.claim ?? '',
      kind: kind.kind,
      scope: kind.scope,
      hostId: host.hostId,
      data,
    }
    const id = await store.journal.add(entry)
    let handle: Handle | undefined
    const release = async () => {
      if (!this.#held.has(id)) return
      await kind.release(data, handle === undefined ? { log } : { log, handle })
      await store.journal.remove(id)
      this.#held.delete(id)
    }
    this.#held.set(id, release)
    try {
      handle = await kind.acquire(data, { signal, log })
    } catch (error) {
      await release().catch((failure) => this.#reportFailure(kind.kind, failure))
      throw error
    }
    return { handle, release, [Symbol.asyncDispose]: release }
  }

  /** Gives back whatever is left, newest first. What cannot be given back stays in the journal for the next sweep. */
  async releaseAll(): Promise<void> {
    for (const release of [...this.#held.values()].toReversed()) {
      await release().catch((failure) => this.#reportFailure('resource', failure))
    }
  }

  #reportFailure(kind: string, failure: unknown): void {
    this.#active.log.error('a resource could not be released; it is tried again later', {
      kind,
      reason: asHoldfastError(failure).message,
    })
  }
}

/** Whether this machine is the one to release an entry. */
export function releasableHere(entry: JournalEntry, hostId: string): boolean {
  return entry.scope === 'anywhere' || entry.hostId === hostId
}

/**
 * Releases entries that a dead process left, each by one process at a time. Failures are logged and stay for the next
 * sweep. So does a kind that this version does not know: another one may have taken it.
 */
export async function releaseEntries(deps: EngineDeps, entries: JournalEntry[]): Promise<void> {
  const log = serverLog(deps.log)
  for (const entry of entries) {
    if (!releasableHere(entry, deps.host.hostId)) continue
    const kind = resourceKind(deps, entry.kind)
    if (!kind || !(await deps.store.journal.beginRelease(entry.id))) continue
    try {
      await kind.release(kind.data.parse(entry.data), { log })
      await deps.store.journal.remove(entry.id)
    } catch (failure) {
      const reason = asHoldfastError(failure).message
      deps.log.error({ kind: entry.kind, runId: entry.runId, reason }, 'a resource could not be released')
    }
  }
}

/**
 * Before an attempt takes anything: what earlier attempts of the run left on this machine must be gone, or giving it
 * back later would take it from under this one.
 */
export async function releaseEarlierAttempts(deps: EngineDeps, run: StoredRun): Promise<void> {
  const leftovers = async () =>
    (await deps.store.journal.leftovers(run.id, run.claim ?? '')).filter((entry) =>
      releasableHere(entry, deps.host.hostId),
    )
  const found = await leftovers()
  if (found.length === 0) return
  await releaseEntries(deps, found)
  const stuck = (await leftovers())[0]
  if (!stuck) return
  throw new HoldfastError('lock-held', `a ${stuck.kind} of an earlier attempt has not been released yet`)
}

function resourceKind(deps: EngineDeps, kind: string): AnyResourceKind | undefined {
  const ofDrivers = deps.drivers.flatMap((driver) => driver.info.resources)
  return [...ofDrivers, ...deps.vaults.resources, ownLockFile].find((candidate) => candidate.kind === kind)
}
