import {
  HoldfastError,
  type JsonValue,
  type Page,
  type PointEntry,
  pageOf,
  pointEntry,
} from '@holdfast/contract'
import type { RunLog } from '../../../drivers/driver.ts'
import type { EngineDeps } from '../../deps.ts'
import type { EntriesOf, StoredJob, StoredRun } from '../../ports.ts'
import type { ActiveRun } from '../active-run.ts'
import { needOf, type OpenVault } from '../open-vault.ts'
import { keeperOf, type OperationResult } from '../run-job.ts'

interface Reading {
  signal: AbortSignal
  log: RunLog
}

/** What is in one folder of a restore point, read from the vault. Only works where the vault is within reach. */
export async function entriesFor(
  deps: EngineDeps,
  { job, asked, open, ...cx }: { job: StoredJob; asked: EntriesOf; open: OpenVault } & Reading,
): Promise<Page<PointEntry>> {
  const { store } = deps
  const point = await store.points.get(asked.pointId)
  if (point?.state !== 'present')
    throw new HoldfastError('name-unknown', `restore point ${asked.pointId} does not exist any more`)
  const driver = deps.driverOf(job.kind)
  const { keeper, vault } = keeperOf(driver, await store.objects.vault(point.vaultId), point)
  if (!keeper.entries)
    throw new HoldfastError(
      'config-invalid',
      `what is in restore points of kind ${job.kind} cannot be listed`,
    )
  await using opened = await open(vault, needOf(point))
  const { path, after, limit } = asked
  return await keeper.entries(opened.vault, point, { path, after, limit, ...cx })
}

/** For somebody who waits for it: the list is all it leaves. */
export async function runEntries(
  deps: EngineDeps,
  { job, signal, log, warnings }: ActiveRun,
  open: OpenVault,
  asked: EntriesOf,
): Promise<OperationResult> {
  const page = await entriesFor(deps, { job, asked, open, signal, log })
  signal.throwIfAborted()
  const report = {
    summary: '',
    bytesMoved: 0,
    counts: {},
    warnings,
    restorePointIds: [],
    retention: [],
    details: { page: page as unknown as JsonValue },
  }
  return { end: { outcome: 'success', error: null, report, assets: [], vaultSize: null } }
}

const entriesPage = pageOf(pointEntry)

/** The list that such a run has left. */
export function entriesOfRun(run: StoredRun): Page<PointEntry> | null {
  return entriesPage.safeParse(run.report?.details.page).data ?? null
}
