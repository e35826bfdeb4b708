import { HoldfastError } from '@holdfast/contract'
import { WindowDigest } from '../../../../clients/influxdb/transcode/digest/window-digest.ts'
import type { LineBatch } from '../../../../clients/influxdb/transcode/line/line-buffer.ts'
import { LineDigester } from '../../../../clients/influxdb/transcode/line-digester.ts'
import type { WindowReader } from '../../copying/window-reader.ts'
import type { Window } from '../../planning/windows.ts'
import { isoInstant } from '../../points/file-names.ts'
import { readWindowFile } from '../../points/files.ts'
import { fieldsOf, type WindowRecord } from '../../points/window-records.ts'
import type { Room } from './room.ts'
import { digestKey, type Known, type Linker } from './share.ts'
import type { Unfinished } from './unfinished.ts'
import { WindowFile, type Written } from './window-file.ts'

export interface Saving {
  readonly reader: WindowReader
  readonly unfinished: Unfinished
  /** Makes links to the restore point before; null without one. */
  readonly linker: Linker | null
  readonly room: Room
  readonly signal: AbortSignal
  /** Read back what was written. */
  readonly verify: boolean
}

export interface SavedWindow {
  readonly points: number
  /** Of the file that was written; 0 when there is nothing in the window, or nothing new. */
  readonly bytes: number
  readonly outcome: 'empty' | 'shared' | 'written'
  /** The restore point before should have had just that, and its file is not what was saved. */
  readonly hadDamage: boolean
}

/**
 * Reads a window from the source into a file of its own. One that holds just what the restore point before has shares its
 * file, one without points has none.
 */
export async function saveWindow(
  saving: Saving,
  window: Window,
  path: string,
  known: Known | undefined,
): Promise<SavedWindow> {
  const { reader, unfinished, linker, signal } = saving
  const place = await unfinished.place(path)
  const state: { file: WindowFile | null } = { file: null }
  try {
    const digest = await reader.read(window.database, window, async (batch) => {
      state.file ??= new WindowFile(place)
      await takeBatch(saving, state.file, batch)
    })
    const { file } = state
    if (file === null) return { points: 0, bytes: 0, outcome: 'empty', hadDamage: false }
    const fields = fieldsOf(digest)
    const { points } = digest
    let hadDamage = false
    if (known && linker && known.key === digestKey({ points, fields })) {
      const record = recordOf(window, path, digest, known.file)
      // The file may have rotten since: one more restore point would be damaged with it.
      hadDamage = !(await linker.isSound(record, digest, signal))
      if (!hadDamage && (await linker.share(record))) {
        await file.discard()
        return { points, bytes: 0, outcome: 'shared', hadDamage }
      }
    }
    const written = await file.close()
    if (saving.verify) await readBack(file.temporary, { window, digest, written }, signal)
    await file.keep()
    unfinished.add(recordOf(window, path, digest, written), { isShared: false })
    return { points, bytes: written.bytes, outcome: 'written', hadDamage }
  } catch (error) {
    await state.file?.discard()
    throw error
  }
}

async function takeBatch({ room }: Saving, file: WindowFile, batch: LineBatch): Promise<void> {
  await room.spend(batch.bytes.length)
  await file.write(batch.bytes)
  batch.release()
}

function recordOf(
  { rp, measurement, groupId, startNs, endNs }: Window,
  path: string,
  digest: WindowDigest,
  { sha256, bytes, textBytes }: Written,
): WindowRecord {
  const fields = fieldsOf(digest)
  return {
    path,
    retentionPolicy: rp,
    measurement,
    group: groupId,
    from: String(startNs),
    to: String(endNs),
    points: digest.points,
    values: fields.reduce((sum, { count }) => sum + count, 0),
    bytes,
    textBytes,
    sha256,
    fields,
  }
}

/** What is in the file, read by a reader that shares nothing with the writer, is what came from the source. */
async function readBack(
  path: string,
  { window, digest, written }: { window: Window; digest: WindowDigest; written: Written },
  signal: AbortSignal,
): Promise<void> {
  const found = new WindowDigest()
  const digester = new LineDigester(found)
  const { sha256 } = await readWindowFile(path, (text) => digester.push(text), signal)
  digester.end()
  const fields = WindowDigest.differences(digest, found)
  if (fields.length === 0 && sha256 === written.sha256) return
  const { database, rp, measurement, startNs } = window
  const from = isoInstant(startNs)
  const what = `measurement "${measurement}" of retention policy "${rp}" in database "${database}", from ${from}`
  throw new HoldfastError('copy-differs', `what lies on the vault differs from the source: ${what}`, {
    hint: 'Check the disk of the vault, then start the run again.',
    details: { database, measurement, policy: rp, from, fields },
  })
}
