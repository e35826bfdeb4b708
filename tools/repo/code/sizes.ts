import { posix } from 'node:path'
import { isTest } from '../repository.ts'
import type { Violation } from '../violation.ts'
import type { CodeFile } from './parse-code.ts'

export const LIMITS = {
  fileLines: 500,
  largeFileLines: 300,
  largeFileShare: 0.1,
  medianFileLines: 90,
  functionOwnLines: 60,
  /** Markup is laid out one attribute a line. */
  componentOwnLines: 100,
  folderFiles: { min: 3, max: 14 },
  depthBelowSrc: 4,
} as const

const FORBIDDEN_FOLDERS = new Set([
  'utils',
  'helpers',
  'common',
  'shared',
  'core',
  'lib',
  'services',
  'managers',
])

/** Folders that may hold fewer or more files than others, each with the reason. */
export const FOLDER_EXCEPTIONS: Readonly<Record<string, string>> = {
  'server/src/e2e': 'a few tests of the whole server, which belong to no single part',
  'server/src/store/migrations': 'one file for each migration there ever was',
  'tools/bench': 'one file for each thing that is measured',
}

/** A migration is frozen once it is released and read from top to bottom; a table of cases in a test is meant to be long. */
function mayHaveLongFunctions(path: string): boolean {
  return isTest(path) || path.startsWith('server/src/store/migrations/')
}

type Limits = {
  [Key in keyof typeof LIMITS]: (typeof LIMITS)[Key] extends number ? number : { min: number; max: number }
}

/** Files, functions and folders that outgrew what one person reads in one go. */
export function sizeViolations(files: readonly CodeFile[], limits: Limits = LIMITS): Violation[] {
  return [
    ...fileViolations(files, limits),
    ...files.flatMap((file) => functionViolations(file, limits)),
    ...folderViolations(
      files.map(({ path }) => path),
      limits,
    ),
  ]
}

function fileViolations(files: readonly CodeFile[], limits: Limits): Violation[] {
  const bySize = files.toSorted((a, b) => a.lineCount - b.lineCount)
  const median = bySize[Math.floor((bySize.length - 1) / 2)]?.lineCount ?? 0
  const large = bySize.filter(({ lineCount }) => lineCount >= limits.largeFileLines)
  const violations: Violation[] = bySize
    .filter(({ lineCount }) => lineCount >= limits.fileLines)
    .map(({ path, lineCount }) => ({
      where: path,
      what: `has ${lineCount} lines`,
      why: `a file stays under ${limits.fileLines} lines: split it by concept`,
    }))
  if (large.length > files.length * limits.largeFileShare)
    violations.push({
      where: `${large.length} of ${files.length} files`,
      what: `have ${limits.largeFileLines} lines or more: ${large.map(({ path }) => path).join(', ')}`,
      why: `at most ${limits.largeFileShare * 100} % may`,
    })
  if (median > limits.medianFileLines)
    violations.push({
      where: `${files.length} files`,
      what: `have a median of ${median} lines`,
      why: `at most ${limits.medianFileLines}: one concept a file`,
    })
  return violations
}

function functionViolations(file: CodeFile, limits: Limits): Violation[] {
  if (mayHaveLongFunctions(file.path)) return []
  const most = file.path.endsWith('.tsx') ? limits.componentOwnLines : limits.functionOwnLines
  return file.functions
    .filter(({ ownLines }) => ownLines > most)
    .map(({ name, line, ownLines }) => ({
      where: `${file.path}:${line}`,
      what: `${name} has ${ownLines} lines of its own`,
      why: `at most ${most}, not counting the functions inside it`,
    }))
}

function folderViolations(paths: readonly string[], limits: Limits): Violation[] {
  const violations: Violation[] = []
  for (const [folder, { files, folders }] of foldersOf(paths)) {
    const { min, max } = limits.folderFiles
    const name = posix.basename(folder)
    if (FORBIDDEN_FOLDERS.has(name) && !folder.startsWith('web/'))
      violations.push({
        where: folder,
        what: `is called ${name}`,
        why: 'that name says nothing: name the topic',
      })
    const below = folder.split('/src/')[1]?.split('/').length ?? 0
    if (below > limits.depthBelowSrc)
      violations.push({
        where: folder,
        what: `lies ${below} deep below src`,
        why: `at most ${limits.depthBelowSrc}: nobody finds what lies deeper`,
      })
    if (folder in FOLDER_EXCEPTIONS) continue
    if (files.size > max)
      violations.push({
        where: folder,
        what: `holds ${files.size} files`,
        why: `at most ${max}: part it by topic`,
      })
    if (files.size < min && folders.size === 0 && name !== 'testkit')
      violations.push({
        where: folder,
        what: `holds ${files.size} ${files.size === 1 ? 'file' : 'files'}`,
        why: `at least ${min}: move what it holds up a folder`,
      })
  }
  return violations
}

/** Code files and folders directly in each folder from a workspace's `src`, or `tools`, downwards. */
function foldersOf(paths: readonly string[]): Map<string, { files: Set<string>; folders: Set<string> }> {
  const found = new Map<string, { files: Set<string>; folders: Set<string> }>()
  const at = (folder: string) => {
    const there = found.get(folder) ?? { files: new Set(), folders: new Set() }
    found.set(folder, there)
    return there
  }
  for (const path of paths) {
    let folder = posix.dirname(path)
    at(folder).files.add(path)
    while (!/(^|\/)(src|tools)$/.test(folder) && folder !== '.') {
      at(posix.dirname(folder)).folders.add(folder)
      folder = posix.dirname(folder)
    }
  }
  return found
}
