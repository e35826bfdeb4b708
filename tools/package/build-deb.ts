import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../repo/repository.ts'
import { ARCHITECTURES, layOut } from './package-root.ts'
import { makeProductionTree } from './production-tree.ts'

export interface BuildOptions {
  /** Folder for the package; made if need be. */
  readonly out: string
  /** zstd is what dpkg of Debian 12 and Ubuntu 22.04 reads fastest; none is for tests. */
  readonly compression?: 'zstd' | 'none'
  /** Folder with the built web pages. */
  readonly web: string
}

export interface BuiltPackage {
  readonly file: string
  readonly version: string
  readonly sizeBytes: number
  readonly sha256: string
}

/**
 * Builds the Debian package for this machine's architecture. The same commit gives the same bytes: times are those of
 * SOURCE_DATE_EPOCH, else of the last commit.
 */
export function buildDeb({ out, compression = 'zstd', web }: BuildOptions): BuiltPackage {
  const architecture = ARCHITECTURES[process.arch]
  if (!architecture) throw new Error(`there is no package for ${process.arch}`)
  const version = debianVersion(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version)
  const epoch = sourceDate()
  const work = mkdtempSync(join(tmpdir(), 'holdfast-deb-'))
  try {
    const root = join(work, 'root')
    const program = join(root, 'usr/lib/holdfast')
    mkdirSync(program, { recursive: true })
    makeProductionTree(program, web)
    layOut(root, version, epoch)
    mkdirSync(out, { recursive: true })
    const file = join(out, `holdfast_${version}_${architecture}.deb`)
    const strength = compression === 'zstd' ? ['-z12'] : []
    execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, ...strength, '--build', root, file], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
      stdio: ['ignore', 'ignore', 2],
    })
    const content = readFileSync(file)
    const sha256 = createHash('sha256').update(content).digest('hex')
    return { file, version, sizeBytes: content.length, sha256 }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** `1.2.0-beta.1` comes before `1.2.0`, which Debian writes with a tilde. */
export function debianVersion(version: string): string {
  return version.replace('-', '~')
}

function sourceDate(): number {
  if (process.env.SOURCE_DATE_EPOCH) return Number(process.env.SOURCE_DATE_EPOCH)
  const args = ['-c', `safe.directory=${ROOT}`, 'log', '-1', '--format=%ct']
  return Number(execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }))
}
