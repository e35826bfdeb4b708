import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
/** What the web application is made of. */
const INPUTS = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'contract/src',
  'package-lock.json',
]
const OUTPUT = path.join(root, 'web/dist')
/** Not below web/dist: what is being built must not be served, nor what is served be gone meanwhile. */
const WORKSHOP = path.join(root, 'web/node_modules/.builds')

/** Builds the web application when a file it is made of is newer than the last build. Returns whether it did. */
export async function buildWebWhenStale(): Promise<boolean> {
  const built = await changedAt(path.join(OUTPUT, 'index.html'))
  const inputs = await Promise.all(INPUTS.map((input) => newestIn(path.join(root, input))))
  if (built > Math.max(...inputs)) return false
  process.stderr.write('building the web application\n')
  const begunAt = new Date()
  await mkdir(WORKSHOP, { recursive: true })
  const folder = await mkdtemp(path.join(WORKSHOP, 'dist-'))
  try {
    await build(path.join(folder, 'new'))
    // A change while it was being built makes it stale.
    await utimes(path.join(folder, 'new/index.html'), begunAt, begunAt)
    await rename(OUTPUT, path.join(folder, 'old')).catch(unless('ENOENT'))
    // Somebody else's build of the same moment is as good.
    await rename(path.join(folder, 'new'), OUTPUT).catch(unless('ENOTEMPTY'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return true
}

async function build(outDir: string): Promise<void> {
  const vite = path.join(root, 'node_modules/.bin/vite')
  try {
    const args = [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir']
    await promisify(execFile)(process.execPath, args, {
      cwd: path.join(root, 'web'),
      // Whatever this runs in, tests for instance: the build is for production.
      env: { ...process.env, NODE_ENV: 'production' },
    })
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string }
    throw new Error(`the web application could not be built:\n${stderr || message}`)
  }
  await compressAll(outDir)
}

function unless(code: string): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== code) throw error
  }
}

/** Compressed once here, rather than for every visitor. */
async function compressAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter(({ name }) => /\.(js|css|svg)$/.test(name))) {
    const file = path.join(entry.parentPath, entry.name)
    const content = await readFile(file)
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content))
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
  }
}

async function newestIn(place: string): Promise<number> {
  const facts = await stat(place).catch(() => null)
  if (!facts?.isDirectory()) return facts?.mtimeMs ?? 0
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  const times = await Promise.all(
    // A folder changes when a file in it goes, which nothing else would show.
    [...entries].map((entry) => changedAt(path.join(entry.parentPath, entry.name))),
  )
  return Math.max(facts.mtimeMs, ...times)
}

async function changedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0
}
