import { spawnSync } from 'node:child_process'
import { chmodSync, globSync, readdirSync, symlinkSync } from 'node:fs'
import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { basename, join } from 'node:path'

/**
 * Run once by whoever installs a package, as root and with NODE_COMPILE_CACHE set: loads every module of the server and
 * keeps what Node compiles of them, for root to change and for everybody to read. Node has a folder for each user id there;
 * those named as arguments are led to the one of this process.
 */
const SOURCES = join(import.meta.dirname, '..')
const NOT_FOR_PRODUCTION =
  /\.(test|it|testkit)\.ts$|(^|\/)testkit\/|(^|\/)(test-\w+|contract-suite)\.ts$|\.d\.ts$/

const folder = getCompileCacheDir()
if (folder === undefined) throw new Error('NODE_COMPILE_CACHE names no folder that can be written')
for (const name of globSync('**/*.ts', { cwd: SOURCES })) {
  const file = join(SOURCES, name)
  const isStarted = name === 'main.ts' || file === import.meta.filename
  if (!isStarted && !NOT_FOR_PRODUCTION.test(name)) await import(file)
}
flushCompileCache()
// Loading it would start it.
spawnSync(process.execPath, [...process.execArgv, join(SOURCES, 'main.ts'), '--version'], { stdio: 'ignore' })
for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
chmodSync(folder, 0o755)
for (const user of process.argv.slice(2)) symlinkSync(basename(folder), folder.replace(/\d+$/, user))
