import pg from 'pg'
import { loadOrder, type Reference } from './load-order.ts'
import { sqlName } from './manifest.ts'

export type Client = pg.ClientBase

/** The migrator's own tables: made anew by the migrations themselves. */
const MIGRATION_TABLES = ['kysely_migration', 'kysely_migration_lock']

export interface TableShape {
  name: string
  columns: string[]
  /** Sort that gives the same rows the same order on every server. */
  orderBy: string[]
}

/**
 * One format of every value on every server and for every user: without it the text of a timestamp follows the time
 * zone, of bytes a setting. Until the end of the transaction.
 */
export async function settleTextFormat(client: Client): Promise<void> {
  await client.query(`
    set local timezone = 'UTC';
    set local datestyle = 'ISO, YMD';
    set local intervalstyle = 'postgres';
    set local bytea_output = 'hex';
    set local extra_float_digits = 1;
    set local statement_timeout = 0;
    set local idle_in_transaction_session_timeout = 0`)
}

/** Tables of a schema in the order they can be loaded. Generated columns are left out: the server computes them. */
export async function describeTables(client: Client, schemaName: string): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: Column[] }>(
    `select c.relname as name,
            json_agg(json_build_object('name', a.attname, 'collated', a.attcollation <> 0,
              'keyPosition', array_position(i.indkey::int2[], a.attnum)) order by a.attnum)
              filter (where a.attgenerated = '') as columns
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all ($2)
      group by c.relname`,
    [pg.escapeIdentifier(schemaName), MIGRATION_TABLES],
  )
  const shapes = new Map(rows.map(({ name, columns }) => [name, shapeOf(name, columns)]))
  const order = loadOrder([...shapes.keys()], await references(client, schemaName))
  return order.flatMap((name) => shapes.get(name) ?? [])
}

interface Column {
  name: string
  collated: boolean
  /** Place in the primary key; null outside of it. */
  keyPosition: number | null
}

/** Collation C compares bytes: the only one that no server and no library version changes. */
function shapeOf(name: string, columns: Column[]): TableShape {
  const key = columns
    .filter((column) => column.keyPosition !== null)
    .sort((left, right) => (left.keyPosition ?? 0) - (right.keyPosition ?? 0))
    .map((column) => pg.escapeIdentifier(column.name) + (column.collated ? ' collate "C"' : ''))
  const orderBy =
    key.length > 0 ? key : columns.map(({ name }) => `${pg.escapeIdentifier(name)}::text collate "C"`)
  return { name: sqlName.parse(name), columns: columns.map((column) => sqlName.parse(column.name)), orderBy }
}

/** Deferrable foreign keys say nothing about the order: they are checked when everything is there. */
async function references(client: Client, schemaName: string): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `select f.relname as "from", t.relname as "to"
       from pg_constraint k
       join pg_class f on f.oid = k.conrelid
       join pg_class t on t.oid = k.confrelid
      where k.contype = 'f' and not k.condeferrable
        and f.relnamespace = $1::regnamespace and t.relnamespace = $1::regnamespace`,
    [pg.escapeIdentifier(schemaName)],
  )
  return rows
}

export async function appliedMigrations(client: Client, schemaName: string) {
  const table = qualified(schemaName, 'kysely_migration')
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    table,
  ])
  if (!rows[0]?.found) return []
  const applied = await client.query<{ name: string; timestamp: string }>(
    `select name, timestamp::text from ${table} order by name`,
  )
  return applied.rows
}

export async function sequenceNames(client: Client, schemaName: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'S' and relnamespace = $1::regnamespace order by relname`,
    [pg.escapeIdentifier(schemaName)],
  )
  return rows.map(({ name }) => sqlName.parse(name))
}

export function qualified(schemaName: string, name: string): string {
  return `${pg.escapeIdentifier(schemaName)}.${pg.escapeIdentifier(name)}`
}

export function copyOutSql(schemaName: string, table: TableShape): string {
  const columns = table.columns.map(pg.escapeIdentifier).join(', ')
  const rows = `select ${columns} from ${qualified(schemaName, table.name)} order by ${table.orderBy.join(', ')}`
  return `copy (${rows}) to stdout with (format text, encoding 'UTF8')`
}

export function copyInSql(schemaName: string, table: TableShape): string {
  const columns = table.columns.map(pg.escapeIdentifier).join(', ')
  return `copy ${qualified(schemaName, table.name)} (${columns}) from stdin with (format text, encoding 'UTF8')`
}
