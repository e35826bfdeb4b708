import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { ROOT } from '../repo/repository.ts'

/** What npm needs to install the packages of the lockfile for the server. */
const MANIFESTS = [
  'package.json',
  'package-lock.json',
  '.npmrc',
  'contract/package.json',
  'server/package.json',
  'web/package.json',
]

/** Code that runs in production, as opposed to tests and what supports them. */
const isTestCode = (path: string) =>
  /(^|\/)(testkit|testdata)\/|\.(test|it|testkit)\.tsx?$|\/(test-bench|test-context|contract-suite)\.ts$/.test(
    path,
  )

/** Installed beside the server by npm, but read by nobody while it runs: paths below node_modules. */
const NEEDLESS = ['typescript', '@typescript', '@types', 'bintrees/test', '.package-lock.json']
const NEEDLESS_OF_NODE = ['include', 'share', 'CHANGELOG.md', 'README.md']
const NEEDLESS_FILES = /\.(d\.[cm]?ts|map|a)$|\.(d\.[cm]?ts)\.map$|\/(pkgconfig|include|\.eslintrc\.\w+)$/
/** Folders directly below a package, and files by which its authors develop it. */
const NEEDLESS_OF_AUTHORS =
  /node_modules\/(@[^/]+\/)?[^/@]+\/(tests?|benchmarks?|examples?|integration|spec|docs|index\.html|\.[a-z][^/]*)$/
/** Server languages that need interpreters of the distribution, and what builds and tests extensions. */
const NEEDLESS_OF_POSTGRES = /\/postgresql\/(pgxs|\w*(plperl|plpython3|pltcl)\.so)$/
/** All that is started by its path. */
const PROGRAMS = /\/native\/bin\/\w+$|\/node-linux-\w+\/bin\/node$/

/** npm tells the programs it starts about itself; another npm below it would take that for its own settings. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$|^INIT_CWD$/.test(name)),
  )
}

function run(program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, env: cleanEnvironment(), stdio: ['ignore', 2, 2] })
}

/**
 * Makes a tree that runs as it is: the sources of server and contract, the built web pages, and the packages of the
 * lockfile without development packages. The layout is that of the repository, since Node runs TypeScript only outside
 * of folders called node_modules. `web` names the folder of the built web pages.
 */
export function makeProductionTree(target: string, web: string): void {
  for (const path of MANIFESTS) copy(path, target)
  const args = ['ci', '--omit=dev', '--include=optional', '--ignore-scripts', '--prefer-offline']
  const workspaces = ['--workspace=contract', '--workspace=server', '--include-workspace-root']
  run('npm', [...args, ...workspaces, '--no-audit', '--no-fund'], target)
  for (const folder of ['contract/src', 'server/src']) copyCode(folder, target)
  copy('holdfast', target)
  cpSync(web, join(target, 'web/dist'), { recursive: true })
  // For other machines to fetch: scripts that keep Veeam and copies apart.
  cpSync(join(ROOT, 'deploy/windows'), join(target, 'deploy/windows'), { recursive: true })
  for (const path of ['package-lock.json', '.npmrc', 'web/package.json']) rmSync(join(target, path))
  prune(join(target, 'node_modules'))
}

function copyCode(folder: string, target: string): void {
  for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
    const path = relative(ROOT, join(entry.parentPath, entry.name))
    if (entry.isFile() && !isTestCode(path)) copy(path, target)
  }
}

function copy(path: string, target: string): void {
  mkdirSync(dirname(join(target, path)), { recursive: true })
  cpSync(join(ROOT, path), join(target, path))
}

function prune(modules: string): void {
  const node = `node-linux-${process.arch}`
  const needless = [...NEEDLESS, ...NEEDLESS_OF_NODE.map((name) => `${node}/${name}`)]
  for (const path of needless) rmSync(join(modules, path), { recursive: true, force: true })
  for (const name of readdirSync(modules))
    if (name.startsWith('node-linux-') && name !== node) rmSync(join(modules, name), { recursive: true })
  // Of the programs only Node is called by its link, which older npm does not make; the others would dangle or mislead.
  rmSync(join(modules, '.bin'), { recursive: true, force: true })
  mkdirSync(join(modules, '.bin'))
  symlinkSync(`../${node}/bin/node`, join(modules, '.bin/node'))
  for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!existsSync(path)) continue
    if ([NEEDLESS_FILES, NEEDLESS_OF_AUTHORS, NEEDLESS_OF_POSTGRES].some((needless) => needless.test(path)))
      rmSync(path, { recursive: true })
    else if (entry.isFile() && !PROGRAMS.test(path)) chmodSync(path, 0o644)
  }
}
