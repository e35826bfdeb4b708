import { randomBytes } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { createLogger } from '../kit/log.ts'
import { type ControlDatabase, openControlDatabase, prepareDatabase } from './control-database.ts'
import { type Database, migrate, openDatabase } from './database.ts'

const server = inject('databaseServer')

let connection: pg.PoolConfig
let name: string
let opened: Database[]

beforeEach(async () => {
  name = `t_${randomBytes(6).toString('hex')}`
  opened = []
  await onServer(`create database ${name}`)
  connection = { ...server.connection, database: name }
})

afterEach(async () => {
  for (const database of opened) await database.close()
  await onServer(`drop database ${name} with (force)`)
})

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ ...server.connection })
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** As another process would: with a pool of its own. */
function open(): Database {
  const database = openDatabase(connection, () => {})
  opened.push(database)
  return database
}

async function schemaOf({ pool }: Database): Promise<unknown> {
  const columns = await pool.query(
    `select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
     where table_schema = 'public' order by 1, 2`,
  )
  const indexes = await pool.query(
    `select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`,
  )
  return [columns.rows, indexes.rows]
}

test('closing ends every connection, whoever used it', async () => {
  const [raw, typed] = [open(), open()]
  await raw.pool.query('select 1')
  await typed.db.executeQuery(CompiledQuery.raw('select 1'))
  for (const database of opened.splice(0)) {
    await database.close()
    expect(database.pool.ended).toBe(true)
  }
})

describe('migrate', () => {
  test('of five processes at once makes the schema once', async () => {
    const databases = Array.from({ length: 5 }, open)
    await Promise.all(databases.map(({ db }) => migrate(db)))
    const { rows } = await open().pool.query('select name from kysely_migration')
    expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length)
    expect(rows.length).toBeGreaterThan(0)
  })

  test('changes nothing the second time', async () => {
    const database = open()
    await migrate(database.db)
    const before = await schemaOf(database)
    await database.pool.query("insert into settings values ('kept', '1')")
    await migrate(database.db)
    expect(await schemaOf(database)).toEqual(before)
    expect((await database.pool.query('select key from settings')).rows).toEqual([{ key: 'kept' }])
  })

  test('refuses a database of a newer version', async () => {
    const database = open()
    await migrate(database.db)
    await database.pool.query("insert into kysely_migration values ('999-future', now()::text)")
    await expect(migrate(database.db)).rejects.toMatchObject({ code: 'database-version' })
  })
})

describe('prepareDatabase', () => {
  const control = (): ControlDatabase => ({ ...open(), connection, kind: server.kind })

  // The external server of the tests runs without fsync, to be fast; the embedded one runs as it always does.
  if (server.kind === 'external') {
    test('refuses a server whose fsync is off, before it makes a table', async () => {
      const database = control()
      await expect(prepareDatabase(database)).rejects.toMatchObject({
        code: 'database-unsafe',
        details: { settings: ['fsync'] },
      })
      const { rows } = await database.pool.query("select 1 from pg_tables where schemaname = 'public'")
      expect(rows).toEqual([])
    })
  } else {
    test('refuses a database whose commits do not wait', async () => {
      await prepareDatabase(control())
      await onServer(`alter database ${name} set synchronous_commit = off`)
      await expect(prepareDatabase(control())).rejects.toMatchObject({
        code: 'database-unsafe',
        details: { settings: ['synchronous_commit'] },
      })
    })
  }

  test('says that nobody answers, without the password of the address', async () => {
    const url = 'postgres://anna:canary-1234@127.0.0.1:1/holdfast'
    const log = createLogger('silent')
    const database = await openControlDatabase({ url, dir: '/nowhere', binDir: undefined, log })
    opened.push(database)
    const error = await prepareDatabase(database).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'database-unreachable' })
    expect(String((error as Error).message)).not.toContain('canary')
  })
})
