import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportDatabase } from '../../store/transfer/export.ts'
import { readBackupFile } from '../../store/transfer/read-file.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { backUpWhenDue, readBackupState } from './self-backup.ts'

let dir: string
let now: Date
let lab: EngineLab
let backUp: (file: string) => Promise<void>

beforeEach(async () => {
  dir = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-backups-')), 'backups')
  now = new Date('2026-11-20T12:00:00Z')
  backUp = async (file) => {
    await exportDatabase({ pool: lab.test.database.pool, file })
    await readBackupFile(file)
  }
  const selfBackup = { dir, cron: '30 1 * * *', keep: 2, backUp: (file: string) => backUp(file) }
  lab = await openEngineLab([], { now: () => now, selfBackup })
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  fs.rmSync(path.dirname(dir), { recursive: true })
})

const files = () => fs.readdirSync(dir).sort()
const finding = async () =>
  (await lab.control.doctor()).find(({ subject }) => subject === 'backup of the database')

describe('the backup of the database', () => {
  test('is made once per slot, however many look, and is whole', async () => {
    expect(await finding()).toMatchObject({ level: 'warning', message: 'there is none yet' })
    await Promise.all([1, 2, 3].map(() => backUpWhenDue(lab.deps)))
    await backUpWhenDue(lab.deps)
    expect(files()).toEqual(['holdfast-db-20261120T120000Z.tar.zst'])
    const file = path.join(dir, 'holdfast-db-20261120T120000Z.tar.zst')
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect((await readBackupFile(file)).tables.length).toBeGreaterThan(10)
    expect(await readBackupState(lab.deps.store)).toEqual({
      slotAt: '2026-11-20T01:30:00.000Z',
      lastTriedAt: now.toISOString(),
      lastGoodAt: now.toISOString(),
      problem: null,
      file,
    })
    expect(await lab.deps.store.settings.get('control-backup-at')).toBe(now.toISOString())
    expect(await finding()).toMatchObject({ level: 'ok' })
  })

  test('leaves the newest ones, and everything that is not its own', async () => {
    fs.mkdirSync(dir)
    const others = ['holdfast-db.tar.zst', 'holdfast-db-20261101T013000Z.tar.zst.keep', 'notes.txt']
    for (const name of others) fs.writeFileSync(path.join(dir, name), '')
    fs.mkdirSync(path.join(dir, 'holdfast-db-20200101T013000Z.tar.zst'))
    const leftover = path.join(dir, '.holdfast-db-20261118T013000Z.0123456789ab.partial')
    fs.writeFileSync(leftover, '')
    fs.utimesSync(leftover, new Date('2026-11-18'), new Date('2026-11-18'))
    for (const day of [20, 21, 22]) {
      now = new Date(`2026-11-${day}T01:30:05Z`)
      await backUpWhenDue(lab.deps)
    }
    expect(files()).toEqual(
      [
        ...others,
        'holdfast-db-20200101T013000Z.tar.zst',
        'holdfast-db-20261121T013005Z.tar.zst',
        'holdfast-db-20261122T013005Z.tar.zst',
      ].sort(),
    )
  })

  test('that fails is told, leaves nothing, keeps the good ones and is tried again after an hour', async () => {
    await backUpWhenDue(lab.deps)
    const good = files()
    const works = backUp
    let tries = 0
    backUp = async (file) => {
      tries += 1
      fs.writeFileSync(file, 'half')
      throw new HoldfastError('backup-file-invalid', 'the disk lies')
    }
    now = new Date('2026-11-21T01:31:00Z')
    await backUpWhenDue(lab.deps)
    await backUpWhenDue(lab.deps)
    expect(tries).toBe(1)
    expect(files()).toEqual(good)
    expect(await finding()).toMatchObject({
      level: 'error',
      message: 'the disk lies; the last good one is of 2026-11-20T12:00:00.000Z',
    })
    backUp = works
    now = new Date('2026-11-21T02:31:00Z')
    await backUpWhenDue(lab.deps)
    expect(files()).toHaveLength(2)
    expect(await finding()).toMatchObject({ level: 'ok' })
  })

  test('whose process died is made by the next one', async () => {
    const died = Promise.withResolvers<void>()
    const works = backUp
    let isAtWork = false
    backUp = () => {
      isAtWork = true
      return died.promise
    }
    const first = backUpWhenDue(lab.deps).catch(() => 'gone')
    await expect.poll(() => isAtWork).toBe(true)
    expect(await heldLocks()).toBe(1)
    await backUpWhenDue(lab.deps)
    expect(await readBackupState(lab.deps.store)).toBeNull()

    // The connection goes as it does with its process, and the lock with it.
    await lab.test.database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
         and database = (select oid from pg_database where datname = current_database())`,
    )
    await expect.poll(() => heldLocks()).toBe(0)
    backUp = works
    await backUpWhenDue(lab.deps)
    expect(await readBackupState(lab.deps.store)).toMatchObject({ problem: null })
    died.reject(new Error('the end of the test'))
    await first
  })

  test('is said to be late when two slots have passed', async () => {
    await backUpWhenDue(lab.deps)
    now = new Date('2026-11-21T12:00:00Z')
    expect(await finding()).toMatchObject({ level: 'ok' })
    now = new Date('2026-11-22T12:00:00Z')
    expect(await finding()).toMatchObject({ level: 'warning', hint: expect.stringContaining('worker') })
  })
})

async function heldLocks(): Promise<number> {
  const { rows } = await lab.test.database.pool.query<{ count: number }>(
    `select count(*) from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows[0]?.count ?? 0
}
