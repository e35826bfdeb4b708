import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'

/** What a VictoriaMetrics tells about itself. */
export interface ServerFacts {
  /** When it was started, in seconds since 1970; null where it does not say. */
  readonly startedAt: string | null
  /** How long it keeps samples; null where it does not say. */
  readonly retentionMs: number | null
  /** Such as `1y`, as its command line has it. */
  readonly retention: string | null
}

const STARTED = /^(?:vm_app_start_timestamp|process_start_time_seconds)\s+(\S+)$/m
const RETENTION = /^flag\{name="retentionPeriod",\s*value="([^"]*)"/m

/** Reads the answer of /metrics. Null when it is not one of VictoriaMetrics. */
export function serverFacts(metrics: string): ServerFacts | null {
  if (!/^vm_app_/m.test(metrics)) return null
  const retention = RETENTION.exec(metrics)?.[1] ?? null
  return {
    startedAt: STARTED.exec(metrics)?.[1] ?? null,
    retentionMs: retention === null ? null : retentionMs(retention),
    retention,
  }
}

const DAY_MS = 86_400_000
/** Of the flag -retentionPeriod: without a unit it counts months of 31 days. */
const UNITS_MS: Readonly<Record<string, number>> = {
  '': 31 * DAY_MS,
  h: DAY_MS / 24,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
}

function retentionMs(text: string): number | null {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([hdwy]?)$/.exec(text) ?? []
  const unitMs = UNITS_MS[unit]
  return number === '' || unitMs === undefined ? null : Number(number) * unitMs
}

const labelValues = z.object({ status: z.literal('success'), data: z.array(z.string()) })

/** Reads the answer of /api/v1/label/NAME/values. Throws `node-answer-invalid`; `at` is whose answer it is. */
export function labelValuesOf(at: string, text: string): readonly string[] {
  const parsed = labelValues.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data.data
  throw new HoldfastError(
    'node-answer-invalid',
    `${at} lists the values of a label in no form that is known`,
    {
      details: { address: at },
    },
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
