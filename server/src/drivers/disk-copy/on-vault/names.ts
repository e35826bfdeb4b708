import { MANIFEST_FILE, MARKS_FILE } from '../../../point-directories/names.ts'

/**
 * What lies in the directory of a restore point beside what all kinds have:
 *
 *     data/         (a read-only Btrfs subvolume where generations are snapshots)
 *     TREE          every entry; SHA256SUMS: of the files
 *     .replaced/    in an unfinished one: listings of what a mirror was
 *
 * A thread that needs no more than these names imports no more.
 */
export const TREE_FILE = 'TREE'
export const SUMS_FILE = 'SHA256SUMS'
/** Of a mirror only: inode and change time of every file when it was listed. */
export const SEEN_FILE = 'SEEN'
/** What lies beside `data`, the manifest last. */
export const LISTING_FILES: readonly string[] = [TREE_FILE, SUMS_FILE, SEEN_FILE, MARKS_FILE, MANIFEST_FILE]
/** In an unfinished mirror: the listings of the restore point that it was. */
export const REPLACED = '.replaced'
/** In an unfinished mirror: a write was lost, so that the page cache may show content which the disk never got. */
export const DISTRUSTED = '.distrusted'
