import fs from 'node:fs'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import pg from 'pg'
import { type FileLock, lockFile } from '../../kit/flock.ts'
import { migrate } from '../database.ts'
import { exportDatabase } from '../transfer/export.ts'
import { importDatabase } from '../transfer/import.ts'
import { findOldBinaries, installBinaries, majorOf } from './binaries.ts'
import { clusterMajors, createCluster, syncDir } from './cluster.ts'
import { prepareDir, socketOf, waitForStop } from './embedded.ts'
import { clusterDirOf, type EmbeddedLog, type Layout } from './layout.ts'
import { serverAccount } from './server/account.ts'
import { ensureServer } from './server/ensure.ts'
import { connectionTo } from './server/readiness.ts'
import { standpointFor } from './server/standpoint.ts'

/** Longer than a keeper waits for its server's end, in case the last user has only just gone. */
const IDLE_WAIT_MS = 15_000

const EXPORT_NAME = 'upgrade.tar.zst'

export type UpgradeReport = {
  /** Major versions; equal when there was nothing to do. */
  fromVersion: number
  toVersion: number
  tableCount: number
  rowCount: number
  /** The old data, untouched, for whoever wants to go back; null when there was nothing to do. */
  keptDir: string | null
}

export interface UpgradeOptions {
  dir: string
  log: EmbeddedLog
  /** Directory with the new `postgres` and `initdb`, instead of the ones found. */
  binDir?: string
}

/**
 * Moves the data of the embedded database to the major version that this Holdfast brings, by export and import. The old
 * cluster is only read. The new one gets its final name as the last step, after every table was compared: killed before
 * that, the upgrade is simply run again. Nobody may use the database meanwhile (`lock-held`).
 */
export async function upgradeEmbedded(options: UpgradeOptions): Promise<UpgradeReport> {
  const layout = prepareDir(options.dir)
  const users = await lockFile(layout.usersLock, 'exclusive', IDLE_WAIT_MS)
  if (!users) {
    throw new HoldfastError('lock-held', 'the embedded database is in use', {
      hint: 'Stop every worker and command of Holdfast on this machine and start again.',
    })
  }
  try {
    await waitForStop(layout.dir)
    return await upgrade(layout, options)
  } finally {
    users.release()
  }
}

async function upgrade(layout: Layout, { log, binDir }: UpgradeOptions): Promise<UpgradeReport> {
  const { dir } = layout
  const newBinDir = binDir ?? installBinaries(dir)
  const toVersion = majorOf(newBinDir, dir)
  const fromVersion = clusterMajors(dir).at(-1) ?? toVersion
  for (const name of fs.readdirSync(dir)) {
    if (name.startsWith(EXPORT_NAME)) fs.rmSync(path.join(dir, name))
  }
  if (fromVersion === toVersion) return { fromVersion, toVersion, tableCount: 0, rowCount: 0, keptDir: null }
  const oldBinDir = findOldBinaries(dir, fromVersion)
  if (fromVersion > toVersion || !oldBinDir) throw cannotUpgrade(dir, fromVersion, toVersion)

  const oldDir = clusterDirOf(dir, fromVersion)
  const newDir = clusterDirOf(dir, toVersion)
  const temporaryDir = `${newDir}.upgrade`
  const file = path.join(dir, EXPORT_NAME)
  log('upgrade: exporting the old database', { fromVersion, toVersion })
  await withServer(layout, oldDir, oldBinDir, log, async (pool) => {
    await exportDatabase({ pool, file })
  })
  fs.rmSync(temporaryDir, { recursive: true, force: true })
  log('upgrade: loading the new database', { fromVersion, toVersion })
  const manifest = await withServer(layout, temporaryDir, newBinDir, log, async (pool) => {
    const migrateTo = async (names: string[], db: Parameters<typeof migrate>[0]) => migrate(db, names.at(-1))
    return await importDatabase({ pool, file, replace: false, migrateTo })
  })
  fs.renameSync(temporaryDir, newDir)
  syncDir(dir)
  fs.rmSync(file)
  const rowCount = manifest.tables.reduce((sum, table) => sum + table.rowCount, 0)
  log('upgrade: done, the old database is kept', { keptDir: oldDir, rowCount })
  return { fromVersion, toVersion, tableCount: manifest.tables.length, rowCount, keptDir: oldDir }
}

/** A server of its own with its own users' lock: it ends with `work`, or with this process. */
async function withServer<T>(
  layout: Layout,
  clusterDir: string,
  binDir: string,
  log: EmbeddedLog,
  work: (pool: pg.Pool) => Promise<T>,
): Promise<T> {
  const { dir, upgradeLock } = layout
  const users = await lockFile(upgradeLock, 'shared', IDLE_WAIT_MS)
  if (!users) throw new HoldfastError('lock-held', 'an earlier upgrade is still ending')
  const socket = socketOf(layout)
  const connection = connectionTo(socket.host)
  const account = serverAccount(dir, clusterDir)
  const standpoint = standpointFor(dir, account)
  const prepare = async (serverLock: FileLock) => {
    const major = majorOf(binDir, dir)
    if (!fs.existsSync(clusterDir)) {
      await createCluster({ clusterDir, binDir, major, account, standpoint, serverLock })
    }
    return { layout, clusterDir, binDir, account, standpoint, usersLock: upgradeLock }
  }
  const pool = new pg.Pool({ ...connection, max: 2 })
  // Idle connections break when the server ends; what is in use fails by itself.
  pool.on('error', () => {})
  try {
    await ensureServer({ layout, clusterName: path.basename(clusterDir), connection, log, prepare })
    return await work(pool)
  } finally {
    await pool.end()
    socket.release()
    users.release()
    await waitForStop(dir)
  }
}

function cannotUpgrade(dir: string, from: number, to: number): HoldfastError {
  const hint =
    from > to
      ? `Install a version of Holdfast that brings PostgreSQL ${from}.`
      : `Install the package postgresql-${from} and start again.`
  return new HoldfastError(
    'database-version',
    `the data in ${dir} cannot be moved from PostgreSQL ${from} to ${to}`,
    {
      hint,
      details: { from, to },
    },
  )
}
