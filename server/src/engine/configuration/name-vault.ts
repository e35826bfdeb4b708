import path from 'node:path'

/** Leaves room for a number within the length of a name. */
const LONGEST = 90

/** A name for the vault in a directory that nobody has named: like the directory, as far as a name may be so. */
export function nameVault(directory: string, taken: readonly string[]): string {
  const base =
    path
      .basename(directory)
      .slice(0, LONGEST)
      .replace(/[^\p{L}\p{N} ._+-]+/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '') || 'vault'
  let name = base
  for (let number = 2; taken.includes(name); number++) name = `${base} ${number}`
  return name
}
