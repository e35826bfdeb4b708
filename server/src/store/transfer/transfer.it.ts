import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LabPostgres, startLabPostgres, type TestDatabase } from '../../../../tools/lab/postgres.ts'
import { exportDatabase } from './export.ts'
import { importDatabase } from './import.ts'
import { readBackupFile } from './read-file.ts'
import { fillZoo, makeZoo, migrateZoo } from './testkit/zoo.ts'

let external: LabPostgres
let embedded: LabPostgres
let dir: string
let file: string
let opened: { pool: pg.Pool; database: TestDatabase }[]

beforeAll(async () => {
  external = await startLabPostgres('external')
  embedded = await startLabPostgres('embedded')
})

afterAll(async () => {
  await embedded?.stop()
  await external?.stop()
})

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-transfer-'))
  file = path.join(dir, 'control.tar.zst')
  opened = []
})

afterEach(async () => {
  for (const { pool, database } of opened) {
    await pool.end()
    await database.drop()
  }
  fs.rmSync(dir, { recursive: true })
})

async function open(server: LabPostgres): Promise<pg.Pool> {
  const database = await server.createTestDatabase()
  const pool = new pg.Pool({ ...database.connection, max: 4 })
  pool.on('error', () => {})
  opened.push({ pool, database })
  return pool
}

const migrateTo = (names: string[], db: Parameters<typeof migrateZoo>[0]) =>
  migrateZoo(db, names.at(-1) ?? '')

async function filledZoo(server: LabPostgres): Promise<pg.Pool> {
  const pool = await open(server)
  await makeZoo(pool)
  await fillZoo(pool)
  return pool
}

async function contents(pool: pg.Pool): Promise<unknown> {
  const text = async (sql: string) =>
    (await pool.query(`select row_to_json(r)::text as row from (${sql}) r`)).rows
  return {
    zoo: await text('select *, at::text as exact_at from zoo order by serial'),
    parents: await text('select * from z_parent order by id collate "C"'),
    children: await text('select * from a_child order by id'),
  }
}

async function tableNames(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ tablename: string }>(
    "select tablename from pg_tables where schemaname = 'public' order by 1",
  )
  return rows.map(({ tablename }) => tablename)
}

describe('export and import of the control database', () => {
  it.each([
    ['external PostgreSQL 15 to embedded 18', () => [external, embedded] as const],
    ['embedded to external, without any special right', () => [embedded, external] as const],
  ])('brings every value over: %s', async (_, servers) => {
    const [from, to] = servers()
    const source = await filledZoo(from)
    const target = await open(to)
    const exported = await exportDatabase({ pool: source, file })
    await target.query("set timezone = 'Asia/Kolkata'")
    expect(await importDatabase({ pool: target, file, replace: false, migrateTo })).toEqual(exported)
    await target.query('reset timezone')
    expect(await contents(target)).toEqual(await contents(source))
    const again = await exportDatabase({ pool: target, file: path.join(dir, 'again') })
    expect(again.tables).toEqual(exported.tables)
    expect(again.sequences).toEqual(exported.sequences)
    const { rows } = await target.query("insert into a_child (parent) values ('') returning id::int")
    expect(rows).toEqual([{ id: 21 }])
  })

  it('is of one instant, while others write', async () => {
    const pool = await open(embedded)
    await makeZoo(pool)
    let writing = true
    const writer = (async () => {
      for (let n = 1; writing; n += 1) {
        await pool.query(
          'with l as (insert into ticks_left values ($1)) insert into ticks_right values ($1)',
          [n],
        )
      }
    })()
    await sleep(100)
    const counts = []
    for (let round = 0; round < 5; round += 1) {
      const { tables } = await exportDatabase({ pool, file })
      const [left, right] = ['ticks_left', 'ticks_right'].map((name) =>
        tables.find((table) => table.name === name),
      )
      expect(left?.rowCount).toBe(right?.rowCount)
      counts.push(left?.rowCount)
    }
    writing = false
    await writer
    expect(new Set(counts).size).toBeGreaterThan(1)
  })

  it('loads nothing that it could not settle', async () => {
    const source = await filledZoo(embedded)
    await exportDatabase({ pool: source, file })
    const target = await open(embedded)
    await makeZoo(target, '002-more')
    await target.query("insert into extra values ('mine')")
    const settle = async () => {
      throw new Error('not settled')
    }
    const loading = importDatabase({ pool: target, file, replace: true, migrateTo, settle })
    await expect(loading).rejects.toThrow('not settled')
    expect((await target.query('select * from extra')).rows).toHaveLength(1)
  })

  it('says where it cannot write, and that somebody can mend it', async () => {
    const pool = await open(embedded)
    const missing = path.join(dir, 'nowhere', 'file')
    await expect(exportDatabase({ pool, file: missing })).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining(missing),
    })
  })

  it('cuts large tables into pieces that other programs can read', async () => {
    const pool = await open(embedded)
    await makeZoo(pool)
    await pool.query('insert into z_parent select repeat(md5(n::text), 10) from generate_series(1, 30000) n')
    const { tables } = await exportDatabase({ pool, file })
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect(fs.readdirSync(dir)).toEqual(['control.tar.zst'])
    const victim = path.join(dir, 'victim')
    fs.writeFileSync(victim, 'as it was')
    fs.symlinkSync(victim, `${file}.partial-${process.pid}`)
    await exportDatabase({ pool, file })
    expect(fs.readFileSync(victim, 'utf8')).toBe('as it was')
    if (spawnSync('zstd', ['--version']).error) return
    execFileSync('tar', ['--zstd', '-xf', file, '-C', dir])
    const pieces = fs.readdirSync(path.join(dir, 'tables/z_parent')).sort()
    expect(pieces.length).toBeGreaterThan(1)
    const rows = pieces
      .map((piece) => fs.readFileSync(path.join(dir, 'tables/z_parent', piece), 'utf8'))
      .join('')
    expect(rows.split('\n').length - 1).toBe(tables.find(({ name }) => name === 'z_parent')?.rowCount)
    const target = await open(external)
    await importDatabase({ pool: target, file, replace: false, migrateTo })
  })

  it('keeps the older file when an export fails', async () => {
    const pool = await filledZoo(embedded)
    await exportDatabase({ pool, file })
    const before = fs.readFileSync(file)
    await pool.query('create table "Not ours" (id int)')
    await expect(exportDatabase({ pool, file })).rejects.toThrow()
    expect(fs.readdirSync(dir)).toEqual(['control.tar.zst'])
    expect(fs.readFileSync(file).equals(before)).toBe(true)
  })

  it('never overwrites data that it was not told to discard', async () => {
    const source = await filledZoo(embedded)
    await exportDatabase({ pool: source, file })
    const target = await open(external)
    await makeZoo(target, '002-more')
    await target.query("insert into extra values ('mine')")
    await expect(importDatabase({ pool: target, file, replace: false, migrateTo })).rejects.toMatchObject({
      code: 'database-not-empty',
    })
    expect((await target.query('select * from loud')).rows).toEqual([{ id: 'mine', mood: 'loud' }])
  })

  it('replaces the schema of another version with everything in it', async () => {
    const source = await filledZoo(embedded)
    await exportDatabase({ pool: source, file })
    const target = await open(external)
    await makeZoo(target, '002-more')
    await target.query("insert into extra values ('mine')")
    await importDatabase({ pool: target, file, replace: true, migrateTo })
    expect(await contents(target)).toEqual(await contents(source))
    expect(await tableNames(target)).not.toContain('extra')
    await makeZoo(target, '002-more')
    expect((await target.query('select count(*)::int as n from loud')).rows).toEqual([{ n: 0 }])
  })

  it('takes a schema without rows for an empty database', async () => {
    const source = await filledZoo(embedded)
    await exportDatabase({ pool: source, file })
    const target = await open(external)
    await makeZoo(target, '002-more')
    await importDatabase({ pool: target, file, replace: false, migrateTo })
    expect(await contents(target)).toEqual(await contents(source))
  })

  it('refuses a schema that is not the one of the file', async () => {
    const source = await filledZoo(embedded)
    await exportDatabase({ pool: source, file })
    const target = await open(external)
    const wrong = async (_: string[], db: Parameters<typeof migrateZoo>[0]) => migrateZoo(db, '002-more')
    await expect(
      importDatabase({ pool: target, file, replace: false, migrateTo: wrong }),
    ).rejects.toMatchObject({ code: 'database-version' })
    expect(await tableNames(target)).toEqual([])
  })
})

