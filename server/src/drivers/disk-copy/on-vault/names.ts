/** Names of files and folders on a vault: layout.ts says what they are. A thread that needs no more imports no more. */
export const MANIFEST_FILE = 'restore-point.json'
export const MARKS_FILE = 'marks.json'
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
export const PARTIAL = '.partial'
export const REMOVING_PREFIX = '.removing-'
export const LOCK_FILE = '.lock'
