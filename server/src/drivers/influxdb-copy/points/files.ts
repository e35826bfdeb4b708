import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import { LineBuffer } from '../../../clients/influxdb/transcode/line/line-buffer.ts'
import { LineFilter } from '../../../clients/influxdb/transcode/line-filter.ts'
import { serverState } from '../planning/changed.ts'
import { SCHEMA_FILE, SOURCE_FILE } from './layout.ts'
import type { WindowRecord } from './window-records.ts'

const READ_BYTES = 256 * 1024

const policy = z.object({
  name: z.string(),
  /** As statements have it, such as `90d` or `INF`. */
  duration: z.string(),
  shardDuration: z.string(),
  /**
   * Shards of this length never hold points of two shards of the source, whose types may differ: another length than
   * `shardDuration` where that was changed once. Windows do not tell it, since a time range cuts them. Older lists lack it.
   */
  finestShards: z.string().optional(),
  replication: z.int(),
  isDefault: z.boolean(),
})

/** SCHEMA.json. */
export const databaseSchema = z.object({
  format: z.literal('holdfast-influxdb-schema/1'),
  database: z.string(),
  retentionPolicies: z.array(policy),
  continuousQueries: z.array(z.object({ name: z.string(), statement: z.string() })),
})
export type DatabaseSchema = z.infer<typeof databaseSchema>

/** SOURCE.json. */
export const sourceFile = z.object({
  format: z.literal('holdfast-influxdb-source/1'),
  selection: z.string(),
  /** It was made by reading everything. */
  isFull: z.boolean().default(false),
  /** Location of the restore point whose files are shared. */
  previous: z.string().nullable(),
  state: serverState,
})
export type SourceFile = z.infer<typeof sourceFile>

const MOST_BYTES = 256 * 1024 * 1024
const NO_FOLLOW = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * A small file of a restore point as its manifest vouches for it: parsed, and null when it is another one, or not there. With
 * null for the hash it is taken as it is.
 */
export async function readListed<T>(
  schema: z.ZodType<T>,
  path: string,
  sha256: string | null,
): Promise<T | null> {
  try {
    await using handle = await open(path, NO_FOLLOW)
    const facts = await handle.stat()
    if (!facts.isFile() || facts.size > MOST_BYTES) return null
    const bytes = await handle.readFile()
    if (sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256) return null
    return schema.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError || isAbsent(error)) return null
    throw error
  }
}

export function readSchema(directory: string, sha256: string): Promise<DatabaseSchema | null> {
  return readListed(databaseSchema, join(directory, SCHEMA_FILE), sha256)
}

export function readSource(directory: string, sha256: string | null): Promise<SourceFile | null> {
  return readListed(sourceFile, join(directory, SOURCE_FILE), sha256)
}

/** Not there, or something that is no file and not ours: a link, a pipe, a folder. */
export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EISDIR'].includes(code ?? '')
}

/** Null when there is no such file. */
export async function sha256Of(path: string, signal?: AbortSignal): Promise<string | null> {
  try {
    const hash = createHash('sha256')
    await readChunks(path, (chunk) => hash.update(chunk), signal)
    return hash.digest('hex')
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

async function readChunks(path: string, take: (chunk: Buffer) => void, signal?: AbortSignal): Promise<void> {
  await using handle = await open(path, NO_FOLLOW)
  for await (const chunk of handle.createReadStream({ highWaterMark: READ_BYTES, autoClose: false })) {
    signal?.throwIfAborted()
    take(chunk as Buffer)
  }
}

/**
 * Reads a file of a window once: hashes what is on the disk, and hands its text over piece by piece. Throws
 * `restore-point-damaged` for what is not gzip, and the errors of open(2).
 */
export async function readWindowFile(
  path: string,
  take: (text: Buffer) => Promise<void> | void,
  signal: AbortSignal,
  most: { readonly textBytes: number } | null = null,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  let textBytes = 0
  await using handle = await open(path, NO_FOLLOW)
  const facts = await handle.stat()
  if (!facts.isFile()) throw damaged(path, 'it is no file')
  const file = handle.createReadStream({ highWaterMark: READ_BYTES, autoClose: false })
  try {
    await pipeline(
      file,
      async function* (chunks) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
      },
      createGunzip({ chunkSize: READ_BYTES }),
      async (texts) => {
        for await (const text of texts) {
          textBytes += text.length
          if (most && textBytes > most.textBytes) throw damaged(path, 'there is more in it than was saved')
          await take(text as Buffer)
        }
      },
      { signal },
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_')) throw damaged(path, 'it cannot be unpacked')
    throw error
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** Lets through the lines that may stand in the file of a window; `read` and `passed` tell whether others do. */
export function ownLines(
  { measurement, from, to }: Pick<WindowRecord, 'measurement' | 'from' | 'to'>,
  out = new LineBuffer({ maxLines: 10_000, maxBytes: 1024 * 1024, onBatch: (batch) => batch.release() }),
): LineFilter {
  const isOwn = (name: string) => name === measurement
  return new LineFilter(out, { measurement: isOwn, startNs: BigInt(from), endNs: BigInt(to) })
}

function damaged(path: string, why: string): HoldfastError {
  return new HoldfastError('restore-point-damaged', `a file of the restore point is damaged: ${why}`, {
    details: { path },
  })
}
