import { lstatSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { type BytePath, fsPath, heardPaths, toBytePath } from '../../../clients/disks/byte-path.ts'
import { isInside } from '../../../kit/mounts.ts'
import type { Generation } from '../on-vault/generations.ts'
import { readListing } from '../on-vault/read-listing.ts'

/** Lines of a listing that are looked at before others get their turn. */
const LINES_AT_ONCE = 5000

/** Paths inside the restore point, cleaned; one that is absolute or goes up anywhere is refused. */
export function cleanPaths(paths: readonly string[] | null): string[] | null {
  if (paths === null) return null
  const wrong = paths.filter(
    (path) => path === '' || isAbsolute(path) || path.split('/').includes('..') || path.includes('\0'),
  )
  if (wrong.length > 0) {
    throw wrongPaths('a path to restore is relative to the restore point, without ".."', wrong)
  }
  return paths.map((path) => {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.')
    return parts.join('/') || '.'
  })
}

function wrongPaths(why: string, paths: readonly string[]): HoldfastError {
  const names = paths.map((path) => JSON.stringify(path)).join(', ')
  return new HoldfastError('config-invalid', `${why}: ${names}`, {
    hint: 'Look at the TREE of the restore point for the names it holds.',
    details: { paths: [...paths] },
  })
}

/** Which of some paths a restore point holds as entries of their own. A listing never leads through a symlink. */
async function findEntries(
  generation: Generation,
  wanted: ReadonlySet<BytePath>,
): Promise<Map<BytePath, string>> {
  const found = new Map<BytePath, string>()
  let count = 0
  for (const line of readListing(generation)) {
    if (line && wanted.has(line.path)) found.set(line.path, line.type)
    count += 1
    if (count % LINES_AT_ONCE === 0) await setImmediate()
  }
  return found
}

/**
 * The entries that the paths asked for name. Each must be one that the restore point lists, reached by directories alone:
 * through a symlink in it the copy would read this machine instead. Throws `config-invalid` and names those that are not.
 */
export async function findPaths(generation: Generation, paths: readonly string[]): Promise<BytePath[]> {
  const found = await findEntries(generation, new Set(paths.flatMap(heardPaths)))
  const wrong: string[] = []
  const right = new Set<BytePath>()
  for (const path of paths) {
    const entries = heardPaths(path).filter(
      (heard) => found.has(heard) && !leadsThroughLink(generation, heard),
    )
    if (entries.length === 0) wrong.push(path)
    for (const entry of entries) right.add(entry)
  }
  if (wrong.length > 0) throw wrongPaths('the restore point does not hold every path asked for', wrong)
  return [...right]
}

function leadsThroughLink(generation: Generation, path: BytePath): boolean {
  const parts = path.split('/')
  const data = toBytePath(join(generation.directory, 'data'))
  return parts.slice(1).some((_, index) => {
    const parent = fsPath(`${data}/${parts.slice(0, index + 1).join('/')}`)
    return !lstatSync(parent, { throwIfNoEntry: false })?.isDirectory()
  })
}

/**
 * Nothing is restored into the vault. Into a folder that contains it, only when the restore point has nothing at its
 * place: what was copied with the vault excluded goes back to where it was.
 */
export async function refuseOverVault(
  generation: Generation,
  target: string,
  vaultPath: string,
  only: readonly BytePath[] | null,
): Promise<void> {
  const details = { target, vault: vaultPath }
  if (isInside(target, vaultPath)) {
    throw new HoldfastError('config-invalid', 'nothing is restored into the vault itself', { details })
  }
  if (!isInside(vaultPath, target)) return
  const place = toBytePath(relative(target, vaultPath))
  const isAsked =
    only === null ||
    only.some((path) => isInside(`/${place}`, `/${path}`) || isInside(`/${path}`, `/${place}`))
  if (!isAsked) return
  const parts = place.split('/')
  const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  const found = await findEntries(generation, new Set(above))
  const inTheWay = above.find((path) => found.has(path) && (path === place || found.get(path) !== 'd'))
  if (inTheWay === undefined) return
  throw new HoldfastError('config-invalid', 'the restore point has an entry where the vault lies', {
    hint: 'Restore to another folder, or name the paths to restore.',
    details,
  })
}
