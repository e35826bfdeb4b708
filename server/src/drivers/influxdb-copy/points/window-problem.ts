import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { WindowDigest } from '../../../clients/influxdb/transcode/digest/window-digest.ts'
import { LineDigester } from '../../../clients/influxdb/transcode/line-digester.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import { isAbsent, ownLines, readWindowFile } from './files.ts'
import { recordedFields, type WindowRecord } from './window-records.ts'

/** What is wrong with the window of a restore point. */
export interface WindowProblem {
  readonly text: string
  /** There is a file, and it is not the one that was saved: whatever shares it is damaged as well. */
  readonly isInFile: boolean
}

const MISSING: WindowProblem = { text: 'it is missing', isInFile: false }

/** Looks whether there is a file of the right size. */
export async function sizeProblem(
  directory: string,
  { path, bytes }: WindowRecord,
): Promise<WindowProblem | null> {
  const facts = await lstat(join(directory, path)).catch(() => null)
  if (!facts?.isFile()) return MISSING
  if (facts.size === bytes) return null
  return { text: `it has ${facts.size} bytes instead of ${bytes}`, isInFile: true }
}

/** Reads the file. */
export async function contentProblem(
  directory: string,
  record: WindowRecord,
  signal: AbortSignal,
): Promise<WindowProblem | null> {
  const wrongSize = await sizeProblem(directory, record)
  if (wrongSize) return wrongSize
  const digest = new WindowDigest()
  const digester = new LineDigester(digest)
  const own = ownLines(record)
  try {
    const take = (text: Buffer) => {
      digester.push(text)
      own.push(text)
    }
    const { sha256 } = await readWindowFile(join(directory, record.path), take, signal, record)
    if (sha256 !== record.sha256) return { text: 'its content was changed', isInFile: true }
    digester.end()
    own.end()
  } catch (error) {
    throwIfCanceled(signal)
    if (isAbsent(error)) return MISSING
    if (error instanceof HoldfastError && error.code === 'restore-point-damaged')
      return { text: error.message, isInFile: true }
    throw error
  }
  const text = wrongPoints(record, { digest, isForeign: own.passed !== own.read })
  return text === null ? null : { text, isInFile: false }
}

/** Of a file that is the one that was saved, as its hash says: then it is the list that is wrong. */
function wrongPoints(
  record: WindowRecord,
  { digest, isForeign }: { digest: WindowDigest; isForeign: boolean },
): string | null {
  if (isForeign) return 'it holds points of another measurement or time'
  const fields = WindowDigest.differences(recordedFields(record), digest)
  if (fields.length > 0) return `its values are not those that were saved: ${fields.slice(0, 5).join(', ')}`
  return digest.points === record.points ? null : `it has ${digest.points} points instead of ${record.points}`
}
