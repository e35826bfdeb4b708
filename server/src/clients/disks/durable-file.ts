import { randomBytes } from 'node:crypto'
import { link, open, readFile, rename, unlink } from 'node:fs/promises'
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

/** What such a file holds; null when it is not JSON or not there. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return null
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
