import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
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
const OUTPUT = 'web/dist/index.html'

/** Builds the web application when a file it is made of is newer than the last build. Returns whether it did. */
export async function buildWebWhenStale(): Promise<boolean> {
  const built = await changedAt(path.join(root, OUTPUT))
  const inputs = await Promise.all(INPUTS.map((input) => newestIn(path.join(root, input))))
  if (built > Math.max(...inputs)) return false
  process.stderr.write('building the web application\n')
  const vite = path.join(root, 'node_modules/.bin/vite')
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: path.join(root, 'web'),
      // Whatever this runs in, tests for instance: the build is for production.
      env: { ...process.env, NODE_ENV: 'production' },
    })
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string }
    throw new Error(`the web application could not be built:\n${stderr || message}`)
  }
  await compressAll(path.join(root, 'web/dist'))
  return true
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
