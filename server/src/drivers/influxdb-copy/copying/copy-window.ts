import { WindowDigest } from '../../../clients/influxdb/transcode/digest/window-digest.ts'
import type { Window } from '../planning/windows.ts'
import type { WriteLane } from './lane.ts'
import type { WindowReader } from './window-reader.ts'

export interface Ends {
  readonly source: WindowReader
  readonly destination: WindowReader
  readonly lane: WriteLane
  readonly signal: AbortSignal
  /** Read back what was written, and compare. */
  readonly verify: boolean
}

export interface WindowOutcome {
  readonly window: Window
  readonly points: number
  readonly values: number
  readonly copied: boolean
  readonly compared: boolean
  readonly bytes: number
  /** Fields of which the destination holds other values than the source. */
  readonly differing: readonly string[]
  /** Fields of which it holds all that the source has, as far as counts tell, and more. */
  readonly surplus: readonly string[]
}

/** Of a long window only the parts that differ are copied: points arrive at its end, day after day. */
const SLICES = 48

/** Brings one window to the destination. `compare` looks first which parts of it are there already. */
export async function copyWindow(
  ends: Ends,
  window: Window,
  how: 'compare' | 'fill',
): Promise<WindowOutcome> {
  if (how === 'fill') return await fill(ends, window)
  const slices = { startNs: window.startNs, endNs: window.endNs, count: SLICES }
  const [there, here] = await Promise.all([
    ends.source.digest(window.database, window, slices),
    ends.destination.digest(window.as, window, slices),
  ])
  const parts: WindowOutcome[] = []
  for (const times of WindowDigest.differingTimes(there, here))
    parts.push(await fill(ends, { ...window, ...times }))
  return {
    ...outcome(window, there, {
      copied: parts.length > 0,
      compared: parts.every(({ compared }) => compared),
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    }),
    differing: namesOf(parts, 'differing'),
    surplus: namesOf(parts, 'surplus'),
  }
}

function namesOf(parts: readonly WindowOutcome[], list: 'differing' | 'surplus'): string[] {
  return [...new Set(parts.flatMap((part) => part[list]))]
}

/**
 * What is written to the source meanwhile may be missing in the first comparison: the window is then copied once more, and
 * must be equal after that.
 */
async function fill(ends: Ends, window: Window): Promise<WindowOutcome> {
  let bytes = 0
  for (let attempt = 1; ; attempt += 1) {
    const written = await transfer(ends, window)
    bytes += written.bytes
    if (!ends.verify) return outcome(window, written.digest, { copied: true, compared: false, bytes })
    const here = await ends.destination.digest(window.as, window)
    const fields = WindowDigest.differences(written.digest, here)
    const done = { copied: true, compared: true, bytes }
    const found = sort(fields, written.digest, here)
    // Written once more, it would hold more than the source all the same.
    if (attempt === 2 || found.differing.length === 0)
      return { ...outcome(window, written.digest, done), ...found }
  }
}

/** Copies a window to a destination that cannot be read. */
export async function fillWindow(ends: Pick<Ends, 'source' | 'lane' | 'signal'>, window: Window) {
  const { digest, bytes } = await transfer(ends, window)
  return outcome(window, digest, { copied: true, compared: false, bytes })
}

async function transfer({ source, lane, signal }: Pick<Ends, 'source' | 'lane' | 'signal'>, window: Window) {
  const writes = lane.begin({ db: window.as, rp: window.rp, signal })
  const digest = await source.read(window.database, window, (batch) => writes.put(batch))
  await writes.finish()
  return { digest, bytes: writes.bytes }
}

function outcome(
  window: Window,
  digest: WindowDigest,
  done: Pick<WindowOutcome, 'copied' | 'compared' | 'bytes'>,
): WindowOutcome {
  let values = 0
  for (const { count } of digest.fields().values()) values += count
  return { window, points: digest.points, values, differing: [], surplus: [], ...done }
}

/** What the source has no more is still at the destination: then it holds more of every field that differs. */
function sort(
  fields: readonly string[],
  source: WindowDigest,
  destination: WindowDigest,
): Pick<WindowOutcome, 'differing' | 'surplus'> {
  const [there, here] = [source.fields(), destination.fields()]
  const isSurplus = (field: string) => (here.get(field)?.count ?? 0) > (there.get(field)?.count ?? 0)
  return {
    differing: fields.filter((field) => !isSurplus(field)),
    surplus: fields.filter(isSurplus),
  }
}
