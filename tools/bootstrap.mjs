// Starts a program of this repository on the Node that the lockfile brings, installing the dependencies first when
// they are missing. Plain JavaScript without dependencies: the Node of the distribution (20 or newer) must run it.
//   node tools/bootstrap.mjs [node options] program.ts [arguments]
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_GLIBC = [2, 28]
const INSTALL = '--install-holding-lock'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const node = join(root, 'node_modules', '.bin', 'node')

/** One `--` between program and arguments is eaten, so that `npm run x -- args` and `node … -- args` mean the same. */
function programArguments(argv) {
  const separator = argv.indexOf('--')
  return separator < 0 ? argv : [...argv.slice(0, separator), ...argv.slice(separator + 1)]
}

function stop(message, hint) {
  process.stderr.write(`${hint}\n${message}\n`)
  process.exit(2)
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * Why an installation is needed, or null. Compares what npm noted down about node_modules with the lockfile, not file
 * times: a checkout gives every file a new time. Development packages count only for the tools, so that an
 * installation with --omit=dev can start the server.
 */
function reasonToInstall(needsDevelopmentPackages) {
  const installed = readLock('node_modules/.package-lock.json')
  if (!installed) return 'node_modules is missing'
  for (const [path, entry] of Object.entries(readLock('package-lock.json') ?? {})) {
    if (!path.startsWith('node_modules/') || entry.link) continue
    const there = installed[path]
    if (there && there.version !== entry.version) return `${path} is not at version ${entry.version}`
    const isWanted = !entry.optional && (needsDevelopmentPackages || !entry.dev) && !entry.peer
    if (!there && isWanted) return `${path} is missing`
  }
  return null
}

function refuseUnsupportedMachine() {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
    stop(`this is ${process.platform} on ${process.arch}`, 'Holdfast runs on Linux on x64 or arm64.')
  process.report.excludeNetwork = true
  const glibc = process.report.getReport().header.glibcVersionRuntime
  const [major = 0, minor = 0] = (glibc ?? '').split('.').map(Number)
  if (major < OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor < OLDEST_GLIBC[1]))
    stop(
      glibc
        ? `this system has glibc ${glibc}`
        : 'this system has no glibc (Alpine and other musl systems do not)',
      `Holdfast needs glibc ${OLDEST_GLIBC.join('.')} or newer: Debian 10, Ubuntu 20.04, RHEL 8 or later.`,
    )
}

/** What NODE_ENV=production or an npmrc with omit= leaves out would be missing again at every start. */
const NPM_CI = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']

/**
 * Installs under a lock on the folder of the checkout, which the kernel releases however its holder ends: a second start
 * waits, and then finds everything in place. `flock` belongs to util-linux; without it there is no lock.
 */
function install(program) {
  refuseUnsupportedMachine()
  const self = [process.execPath, fileURLToPath(import.meta.url), INSTALL, program]
  const stdio = { stdio: ['ignore', 2, 2] }
  let ran = spawnSync('flock', [root, ...self], stdio)
  if (ran.error?.code === 'ENOENT') ran = spawnSync(self[0], self.slice(1), stdio)
  if (ran.error) stop(String(ran.error.message), 'Run `npm ci` by hand.')
  if (ran.status !== 0) process.exit(ran.status ?? 1)
}

/** The part of {@link install} behind the lock, in a process of its own. */
function installHoldingLock(program) {
  const reason = reasonToInstall(isTool(program))
  if (!reason) return
  process.stderr.write(`npm ci (${reason})\n`)
  const ran = spawnSync('npm', NPM_CI, { cwd: root, stdio: ['ignore', 2, 2] })
  if (ran.error) stop(String(ran.error.message), 'Install npm 10 or newer, then run this again.')
  if (ran.status !== 0) process.exit(ran.status ?? 1)
  const still = reasonToInstall(isTool(program))
  if (still)
    stop(`${still} although npm ci ended well`, 'Look at the npm settings of this user: `npm config list`.')
}

function isTool(program) {
  return /^tools[/\\]/.test(program)
}

/**
 * Node keeps in NODE_COMPILE_CACHE what it has compiled, which halves the time of a start. As in `holdfast`: only for the
 * user whose installation it is, and only where nobody else may write.
 */
function compileCache() {
  if (process.env.NODE_COMPILE_CACHE !== undefined) return {}
  const modules = join(root, 'node_modules')
  const caches = join(modules, '.cache')
  const cache = join(caches, 'holdfast')
  if (lstatSync(modules).uid !== process.getuid()) return {}
  make(caches, 0o755)
  make(cache, 0o700)
  return isOurs(caches) && isOurs(cache) ? { NODE_COMPILE_CACHE: cache } : {}
}

function make(folder, mode) {
  try {
    mkdirSync(folder, mode)
  } catch {
    // It is there, or this user may not make it: what is looked at is how it is.
  }
}

function isOurs(folder) {
  try {
    const found = lstatSync(folder)
    return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0
  } catch {
    return false
  }
}

function startProgram(program, argv) {
  // Tools start many programs, and are changed all the time.
  const cache = isTool(program) ? {} : compileCache()
  const child = spawn(node, argv, {
    stdio: 'inherit',
    env: { ...process.env, ...cache, PATH: `${dirname(node)}:${process.env.PATH ?? ''}` },
  })
  // A terminal sends Ctrl-C to the child as well; a second one would look like impatience.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => stop(error.message, 'Remove node_modules and run this again.'))
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    } else process.exit(code ?? 1)
  })
}

function start(argv) {
  const program = argv.find((argument) => !argument.startsWith('-'))
  if (!program) stop('no program named', 'Use: node tools/bootstrap.mjs PROGRAM [ARGUMENTS]')
  if (reasonToInstall(isTool(program))) install(program)
  if (!existsSync(node)) {
    refuseUnsupportedMachine()
    stop(
      `${node} is missing`,
      'Remove node_modules and run this again: optional packages must not be omitted.',
    )
  }
  startProgram(program, argv)
}

const [first, program] = process.argv.slice(2)
if (first === INSTALL) installHoldingLock(program)
else start(programArguments(process.argv.slice(2)))
