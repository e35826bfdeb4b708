import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Absolute path of the checkout. */
export const ROOT = join(import.meta.dirname, '..', '..')

export interface SourceText {
  /** Relative to the checkout, with forward slashes. */
  path: string
  text: string
}

/**
 * Paths of all files that are, or would be, part of a commit. `safe.directory` because a checkout in a container often
 * belongs to another user, and git refuses to list it otherwise.
 */
export function repositoryPaths(root: string = ROOT): string[] {
  const listed = execFileSync(
    'git',
    ['-c', `safe.directory=${root}`, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  const paths = new Set(listed.split('\0').filter((path) => path !== ''))
  return [...paths].filter((path) => existsSync(join(root, path))).sort()
}

/** Reads the files that hold text; one with a NUL byte is taken for binary and left out. */
export function readTexts(paths: readonly string[], root: string = ROOT): SourceText[] {
  const texts: SourceText[] = []
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8')
    if (!text.includes('\0')) texts.push({ path, text })
  }
  return texts
}

const CODE = /^(server\/src|contract\/src|web\/src|tools)\/.+\.(ts|tsx|mjs)$/

/** Our own code, as opposed to configuration, documentation and recorded test data. */
export function isCode(path: string): boolean {
  return CODE.test(path) && !path.includes('/testdata/')
}

const TEST_FILE = /(\.(test|it|testkit)|-suite|\/test-[a-z-]+)\.tsx?$/
const TEST_FOLDER = /\/(testdata|testkit)\//

/** Tests and what only they import: `x.test.ts`, `x.it.ts`, `x-suite.ts`, `x.testkit.ts`, `test-x.ts`, folder testkit. */
export function isTest(path: string): boolean {
  return TEST_FILE.test(path) || TEST_FOLDER.test(path)
}

/** Every code file of the repository. */
export function codeTexts(): SourceText[] {
  return readTexts(repositoryPaths().filter(isCode))
}