describe('a backup file that is not whole', () => {
  it('is noticed at whichever byte it is damaged or cut, and the database stays as it was', async () => {
    const source = await filledZoo(embedded)
    const whole = await exportDatabase({ pool: source, file })
    const bytes = fs.readFileSync(file)
    const content = zstdDecompressSync(bytes)
    const broken = path.join(dir, 'broken')
    let noticed = 0
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8))
      fs.writeFileSync(broken, damaged)
      try {
        expect(await readBackupFile(broken)).toEqual(whole)
        // Some bits mean nothing to the decompression: then not a byte of the content differs.
        expect(zstdDecompressSync(damaged).equals(content)).toBe(true)
      } catch (error) {
        expect(error).toMatchObject({ code: 'backup-file-invalid' })
        noticed += 1
      }
    }
    expect(noticed).toBeGreaterThan(bytes.length * 0.95)
    for (let length = 0; length < bytes.length; length += 97) {
      fs.writeFileSync(broken, bytes.subarray(0, length))
      await expect(readBackupFile(broken)).rejects.toMatchObject({ code: 'backup-file-invalid' })
    }
    const before = await contents(source)
    await expect(
      importDatabase({ pool: source, file: broken, replace: true, migrateTo }),
    ).rejects.toMatchObject({
      code: 'backup-file-invalid',
    })
    expect(await contents(source)).toEqual(before)
  })

  it.each([
    ['text', 'hello'],
    ['nothing', ''],
  ])('is refused when it is %s', async (_, text) => {
    fs.writeFileSync(file, text)
    await expect(readBackupFile(file)).rejects.toMatchObject({ code: 'backup-file-invalid' })
  })

  it('is not confused with a file that is not there', async () => {
    await expect(readBackupFile(file)).rejects.toMatchObject({ code: 'config-unreadable' })
  })
})

describe('an import that is killed', () => {
  it('leaves the database as it was, whenever that happens', async () => {
    const source = await open(embedded)
    await makeZoo(source)
    await source.query(
      'insert into z_parent select repeat(md5(n::text), 10) from generate_series(1, 60000) n',
    )
    await exportDatabase({ pool: source, file })
    const target = await filledZoo(external)
    const { connection } = opened.at(-1)?.database ?? { connection: external.connection }
    const url = new URL(external.url ?? '')
    url.pathname = `/${connection.database}`
    const before = await contents(target)
    const main = fileURLToPath(new URL('./testkit/import-main.ts', import.meta.url))
    for (const afterMs of [0, 40, 150, 300]) {
      const importer = spawn(process.execPath, [main, url.href, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(importer.stdout, 'data')
      await sleep(afterMs)
      importer.kill('SIGKILL')
      await once(importer, 'exit')
      expect(await contents(target)).toEqual(before)
    }
    await importDatabase({ pool: target, file, replace: true, migrateTo })
    expect((await target.query('select count(*)::int as n from z_parent')).rows).toEqual([{ n: 60000 }])
  })
})
