import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Waits until what was created, renamed or removed in a directory is on the disk. */
export async function syncDirectory(path: string): Promise<void> {
  await using handle = await open(path, 'r')
  await handle.sync()
}

export async function syncFile(path: string): Promise<void> {
  await using handle = await open(path, 'r')
  await handle.sync()
}

/** Ends the name of a file that is being written. One that is left after a crash may be removed. */
export const TEMPORARY_SUFFIX = '.holdfast-tmp'

/** Writes a small file whole or not at all, on the disk before the call returns; an older one is replaced. */
export async function writeDurably(path: string, text: string): Promise<void> {
  await rename(await writeTemporary(path, text), path)
  await syncDirectory(dirname(path))
}

/** Like {@link writeDurably}, but a file that is there already stays: of several who try at once, the first one wins. */
export async function createDurably(path: string, text: string): Promise<void> {
  const temporary = await writeTemporary(path, text)
  try {
    await link(temporary, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // File systems without hard links (FAT) answer EPERM; there the last one wins.
    if (code === 'EPERM' || code === 'ENOTSUP') return await rename(temporary, path)
    if (code !== 'EEXIST') throw error
  }
  await unlink(temporary)
  await syncDirectory(dirname(path))
}

/** A manifest that names two hundred long paths stays far below. */
const MOST_BYTES = 4 * 1024 * 1024
/** Nothing is there, or what is there is a symlink (ELOOP) or a socket (ENXIO). */
const NO_SUCH_FILE = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']

/**
 * What such a file holds; null when it is not JSON or not there. The disk may have been prepared by somebody else: a link
 * is not followed, a pipe is not waited for, and what is longer than any file of ours is not read. All count as not there.
 */
export async function readJson(path: string): Promise<unknown> {
  try {
    await using handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stats = await handle.stat()
    if (!stats.isFile() || stats.size > MOST_BYTES) return null
    return JSON.parse(await handle.readFile('utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SyntaxError || (code !== undefined && NO_SUCH_FILE.includes(code))) return null
    throw error
  }
}

/** Under a name of its own, since another process may be writing the same file. */
async function writeTemporary(path: string, text: string): Promise<string> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}${TEMPORARY_SUFFIX}`
  await using handle = await open(temporary, 'wx', 0o644)
  await handle.writeFile(text)
  await handle.sync()
  return temporary
}
