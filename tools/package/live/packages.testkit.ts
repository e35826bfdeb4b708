import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../repo/repository.ts'
import { buildWebWhenStale } from '../../web/build-when-stale.ts'
import { buildDeb } from '../build-deb.ts'
import { CACHE } from './debian-tree.testkit.ts'

const INPUTS = [
  ...['package.json', 'package-lock.json', 'holdfast', 'README.md', '.npmrc'],
  'tools/package/{build-deb,package-root,production-tree}.ts',
]
const FOLDERS = [
  'contract',
  'server/src',
  'server/package.json',
  'deploy',
  'docs',
  'tools/package',
  'web/dist',
]

/** One build serves all tests for as long as nothing that goes into it changes. */
export async function builtPackage(): Promise<string> {
  await buildWebWhenStale()
  const folder = join(CACHE, 'packages', fingerprint())
  if (!existsSync(folder)) {
    await rm(join(CACHE, 'packages'), { recursive: true, force: true })
    await mkdir(join(CACHE, 'packages'), { recursive: true })
    const work = await mkdtemp(join(CACHE, 'making-'))
    try {
      buildDeb({ out: work, compression: 'none', web: join(ROOT, 'web/dist') })
      await rename(work, folder)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }
  const [name = ''] = await readdir(folder)
  return join(folder, name)
}

function fingerprint(): string {
  const hash = createHash('sha256')
  const patterns = [...INPUTS, ...FOLDERS.flatMap((folder) => [folder, `${folder}/**`])]
  for (const path of globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules'] }).sort()) {
    const file = join(ROOT, path)
    if (!statSync(file).isFile()) continue
    hash.update(`${path}\0${statSync(file).mode}\0`).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

/** The version of the package that {@link newerPackage} makes. */
export const NEWER = '9.0.0'

/** What the settings file of the newer version says beside all that it said before. */
export const NEW_SETTING = '#HOLDFAST_LOG_LEVEL=debug'

/**
 * The same program as a later version would be: another number, a table more, a settings file and sudo rules that say
 * more. `folder` is to hold it.
 */
export async function newerPackage(built: string, folder: string): Promise<string> {
  const root = join(folder, 'newer')
  execFileSync('dpkg-deb', ['--raw-extract', built, root])
  await edit(join(root, 'DEBIAN/control'), /^Version: .*$/m, `Version: ${NEWER}`)
  await edit(join(root, 'usr/lib/holdfast/server/package.json'), /"version": ".*"/, `"version": "${NEWER}"`)
  const migrations = join(root, 'usr/lib/holdfast/server/src/store/migrations')
  await edit(
    join(migrations, 'index.ts'),
    /\n\}\n$/,
    "\n  '900-later': { up: (db) => db.schema.createTable('later').addColumn('id', 'text').execute() },\n}\n",
  )
  await appendFile(join(root, 'etc/holdfast/holdfast.env'), `\n${NEW_SETTING}\n`)
  await appendFile(join(root, 'etc/sudoers.d/holdfast'), '# Later.\n')
  const file = join(folder, 'newer.deb')
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', root, file], { stdio: 'ignore' })
  await rm(root, { recursive: true })
  return file
}

async function edit(file: string, pattern: RegExp, replacement: string): Promise<void> {
  const before = await readFile(file, 'utf8')
  const after = before.replace(pattern, replacement)
  if (after === before) throw new Error(`nothing to replace in ${file}`)
  await writeFile(file, after)
}
