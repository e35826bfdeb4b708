import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { readTree, type TreeLine } from '../proof/listing/formats.ts'
import type { Generation } from './generations.ts'
import { TREE_FILE } from './names.ts'

/** It is not there, or no regular file, or holds no lines. */
const NO_LISTING = ['ENOENT', 'ELOOP', 'ENXIO', 'ENOTSUP', 'EFBIG']

/** The entries that a restore point lists, null for a line that is none. Throws `restore-point-damaged`. */
export function* readListing({ listings, manifest }: Generation): Generator<TreeLine | null> {
  try {
    yield* readTree(join(listings, TREE_FILE))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined || !NO_LISTING.includes(code)) throw error
    throw new HoldfastError('restore-point-damaged', 'the listing of the restore point cannot be read', {
      details: { restorePointId: manifest.id, errno: code },
    })
  }
}
