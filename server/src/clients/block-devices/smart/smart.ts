import { type DiskHealth, HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import { asRoot } from '../machine/as-root.ts'
import { withPatience } from '../machine/patience.ts'

export const UNKNOWN_HEALTH: DiskHealth = {
  status: 'unknown',
  reallocated: null,
  pending: null,
  uncorrectable: null,
  temperatureCelsius: null,
  powerOnHours: null,
  wearPercent: null,
}

const PATIENCE_MS = 30_000
/** The whole answer: a line for each value. */
const KEEP_LINES = 5000

const count = z.number().optional().catch(undefined)
const Attribute = z.object({ id: z.number(), value: count, raw: z.object({ value: count }).optional() })

/** The part of the output of `smartctl -j` that is looked at; the smartmontools describe it only by example. */
const Answer = z.object({
  smart_status: z.object({ passed: z.boolean() }).optional().catch(undefined),
  temperature: z.object({ current: count }).optional().catch(undefined),
  power_on_time: z.object({ hours: count }).optional().catch(undefined),
  endurance_used: z.object({ current_percent: count }).optional().catch(undefined),
  ata_smart_attributes: z
    .object({ table: z.array(Attribute) })
    .optional()
    .catch(undefined),
  nvme_smart_health_information_log: z
    .object({ media_errors: count, percentage_used: count })
    .optional()
    .catch(undefined),
  scsi_grown_defect_list: count,
})

const REALLOCATED = 5
const PENDING = 197
const UNCORRECTABLE = 198
/** Makers of solid-state disks chose different numbers; the value of each counts down from 100. */
const LIFE_LEFT = [231, 202, 233, 177]

/**
 * Asks a whole disk for its condition. Never throws but for cancellation: no smartctl, no right to run it, a disk without
 * SMART, a USB enclosure that hides it and a disk that does not answer all make it `unknown`.
 */
export async function readHealth(
  disk: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<DiskHealth> {
  const health = await ask(disk, [], options.signal)
  // Most enclosures that smartctl does not know speak the common translation all the same.
  return health.status === 'unknown' ? await ask(disk, ['-d', 'sat'], options.signal) : health
}

async function ask(
  disk: string,
  type: readonly string[],
  signal: AbortSignal | undefined,
): Promise<DiskHealth> {
  try {
    const asked = asRoot('smartctl', ['-j', '-H', '-A', ...type, disk], { signal, keepLines: KEEP_LINES })
    const result = await withPatience(asked, PATIENCE_MS, signal)
    return healthFrom(result?.stdout.join('\n') ?? '')
  } catch (error) {
    if (error instanceof HoldfastError && ['command-missing', 'permission-denied'].includes(error.code))
      return UNKNOWN_HEALTH
    throw error
  }
}

/** Reads the output of `smartctl -j -H -A`. Exported for tests. */
export function healthFrom(output: string): DiskHealth {
  const answer = Answer.safeParse(jsonOrNull(output)).data
  if (!answer?.smart_status) return UNKNOWN_HEALTH
  const { ata_smart_attributes: ata, nvme_smart_health_information_log: nvme } = answer
  const attribute = (id: number) => ata?.table.find((row) => row.id === id)
  const lifeLeft = LIFE_LEFT.map((id) => attribute(id)?.value).find((value) => value !== undefined)
  return {
    status: answer.smart_status.passed ? 'ok' : 'failing',
    reallocated: attribute(REALLOCATED)?.raw?.value ?? answer.scsi_grown_defect_list ?? null,
    pending: attribute(PENDING)?.raw?.value ?? null,
    uncorrectable: attribute(UNCORRECTABLE)?.raw?.value ?? nvme?.media_errors ?? null,
    temperatureCelsius: answer.temperature?.current ?? null,
    powerOnHours: answer.power_on_time?.hours ?? null,
    wearPercent:
      answer.endurance_used?.current_percent ??
      nvme?.percentage_used ??
      (lifeLeft === undefined ? null : Math.max(0, 100 - lifeLeft)),
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
