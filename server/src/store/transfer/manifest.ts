import { z } from 'zod'

/**
 * The backup file is a tar archive compressed with zstd, so that it can be read without Holdfast
 * (`tar --zstd -xf FILE; cat tables/runs/*.copy | psql -c 'copy runs from stdin'`). Its members, in this order:
 *
 *     format.json              what this is
 *     tables/<name>/NNNNNN.copy  rows of a table, cut into pieces; tables that others refer to come first
 *     manifest.json            what must have been read until here
 *
 * Rows are in PostgreSQL's text format, not binary: only the text format is documented to be portable across versions
 * (https://www.postgresql.org/docs/18/sql-copy.html, "Binary Format"), and a person can read it. They are sorted by
 * primary key, so that the same data has the same checksum wherever it is.
 */
export const FORMAT_FILE = 'format.json'
export const MANIFEST_FILE = 'manifest.json'

export const formatFile = z.object({ format: z.literal('holdfast-database'), version: z.literal(1) })

/** Names we make ourselves: lower case, at most what PostgreSQL allows, safe in a path. */
export const sqlName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

const tableEntry = z.object({
  name: sqlName,
  columns: z.array(sqlName),
  rowCount: z.number().int().nonnegative(),
  /** Of the rows, as they are in the pieces put together. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type TableEntry = z.infer<typeof tableEntry>

export const manifest = z.object({
  createdAt: z.iso.datetime(),
  /** Version of the PostgreSQL server it was taken from. */
  serverVersion: z.string(),
  /** Migrations that made the schema, in order. */
  migrations: z.array(z.object({ name: z.string(), timestamp: z.string() })),
  tables: z.array(tableEntry),
  /** A sequence's last value may be higher than every number in use: those of removed rows are not given out again. */
  sequences: z.array(
    z.object({ name: sqlName, lastValue: z.string().regex(/^-?\d+$/), isCalled: z.boolean() }),
  ),
})
export type Manifest = z.infer<typeof manifest>

const PIECE = /^tables\/([a-z_][a-z0-9_]{0,62})\/(\d{6,})\.copy$/

export function pieceName(table: string, number: number): string {
  return `tables/${table}/${String(number).padStart(6, '0')}.copy`
}

export function parsePieceName(name: string): { table: string; number: number } | undefined {
  const match = PIECE.exec(name)
  return match ? { table: match[1] ?? '', number: Number(match[2]) } : undefined
}
