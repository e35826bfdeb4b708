import { accessSync, constants, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { DEBIAN_PACKAGES, type DebianPackage } from './debian-packages.ts'

/** System programs stand in /usr/sbin, which is not in every user's PATH. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** Absolute path of a program in PATH or a system folder, or of the first file a pattern matches; else null. */
export function findProgram(program: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS]
  const candidates = program.startsWith('/')
    ? globSync(program).sort()
    : folders.filter((folder) => folder !== '').map((folder) => join(folder, program))
  return candidates.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The packages of which no program is there. */
export function missingPackages(
  packages: readonly DebianPackage[] = DEBIAN_PACKAGES,
  find: (program: string) => string | null = findProgram,
): DebianPackage[] {
  return packages.filter(({ programs }) => !programs.some((program) => find(program) !== null))
}
