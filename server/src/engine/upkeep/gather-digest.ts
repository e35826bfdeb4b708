import { DIGEST_LINES, type Digest, type NotificationSpec } from '@holdfast/contract'
import { forecastFull } from '../../domain/forecast/forecast.ts'
import type { EngineDeps } from '../deps.ts'
import { newestDigestSlots } from './digest-slots.ts'
import { readBackupState } from './self-backup.ts'

const DAY_MS = 86_400_000
/** A vault that fills within this time is told of: time enough to buy a disk. */
const SOON_DAYS = 60
/** After a long rest a digest does not tell of the whole year. */
const LONGEST_MS = 31 * DAY_MS

/** What the digest of a slot tells: runs since the digest before it, and coverage, vaults and held runs as of now. */
export async function gatherDigest(
  deps: EngineDeps,
  { id, spec }: { id: string; spec: NotificationSpec },
  slot: Date,
): Promise<Digest> {
  const { store } = deps
  const now = deps.now()
  const told = await store.deliveries.slotBefore(id, slot)
  const since = told ?? newestDigestSlots(spec, slot)?.before ?? new Date(slot.getTime() - DAY_MS)
  const period = { from: new Date(Math.max(since.getTime(), slot.getTime() - LONGEST_MS)), to: slot }
  const [facts, vaults, selfBackup] = await Promise.all([
    store.deliveries.digest(period, spec.jobs ?? null, now),
    fillingVaults(deps, now),
    readBackupState(store),
  ])
  return {
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    ...facts,
    vaults,
    selfBackupProblem: selfBackup?.problem ?? null,
  }
}

/** By what was last measured: a digest wakes no disk. */
async function fillingVaults({ store }: EngineDeps, now: Date): Promise<Digest['vaults']> {
  const today = now.toISOString().slice(0, 10)
  const filling = []
  for (const { id, name } of await store.objects.vaults()) {
    const sizes = await store.points.vaultSizes(id)
    const newest = sizes.toSorted((a, b) => a.day.localeCompare(b.day)).at(-1)
    const forecast = forecastFull(sizes, newest?.freeBytes ?? null, today)
    if (forecast.kind !== 'fills' || forecast.earliestDays > SOON_DAYS) continue
    filling.push({ name, earliestDays: forecast.earliestDays, latestDays: forecast.latestDays })
  }
  return filling.sort((a, b) => a.earliestDays - b.earliestDays).slice(0, DIGEST_LINES)
}
