import type { AroundRun, ErrorCode, NotifiedRunEvent, Run } from '@holdfast/contract'
import type { RunEvent } from '../run-event.ts'
import { filled, formatBytes, formatInstant, formatPlural } from './amounts.ts'
import type { Block } from './message.ts'
import type { Catalog } from './texts/catalog.ts'

/** More disks than these are counted, not named. */
const NAMED_DISKS = 8

/** Ends that leave no new copy, unless one was made before. */
const LEAVES_NOTHING: ReadonlySet<NotifiedRunEvent> = new Set([
  ...(['failed', 'canceled', 'skipped', 'missed', 'lost'] as const),
])

/** What a bad end means for the copies that there are. */
export function consequenceOf(catalog: Catalog, { run, event, around }: RunEvent, timeZone: string): Block[] {
  const { lastGood } = around
  if (lastGood === null || !LEAVES_NOTHING.has(event)) return []
  const { last, lastOnDisk, never, neverOnDisk, made } = catalog.consequence
  if (lastGood.isOfThisRun) return [{ kind: 'sentence', text: made }]
  const isOnDisk = run.disk !== null
  const text =
    lastGood.at === null
      ? isOnDisk
        ? neverOnDisk
        : never
      : filled(isOnDisk ? lastOnDisk : last, { at: formatInstant(catalog, lastGood.at, timeZone) })
  return [{ kind: 'sentence', text }]
}

/** Whether the disk may be unplugged. Nothing of one that was pulled. */
export function removalOf(catalog: Catalog, { run, event }: RunEvent): Block[] {
  const { disk } = run
  const pulled: ErrorCode = 'disk-removed'
  if (disk === null || (event !== 'started' && run.error?.code === pulled)) return []
  const { remove, keep, keepLost, keepHeld, keepStarted } = catalog.disk
  const goesOn = { started: keepStarted, held: keepHeld, lost: keepLost }
  const text =
    event === 'started' || event === 'held' || event === 'lost'
      ? goesOn[event]
      : disk.safeToRemove
        ? remove
        : keep
  return [{ kind: 'sentence', text: filled(text, { disk: disk.label }) }]
}

/** Label and value of the row about the disk, or about those of which none was there; null without a disk set. */
export function diskFact(catalog: Catalog, run: Run, { disks }: AroundRun): [string, string | null] {
  const { label, more } = catalog
  const absent: ErrorCode = 'disk-absent'
  if (run.disk !== null) return [label.disk, diskText(catalog, run.disk)]
  if (run.error?.code !== absent || disks.length === 0) return [label.disk, null]
  const named = disks.slice(0, NAMED_DISKS).join(', ')
  const rest = disks.length - NAMED_DISKS
  const value = rest > 0 ? `${named} ${formatPlural(catalog, more, rest)}` : named
  return [formatPlural(catalog, label.expectedDisks, disks.length), value]
}

function diskText(catalog: Catalog, { label, freeBytes, totalBytes }: NonNullable<Run['disk']>): string {
  if (freeBytes === null || totalBytes === null) return label
  const values = {
    disk: label,
    free: formatBytes(catalog, freeBytes),
    total: formatBytes(catalog, totalBytes),
  }
  return filled(catalog.disk.free, values)
}
