import { z } from 'zod'
import { vaultDisk } from '../config/vault.ts'
import { count, instant } from '../units.ts'

/** What a disk says about itself (SMART). `unknown` where it says nothing, as behind many USB bridges: no bad sign. */
export const diskHealth = z.object({
  status: z.enum(['ok', 'failing', 'unknown']),
  reallocated: count.nullable(),
  pending: count.nullable(),
  uncorrectable: count.nullable(),
  temperatureCelsius: z.number().nullable(),
  powerOnHours: count.nullable(),
  /** How much of its life a solid-state disk has used up. */
  wearPercent: z.number().nullable(),
})
export type DiskHealth = z.infer<typeof diskHealth>

/** The disk that a run used, as it left it. */
export const runDisk = vaultDisk.extend({
  freeBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
  /** Nothing uses it any more and all is written: it may be unplugged. */
  safeToRemove: z.boolean(),
})
export type RunDisk = z.infer<typeof runDisk>

/** One disk of a disk set, wherever it is. */
export const diskStatus = vaultDisk.extend({
  /**
   * `absent`: not in the bay. `present`: in the bay, not used since it was plugged in. `busy`: a run uses it, so it must
   * stay. `safe`: in the bay, unmounted and checked, may be unplugged.
   */
  state: z.enum(['absent', 'present', 'busy', 'safe']),
  /** Where it is plugged in; null while absent. */
  host: z.string().nullable(),
  device: z.string().nullable(),
  /** When it was last seen in a bay; null when never. */
  seenAt: instant.nullable(),
  /** When the newest good restore point on it was taken. */
  lastCopyAt: instant.nullable(),
  pointCount: count,
  /** As last seen. */
  totalBytes: z.number().nullable(),
  freeBytes: z.number().nullable(),
  /** By when it should be back with a good copy; null without a rotation rule. */
  dueAt: instant.nullable(),
  overdue: z.boolean(),
  health: diskHealth.nullable(),
  healthAt: instant.nullable(),
})
export type DiskStatus = z.infer<typeof diskStatus>

/** A file system found in the bay of a machine, whether or not a disk set knows it. */
export const bayDisk = z.object({
  host: z.string(),
  device: z.string(),
  uuid: z.string(),
  fileSystem: z.string(),
  label: z.string().nullable(),
  sizeBytes: z.number(),
  model: z.string().nullable(),
  serial: z.string().nullable(),
  /** Carries the system of the machine: never used for copies. */
  isSystem: z.boolean(),
  /** The vault that knows it, by name. */
  vault: z.string().nullable(),
})
export type BayDisk = z.infer<typeof bayDisk>
