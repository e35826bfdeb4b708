import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import type { FieldDigest, WindowDigest } from '../../../clients/influxdb/transcode/digest/window-digest.ts'

/** A part of a path as `fileNameOf` makes it: never one that leads elsewhere. */
const PART = '[A-Za-z0-9_%-][A-Za-z0-9._%~-]*'
const PATH = new RegExp(`^data/${PART}/${PART}/${PART}\\.lp\\.gz$`)

const ns = z.string().regex(/^-?\d{1,19}$/)
const count = z.int().nonnegative()

/** A line of WINDOWS.jsonl. */
export const windowRecord = z.object({
  /** Of its file, from the directory of the restore point. */
  path: z.string().regex(PATH),
  retentionPolicy: z.string(),
  measurement: z.string(),
  /** Id of the group of shards at the source. */
  group: z.string(),
  /** In ns since 1970, as text; `to` is the first instant that is not in it. */
  from: ns,
  to: ns,
  points: count,
  values: count,
  /** Of the file, and of the line protocol in it. */
  bytes: count,
  textBytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of each field how many values there are, and the sum of their hashes. */
  fields: z.array(z.object({ field: z.string(), count, sum: z.string() })),
})
export type WindowRecord = z.infer<typeof windowRecord>

export function lineOf(record: WindowRecord): string {
  // These two end a line for whoever reads line by line, and JSON lets them stand.
  const text = JSON.stringify(record).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  return `${text}\n`
}

/** The digest of a window as its record has it. */
export function recordedFields(record: Pick<WindowRecord, 'fields'>): {
  fields(): ReadonlyMap<string, FieldDigest>
} {
  const fields = new Map(record.fields.map(({ field, count, sum }) => [field, { count, sum }]))
  return { fields: () => fields }
}

export function fieldsOf(digest: WindowDigest): WindowRecord['fields'] {
  return [...digest.fields()]
    .map(([field, { count, sum }]) => ({ field, count, sum }))
    .sort((a, b) => (a.field < b.field ? -1 : 1))
}

const NOT_THERE = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EISDIR']

/** The records of a WINDOWS.jsonl, null for a line that is none. Throws `restore-point-damaged` when it is not there. */
export async function* readRecords(path: string): AsyncGenerator<WindowRecord | null> {
  try {
    await using handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if (!(await handle.stat()).isFile()) throw unreadable(path, 'it is no file')
    for await (const line of handle.readLines({ autoClose: false })) yield parsed(line)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined || !NOT_THERE.includes(code)) throw error
    throw unreadable(path, code)
  }
}

function unreadable(path: string, reason: string): HoldfastError {
  return new HoldfastError(
    'restore-point-damaged',
    'the list of windows of the restore point cannot be read',
    {
      details: { path, reason },
    },
  )
}

function parsed(line: string): WindowRecord | null {
  try {
    return windowRecord.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
