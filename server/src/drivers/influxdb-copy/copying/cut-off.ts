import { selectWindow } from '../../../clients/influxdb/statements.ts'
import type { Window } from '../planning/windows.ts'
import type { Reading } from './window-reader.ts'

/** Whether the source has points in what a destination does not keep of a window: too old, or too far in the future. */
export async function pointsCutOff(
  reading: Reading,
  whole: Window,
  { kept, now }: { kept: Window | null; now: Date },
): Promise<{ before: boolean; after: boolean }> {
  if (kept === null) {
    const isThere = await holdsPoints(reading, whole)
    return { before: isThere, after: isThere && whole.endNs > BigInt(now.getTime()) * 1_000_000n }
  }
  const before = kept.startNs > whole.startNs && { ...whole, endNs: kept.startNs }
  const after = kept.endNs < whole.endNs && { ...whole, startNs: kept.endNs }
  return {
    before: before && (await holdsPoints(reading, before)),
    after: after && (await holdsPoints(reading, after)),
  }
}

async function holdsPoints({ server, tags, signal }: Reading, window: Window): Promise<boolean> {
  const statement = `${selectWindow(window, { tags })} LIMIT 1 SLIMIT 1`
  return (await server.query(statement, { db: window.database, signal })).length > 0
}
