import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { HoldfastError, type RestorePoint } from '@holdfast/contract'
import { throwIfCanceled } from '../../../kit/exec.ts'
import { DATA } from '../../../point-directories/names.ts'
import { findPoint, type PointDirectory } from '../../../point-directories/point-directory.ts'
import type { RunContext, Vault, VerifyResult } from '../../driver.ts'
import { isAbsent, sha256Of } from './files.ts'
import {
  type DatabaseDetails,
  databasePoints,
  SCHEMA_FILE,
  SOURCE_FILE,
  SUMS_FILE,
  WINDOWS_FILE,
} from './layout.ts'
import { sharersOf } from './sharers.ts'
import { contentProblem, sizeProblem } from './window-problem.ts'
import { readRecords, type WindowRecord } from './window-records.ts'

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
  return await cx.step('compare-with-listings', () => compare(cx, vault, { found, point, share }))
}

async function compare(
  cx: RunContext,
  vault: Vault,
  { found, point, share }: { found: Found; point: RestorePoint; share: number },
): Promise<VerifyResult> {
  const problems = new Problems()
  if (!isAsRecorded(found, point)) problems.add('the manifest is not the one that was recorded')
  const wrongLists = await listProblems(found)
  for (const problem of wrongLists) problems.add(problem)
  const paths = new Set<string>()
  const inFiles: string[] = []
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
    const { directory } = found
    const problem = isRead
      ? await contentProblem(directory, record, cx.signal)
      : await sizeProblem(directory, record)
    if (problem) problems.add(`${record.path}: ${problem.text}`)
    if (problem?.isInFile) inFiles.push(record.path)
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
  // Lists that were changed say nothing about files that others share.
  const sharers = wrongLists.length === 0 ? await sharersOf(vault, found, inFiles, cx.log) : []
  return {
    ok: problems.count === 0,
    checkedItems: done.items,
    checkedBytes: done.bytes,
    problems: [...problems.named, ...sharers.map(alsoDamaged)].slice(-MOST_PROBLEMS),
    alsoDamaged: sharers.map(({ manifest }) => manifest.id),
  }
}

function alsoDamaged({ manifest: { id, takenAt } }: Found): string {
  return `restore point ${id} of ${takenAt} shares damaged files with it, and is damaged as well`
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
