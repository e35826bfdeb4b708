import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import type { PointDirectory } from '../../../point-directories/point-directory.ts'
import { isSelected } from '../planning/select.ts'
import type { Window } from '../planning/windows.ts'
import { entryPath } from '../points/entries.ts'
import { type DatabaseDetails, WINDOWS_FILE } from '../points/layout.ts'
import { readRecords, type WindowRecord } from '../points/window-records.ts'
import type { RestoreOptions } from './options.ts'

/** A window of a restore point that is asked for, and the part of it. */
export interface Selected {
  readonly record: WindowRecord
  readonly startNs: bigint
  readonly endNs: bigint
}

interface Asked {
  readonly options: RestoreOptions
  /** As entries are named; null for everything. */
  readonly paths: readonly string[] | null
}

const NS_PER_MS = 1_000_000n

/** Whether nothing is left out. */
export function isWhole({ options, paths }: Asked): boolean {
  const { measurements, retentionPolicies, range } = options
  const lists = [measurements, retentionPolicies].flatMap(({ include, exclude }) => [include, exclude])
  return (
    wantedPaths(paths) === null &&
    lists.every((list) => list.length === 0) &&
    range.from === undefined &&
    range.to === undefined
  )
}

/** Null for everything. */
function wantedPaths(paths: readonly string[] | null): string[] | null {
  const wanted = paths?.map((path) =>
    path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/'),
  )
  return wanted === undefined || wanted.includes('') ? null : wanted
}

/** The windows that a restore is to bring back. Throws `restore-point-damaged`. */
export async function* selectedWindows(
  { directory, manifest }: PointDirectory<DatabaseDetails>,
  asked: Asked,
): AsyncGenerator<Selected> {
  const { measurements, retentionPolicies, range } = asked.options
  const paths = wantedPaths(asked.paths)
  const from = range.from === undefined ? null : BigInt(Date.parse(range.from)) * NS_PER_MS
  const to = range.to === undefined ? null : BigInt(Date.parse(range.to)) * NS_PER_MS
  for await (const record of readRecords(join(directory, WINDOWS_FILE))) {
    if (!record) {
      throw new HoldfastError('restore-point-damaged', 'a line of the list of windows cannot be read', {
        details: { restorePointId: manifest.id },
      })
    }
    if (!isSelected(record.retentionPolicy, retentionPolicies)) continue
    if (!isSelected(record.measurement, measurements)) continue
    if (paths && !paths.some((path) => isIn(entryPath(record), path))) continue
    const [first, end] = [BigInt(record.from), BigInt(record.to)]
    const startNs = from !== null && from > first ? from : first
    const endNs = to !== null && to < end ? to : end
    if (startNs < endNs) yield { record, startNs, endNs }
  }
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** As the rest of the job kind knows windows. */
export function windowOf({ record, startNs, endNs }: Selected, database: string, as: string): Window {
  const { retentionPolicy: rp, measurement, group: groupId } = record
  return {
    database,
    as,
    rp,
    measurement,
    groupId,
    groupIds: [],
    shardIds: [],
    isMixed: false,
    startNs,
    endNs,
    fields: null,
  }
}
