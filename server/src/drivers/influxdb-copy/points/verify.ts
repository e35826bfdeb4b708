import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { HoldfastError, type RestorePoint } from '@holdfast/contract'
import { WindowDigest } from '../../../clients/influxdb/transcode/digest/window-digest.ts'
import { LineDigester } from '../../../clients/influxdb/transcode/line-digester.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import { DATA } from '../../../point-directories/names.ts'
import { findPoint, type PointDirectory } from '../../../point-directories/point-directory.ts'
import type { RunContext, Vault, VerifyResult } from '../../driver.ts'
import { isAbsent, ownLines, readWindowFile, sha256Of } from './files.ts'
import {
  type DatabaseDetails,
  databasePoints,
  SCHEMA_FILE,
  SOURCE_FILE,
  SUMS_FILE,
  WINDOWS_FILE,
} from './layout.ts'
import { readRecords, recordedFields, type WindowRecord } from './window-records.ts'

const MOST_PROBLEMS = 100

type Found = PointDirectory<DatabaseDetails>

/** What is wrong, as far as a report names it. */
class Problems {
  readonly named: string[] = []
  count = 0

  add(problem: string): void {
    this.count += 1
    if (this.named.length < MOST_PROBLEMS) this.named.push(problem)
  }
}

/** Reads back what the manifest promises: every file is there and none beside them, and those looked into hold what they should. */
export async function verifyDatabase(
  cx: RunContext,
  vault: Vault,
  point: RestorePoint,
  how: { level: 'sample' | 'full'; samplePercent: number },
): Promise<VerifyResult> {
  const found = await findPoint(databasePoints, vault.path, point, cx.log)
  if (!found) {
    const problems = ['the manifest is missing or not readable']
    return { ok: false, checkedItems: 0, checkedBytes: 0, problems }
  }
  const share = how.level === 'full' ? 1 : how.samplePercent / 100
  return await cx.step('compare-with-listings', () => compare(cx, found, point, share))
}

async function compare(
  cx: RunContext,
  found: Found,
  point: RestorePoint,
  share: number,
): Promise<VerifyResult> {
  const problems = new Problems()
  if (!isAsRecorded(found, point)) problems.add('the manifest is not the one that was recorded')
  for (const problem of await listProblems(found)) problems.add(problem)
  const paths = new Set<string>()
  const done = { items: 0, bytes: 0 }
  const totalItems = found.manifest.itemCount
  // At least one is read, whatever the share.
  const first = Math.floor(Math.random() * Math.max(1, totalItems))
  let index = 0
  for await (const record of recordsOf(found, problems)) {
    throwIfCanceled(cx.signal)
    paths.add(record.path)
    const isRead = index === first || Math.random() < share
    index += 1
    const problem = isRead ? await contentProblem(found, record, cx.signal) : await sizeProblem(found, record)
    if (problem) problems.add(`${record.path}: ${problem}`)
    if (!isRead) continue
    done.items += 1
    done.bytes += record.bytes
    cx.progress({
      step: 'compare-with-listings',
      doneItems: index,
      totalItems,
      doneBytes: done.bytes,
    })
  }
  if (index !== totalItems) problems.add(`${index} windows are listed instead of ${totalItems}`)
  for await (const path of extraFiles(join(found.directory, DATA), DATA, paths))
    problems.add(`${path}: it does not belong to the restore point`)
  return {
    ok: problems.count === 0,
    checkedItems: done.items,
    checkedBytes: done.bytes,
    problems: problems.named,
  }
}

/**
 * Whether a manifest on the vault is the one that the catalog recorded. Whoever changes data, lists and manifest together
 * can make them agree with each other, but not with that.
 */
export function isAsRecorded({ manifest }: Found, point: RestorePoint): boolean {
  const facts = ({
    asset,
    sizeBytes,
    itemCount,
    details,
  }: Pick<RestorePoint, 'asset' | 'sizeBytes' | 'itemCount' | 'details'>) => ({
    asset: [asset.kind, asset.key],
    sizeBytes,
    itemCount,
    details,
  })
  return (
    isDeepStrictEqual(facts(manifest), facts(point)) &&
    Date.parse(manifest.takenAt) === Date.parse(point.takenAt)
  )
}

async function listProblems({ directory, details }: Found): Promise<string[]> {
  const promised = [
    [WINDOWS_FILE, details.windowsSha256],
    [SCHEMA_FILE, details.schemaSha256],
    [SOURCE_FILE, details.sourceSha256],
    [SUMS_FILE, details.sumsSha256],
  ] as const
  const problems: string[] = []
  for (const [name, sha256] of promised) {
    const is = await sha256Of(join(directory, name))
    if (is === null) problems.push(`${name}: it is missing`)
    else if (is !== sha256) problems.push(`${name}: it was changed`)
  }
  return problems
}

async function* recordsOf({ directory }: Found, problems: Problems): AsyncGenerator<WindowRecord> {
  try {
    for await (const record of readRecords(join(directory, WINDOWS_FILE))) {
      if (record) yield record
      else problems.add(`${WINDOWS_FILE}: a line cannot be read`)
    }
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== 'restore-point-damaged') throw error
    problems.add(`${WINDOWS_FILE}: it cannot be read`)
  }
}

async function sizeProblem({ directory }: Found, { path, bytes }: WindowRecord): Promise<string | null> {
  const facts = await lstat(join(directory, path)).catch(() => null)
  if (!facts?.isFile()) return 'it is missing'
  return facts.size === bytes ? null : `it has ${facts.size} bytes instead of ${bytes}`
}

async function contentProblem(
  found: Found,
  record: WindowRecord,
  signal: AbortSignal,
): Promise<string | null> {
  const wrongSize = await sizeProblem(found, record)
  if (wrongSize) return wrongSize
  const digest = new WindowDigest()
  const digester = new LineDigester(digest)
  const own = ownLines(record)
  try {
    const path = join(found.directory, record.path)
    const take = (text: Buffer) => {
      digester.push(text)
      own.push(text)
    }
    const { sha256 } = await readWindowFile(path, take, signal, record)
    if (sha256 !== record.sha256) return 'its content was changed'
    digester.end()
    own.end()
    if (own.passed !== own.read) return 'it holds points of another measurement or time'
  } catch (error) {
    throwIfCanceled(signal)
    if (isAbsent(error)) return 'it is missing'
    if (error instanceof HoldfastError && error.code === 'restore-point-damaged') return error.message
    throw error
  }
  const fields = WindowDigest.differences(recordedFields(record), digest)
  if (fields.length > 0) return `its values are not those that were saved: ${fields.slice(0, 5).join(', ')}`
  return digest.points === record.points ? null : `it has ${digest.points} points instead of ${record.points}`
}

async function* extraFiles(folder: string, path: string, known: ReadonlySet<string>): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return []
    throw error
  })
  for (const entry of entries) {
    const below = `${path}/${entry.name}`
    if (entry.isDirectory()) yield* extraFiles(join(folder, entry.name), below, known)
    else if (!known.has(below)) yield below
  }
}
