import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { distributionBinDir } from '../../../../tools/lab/postgres.ts'
import { migrate, openDatabase } from '../database.ts'
import { majorOf } from './binaries.ts'
import { openEmbedded, waitForStop } from './embedded.ts'
import { query, serversOf } from './testkit/member.ts'
import { upgradeEmbedded } from './upgrade.ts'

const oldBinDir = distributionBinDir()
const oldMajor = oldBinDir ? majorOf(oldBinDir, oldBinDir) : 0
const UPGRADE_MAIN = fileURLToPath(new URL('./testkit/upgrade-main.ts', import.meta.url))
const ROWS = 3000

let dir: string
const log = () => {}

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-upgrade-'))
})

afterEach(async () => {
  await waitForStop(dir)
  expect(serversOf(dir)).toEqual([])
  fs.rmSync(dir, { recursive: true })
})

/** The product's own schema with some rows, made by an older PostgreSQL. */
async function makeOld(): Promise<void> {
  const old = await openEmbedded({ dir, log, ...(oldBinDir ? { binDir: oldBinDir } : {}) })
  const database = openDatabase({ ...old.connection }, () => {})
  await migrate(database.db)
  await database.pool.query(
    `insert into settings select 'key ' || n, jsonb_build_object('n', n, 'text', 'é\n') from generate_series(1, ${ROWS}) n`,
  )
  await database.close()
  await old.close()
  await waitForStop(dir)
}

async function checkNew(): Promise<void> {
  const embedded = await openEmbedded({ dir, log })
  expect(embedded.version).toMatch(/^18\./)
  const { host } = embedded.connection
  const rows = await query(
    host,
    "select count(*)::int as n, sum((value->>'n')::int)::int as sum from settings",
  )
  expect(rows).toEqual([{ n: ROWS, sum: (ROWS * (ROWS + 1)) / 2 }])
  const database = openDatabase({ ...embedded.connection }, () => {})
  await migrate(database.db)
  await database.close()
  await embedded.close()
  await waitForStop(dir)
}

describe.runIf(oldBinDir !== undefined && oldMajor < 18)(
  'the upgrade to the major version that Holdfast brings',
  () => {
    it('is asked for, moves every row and keeps the old data', async () => {
      await makeOld()
      await expect(openEmbedded({ dir, log })).rejects.toMatchObject({ code: 'database-version' })
      const report = await upgradeEmbedded({ dir, log })
      expect(report).toMatchObject({
        fromVersion: oldMajor,
        toVersion: 18,
        keptDir: `${dir}/cluster-${oldMajor}`,
      })
      expect(report.rowCount).toBe(ROWS)
      await checkNew()
      expect(fs.existsSync(path.join(dir, `cluster-${oldMajor}`, 'PG_VERSION'))).toBe(true)
      expect(fs.readdirSync(dir).filter((name) => name.startsWith('upgrade.tar'))).toEqual([])
      expect(await upgradeEmbedded({ dir, log })).toMatchObject({ keptDir: null, rowCount: 0 })
    })

    it('is run again after it was killed at any moment', async () => {
      await makeOld()
      for (const afterMs of [400, 800, 1200, 1600, 2000, 2600]) {
        const upgrader = spawn(process.execPath, [UPGRADE_MAIN, dir], { stdio: 'ignore' })
        await sleep(afterMs)
        upgrader.kill('SIGKILL')
        if (upgrader.exitCode === null && upgrader.signalCode === null) await once(upgrader, 'exit')
        // Either not upgraded yet, or completely: an opening at once meets no half-made cluster.
        const opened = await openEmbedded({ dir, log }).catch((error) => error)
        if (opened instanceof Error) expect(opened).toMatchObject({ code: 'database-version' })
        else await opened.close()
      }
      await upgradeEmbedded({ dir, log })
      await checkNew()
    })

    it('waits for nobody who uses the database', async () => {
      const user = await openEmbedded({ dir, log })
      const client = new pg.Client(user.connection)
      await client.connect()
      await expect(upgradeEmbedded({ dir, log })).rejects.toMatchObject({ code: 'lock-held' })
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
      await client.end()
      await user.close()
    })

    it('says which programs are missing', async () => {
      fs.mkdirSync(path.join(dir, 'cluster-12'))
      fs.writeFileSync(path.join(dir, 'cluster-12/PG_VERSION'), '12\n')
      await expect(upgradeEmbedded({ dir, log })).rejects.toMatchObject({
        code: 'database-version',
        hint: expect.stringContaining('postgresql-12'),
      })
    })
  },
)
