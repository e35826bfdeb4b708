import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type pg from 'pg'
import type { Db } from '../../schema.ts'
import { nestedDb } from '../nested-db.ts'

/** A schema with every type of column Holdfast uses, and every kind of reference. */
async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`create table z_parent (id text primary key, replaces text references z_parent (id))`.execute(db)
  await sql`create table a_child (
    id bigint generated always as identity primary key,
    parent text not null references z_parent (id) on update cascade)`.execute(db)
  await sql`create table zoo (
    name text, serial bigserial, flag boolean, big bigint, small integer, at timestamptz, day date, doc jsonb,
    raw bytea, words text[] not null default '{}', ratio double precision, exact numeric,
    doubled integer generated always as (small * 2) stored)`.execute(db)
  await sql`create table ticks_left (n bigint primary key)`.execute(db)
  await sql`create table ticks_right (n bigint primary key)`.execute(db)
}

async function more(db: Kysely<unknown>): Promise<void> {
  await sql`create type mood as enum ('calm', 'loud')`.execute(db)
  await sql`create function loudness() returns mood language sql as $$ select 'loud'::mood $$`.execute(db)
  await sql`create table extra (id text primary key, mood mood not null default loudness())`.execute(db)
  await sql`create view loud as select * from extra`.execute(db)
}

const MIGRATIONS: Record<string, Migration> = { '001-tables': { up: tables }, '002-more': { up: more } }

export async function migrateZoo(db: Db, upTo: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateTo(upTo)
  if (error) throw error
}

export async function makeZoo(pool: pg.Pool, upTo = '001-tables'): Promise<void> {
  const client = await pool.connect()
  await client.query('begin')
  await migrateZoo(nestedDb(client), upTo)
  await client.query('commit')
  client.release()
}

/** Values that break careless copying. Rows that refer to others come before those. */
export async function fillZoo(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into z_parent values ('first', 'second'), ('second', 'third'), ('third', null), ('', null)`,
  )
  await pool.query(`insert into a_child (parent) select 'third' from generate_series(1, 20)`)
  await pool.query('delete from a_child where id > 15')
  const insert = `insert into zoo (name, flag, big, small, at, day, doc, raw, words, ratio, exact)
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
  const rows: unknown[][] = [
    [
      '\\.',
      true,
      '9223372036854775807',
      1,
      '2026-03-29T01:30:00.123456Z',
      '2026-02-28',
      '{"a":[1,null,"\\n"]}',
    ],
    [
      'line\nbreak\ttab\r\\N',
      false,
      '-9223372036854775808',
      -1,
      'infinity',
      'infinity',
      '"\\u00e9\\ud83d\\ude00"',
    ],
    ['éü日本😀\u2028', null, null, null, '0044-03-15 12:00:00+00 BC', null, null],
    ['', true, '0', 0, '1970-01-01T00:00:00Z', '0001-01-01', '{}'],
    [null, null, null, null, null, null, 'null'],
  ]
  const tails: unknown[][] = [
    [Buffer.from([0, 255, 10, 92, 46]), ['a,b', '{"x"}', '', 'NULL', null, '\\'], 0.1 + 0.2, '1e-30'],
    [Buffer.alloc(0), [], Number.NaN, '123456789012345678901234567890.5'],
    [null, ['é'], Number.POSITIVE_INFINITY, 'NaN'],
    [Buffer.alloc(5000, 7), ['x'.repeat(3000)], -0, null],
    [null, [], null, null],
  ]
  for (const [index, row] of rows.entries()) await pool.query(insert, [...row, ...(tails[index] ?? [])])
}
