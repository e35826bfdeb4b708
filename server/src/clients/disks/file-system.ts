import { statfs } from 'node:fs/promises'

export interface FileSystemSpace {
  readonly totalBytes: number
  /** What an ordinary user may still write: the reserve of root is not counted. */
  readonly freeBytes: number
  /** Files that can still be created; null where the file system makes room for them as it goes. */
  readonly freeInodes: number | null
}

export async function fileSystemSpace(path: string): Promise<FileSystemSpace> {
  const facts = await statfs(path)
  return {
    totalBytes: facts.blocks * facts.bsize,
    freeBytes: facts.bavail * facts.bsize,
    freeInodes: facts.files > 0 ? facts.ffree : null,
  }
}
