import { execFileSync } from 'node:child_process'
import { ROOT } from '../repository.ts'
import type { Violation } from '../violation.ts'

const SOURCE_FOLDERS = ['contract', 'server', 'web', 'tools', 'docs', 'examples', 'deploy']

/** Files below the folders of sources that git leaves out: they work here and are missing in every clone. */
export function ignoredSources(root: string = ROOT): Violation[] {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--', ...SOURCE_FOLDERS]
  const listed = execFileSync('git', ['-c', `safe.directory=${root}`, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  return listed
    .split('\0')
    .filter((path) => path !== '' && !/(^|\/)node_modules\/|^web\/dist\//.test(path))
    .map((path) => ({
      where: path,
      what: 'is ignored by git',
      why: 'a clone would lack it; anchor the line of .gitignore with a leading /',
    }))
}
