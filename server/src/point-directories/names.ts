/** Names of files and folders that every restore point on a vault has: layout.ts says what they are. */
export const MANIFEST_FILE = 'restore-point.json'
export const MARKS_FILE = 'marks.json'
export const DATA = 'data'
export const PARTIAL = '.partial'
export const REMOVING_PREFIX = '.removing-'
export const LOCK_FILE = '.lock'
