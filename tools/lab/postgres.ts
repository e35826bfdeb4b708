import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openEmbedded, waitForStop } from '../../server/src/store/embedded/embedded.ts'
import { serverProcesses } from '../../server/src/store/embedded/server/processes.ts'

const DISTRIBUTION_DIR = '/usr/lib/postgresql'

export interface LabPostgres {
  /** Of the database `holdfast`. */
  readonly connection: pg.PoolConfig
  /** The same for an external server, as HOLDFAST_DATABASE_URL has it. */
  readonly url: string | undefined
  /** A fresh database of its own name, optionally a copy of another that nobody is connected to. */
  createTestDatabase(template?: string): Promise<TestDatabase>
  /** Stops the server; throws when a process of it is left. */
  stop(): Promise<void>
}

export interface TestDatabase {
  readonly connection: pg.PoolConfig & { database: string }
  drop(): Promise<void>
}

/**
 * A PostgreSQL server for tests. `embedded`: the product's own, in a temporary directory, safe settings and all.
 * `external`: the distribution's, over TCP with a password and a role without special rights, as an administrator
 * would provide it; its fsync is off, for speed.
 */
export async function startLabPostgres(kind: 'embedded' | 'external'): Promise<LabPostgres> {
  return kind === 'embedded' ? await startEmbedded() : await startExternal()
}

/** Directory of the programs of the newest PostgreSQL the distribution has; undefined when it has none. */
export function distributionBinDir(): string | undefined {
  if (!fs.existsSync(DISTRIBUTION_DIR)) return undefined
  const majors = fs.readdirSync(DISTRIBUTION_DIR).filter((name) => /^\d+$/.test(name))
  const dirs = majors
    .sort((left, right) => Number(right) - Number(left))
    .map((major) => `${DISTRIBUTION_DIR}/${major}/bin`)
  return dirs.find((dir) => fs.existsSync(`${dir}/initdb`))
}

async function startEmbedded(): Promise<LabPostgres> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-lab-'))
  const embedded = await openEmbedded({ dir, log: () => {} })
  const connection = { ...embedded.connection }
  return {
    connection,
    url: undefined,
    createTestDatabase: (template) => createTestDatabase(connection, template),
    async stop() {
      await embedded.close()
      await waitForStop(dir)
      checkForLeaks(path.join(dir, 'cluster-18'))
      fs.rmSync(dir, { recursive: true })
    },
  }
}

async function startExternal(): Promise<LabPostgres> {
  const binDir = distributionBinDir()
  if (!binDir) throw new Error(`no PostgreSQL server in ${DISTRIBUTION_DIR}: install the package postgresql`)
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-lab-'))
  const cluster = path.join(base, 'cluster')
  const password = randomBytes(12).toString('hex')
  const run = unprivileged()
  const passwordFile = path.join(base, 'password')
  fs.writeFileSync(passwordFile, password)
  if (run.identity)
    for (const file of [base, passwordFile]) fs.chownSync(file, run.identity.uid, run.identity.gid)
  execFileSync(
    `${binDir}/initdb`,
    [
      '-D',
      cluster,
      '-U',
      'admin',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
    ],
    { ...run.identity, stdio: 'ignore', cwd: '/' },
  )
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off']
  const [program = '', ...args] = [...run.drop, `${binDir}/postgres`, '-D', cluster]
  const server = spawn(program, [...args, ...settings.flatMap((setting) => ['-c', setting])], {
    cwd: '/',
    stdio: 'ignore',
  })
  const admin = { host: '127.0.0.1', port, user: 'admin', password, database: 'postgres' }
  await untilReady(admin, () => server.exitCode !== null)
  await execute(admin, `create role holdfast login createdb password '${password}'`)
  // A test drops its database by force, and an autovacuum worker that happens to be in it has no role that we could have.
  await execute(admin, 'grant pg_signal_backend to holdfast')
  await execute(admin, 'create database holdfast owner holdfast')
  const connection = { ...admin, user: 'holdfast', database: 'holdfast' }
  return {
    connection,
    url: `postgres://holdfast:${password}@127.0.0.1:${port}/holdfast`,
    createTestDatabase: (template) => createTestDatabase(connection, template),
    async stop() {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGINT')
        await once(server, 'exit')
      }
      checkForLeaks(cluster)
      fs.rmSync(base, { recursive: true })
    },
  }
}

/** Not as root, which PostgreSQL refuses; and never longer than this process lives. */
function unprivileged(): { identity: { uid: number; gid: number } | undefined; drop: string[] } {
  if (process.getuid?.() !== 0) return { identity: undefined, drop: ['setpriv', '--pdeathsig=INT'] }
  const [, , uid = '', gid = ''] = execFileSync('getent', ['passwd', 'nobody'], { encoding: 'utf8' }).split(
    ':',
  )
  const drop = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--pdeathsig=INT']
  return { identity: { uid: Number(uid), gid: Number(gid) }, drop }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function untilReady(admin: pg.ClientConfig, ended: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (ended()) throw new Error('the PostgreSQL server ended while it started')
    try {
      return await execute(admin, 'select 1')
    } catch {
      await sleep(50)
    }
  }
  throw new Error('the PostgreSQL server does not become ready')
}

async function createTestDatabase(server: pg.PoolConfig, template?: string): Promise<TestDatabase> {
  const database = `test_${randomBytes(6).toString('hex')}`
  const source = template ? ` template ${pg.escapeIdentifier(template)}` : ''
  await execute(server, `create database ${database}${source}`)
  return {
    connection: { ...server, database },
    drop: () => execute(server, `drop database ${database} with (force)`),
  }
}

async function execute(connection: pg.ClientConfig, sql: string): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(sql)
  } finally {
    await client.end().catch(() => {})
  }
}

function checkForLeaks(clusterDir: string): void {
  const left = serverProcesses([clusterDir])
  if (left.length > 0) throw new Error(`processes of the PostgreSQL server are left: ${left.join(', ')}`)
}
