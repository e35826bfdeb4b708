import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import type { FileLock } from '../../kit/flock.ts'
import { type Account, makeServerDir } from './server/account.ts'
import type { Standpoint } from './server/standpoint.ts'

export const DATABASE_USER = 'holdfast'

/** The first major version with a locale provider of its own, which no update of the C library can change. */
const BUILTIN_LOCALE_MAJOR = 17

/** Major versions there are clusters of, ascending. */
export function clusterMajors(dir: string): number[] {
  return fs
    .readdirSync(dir)
    .flatMap((name) => /^cluster-(\d+)$/.exec(name)?.[1] ?? [])
    .filter((major) => fs.existsSync(path.join(dir, `cluster-${major}`, 'PG_VERSION')))
    .map(Number)
    .sort((left, right) => left - right)
}

/**
 * Refuses (`database-version`) when the data belongs to another major version: an old one waits for the upgrade command,
 * a newer one means that its data would silently be missing here. An older cluster beside the right one is what an
 * upgrade left behind.
 */
export function checkClusterMajor(dir: string, major: number): void {
  const majors = clusterMajors(dir)
  const newest = majors.at(-1)
  if (newest === undefined || newest === major) return
  throw new HoldfastError(
    'database-version',
    `the data in ${dir} was made by PostgreSQL ${newest}, this Holdfast brings PostgreSQL ${major}`,
    { details: { found: newest, expected: major } },
  )
}

/**
 * Makes an empty cluster in one step: a crash leaves none, not half a one. initdb and the programs it starts inherit the
 * server's lock: if we are killed, the next starter waits until they have left the directory it is about to remove.
 */
export async function createCluster(options: {
  clusterDir: string
  binDir: string
  major: number
  account: Account | null
  standpoint: Standpoint
  serverLock: FileLock
}): Promise<void> {
  const { clusterDir, standpoint } = options
  const temporary = `${clusterDir}.new`
  fs.rmSync(temporary, { recursive: true, force: true })
  makeServerDir(temporary, options.account)
  const dir = path.dirname(clusterDir)
  const locale =
    options.major >= BUILTIN_LOCALE_MAJOR ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  const initdb = [
    seenFrom(standpoint, dir, path.join(options.binDir, 'initdb')),
    `--pgdata=${seenFrom(standpoint, dir, temporary)}`,
    `--username=${DATABASE_USER}`,
    ...['--auth=trust', '--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions'],
    ...locale,
  ]
  await run([...standpoint.enter, ...standpoint.drop('KILL'), ...initdb], options.serverLock)
  fs.renameSync(temporary, clusterDir)
  syncDir(dir)
}

/** The path under which the server sees `file`; one outside of `dir` is the same for both. */
export function seenFrom(standpoint: Standpoint, dir: string, file: string): string {
  const relative = path.relative(dir, file)
  return relative.startsWith('..') ? file : path.join(standpoint.dir, relative)
}

export function syncDir(dir: string): void {
  const fd = fs.openSync(dir, 'r')
  fs.fsyncSync(fd)
  fs.closeSync(fd)
}

export const SERVER_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
}

async function run([program = '', ...args]: readonly string[], lock: FileLock): Promise<void> {
  const child = spawn(program, args, {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', lock.fd],
    env: SERVER_ENVIRONMENT,
  })
  let output = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-4000)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  throw new HoldfastError('command-failed', 'initdb could not make the embedded database', {
    details: { exitCode: code, output },
  })
}

/** All clusters of a directory, also those an upgrade is working on. */
export function clusterDirs(dir: string): string[] {
  return fs
    .readdirSync(dir)
    .filter((name) => name.startsWith('cluster-'))
    .map((name) => path.join(dir, name))
}
