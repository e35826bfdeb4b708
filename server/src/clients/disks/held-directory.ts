import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises'
import { normalize } from 'node:path'

/** From open(2); Node has no name for it. A descriptor that stands for a directory and asks no right to read it. */
const O_PATH = 0x200000
const FLAGS = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW

/** Enters one name below a directory; never through a symlink. Throws the errors of open(2), `ELOOP` for a symlink. */
async function enter(parent: FileHandle, name: string): Promise<FileHandle> {
  const path = `/proc/self/fd/${parent.fd}/${name}`
  try {
    return await open(path, FLAGS)
  } catch (error) {
    const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink()
    if (isLink) throw Object.assign(new Error(`${name} is a symbolic link`), { code: 'ELOOP' })
    throw error
  }
}

/**
 * A directory that is held open: whatever somebody puts at its path from now on, a link for instance, work goes on in this
 * very directory. It is reached from the root name by name, never through a symlink.
 */
export class HeldDirectory implements AsyncDisposable {
  readonly path: string
  readonly #handle: FileHandle

  private constructor(path: string, handle: FileHandle) {
    this.path = path
    this.#handle = handle
  }

  get fd(): number {
    return this.#handle.fd
  }

  /** A path that leads this process, its threads included, to the directory itself; names may be put behind it. */
  get inside(): string {
    return `/proc/self/fd/${this.fd}/.`
  }

  /**
   * Holds the nearest part of an absolute path that exists, and names what is missing below it. Throws the errors of
   * open(2): `ELOOP` for a symlink anywhere in the path, wherever it leads, and `ENOTDIR` for a file.
   */
  static async nearest(path: string): Promise<{ directory: HeldDirectory; missing: readonly string[] }> {
    const names = normalize(path).split('/').filter(Boolean)
    let handle = await open('/', FLAGS)
    try {
      for (const [index, name] of names.entries()) {
        const next = await enter(handle, name).catch(unlessMissing)
        const found = `/${names.slice(0, index).join('/')}`
        if (next === null) return { directory: new HeldDirectory(found, handle), missing: names.slice(index) }
        await handle.close()
        handle = next
      }
    } catch (error) {
      await handle.close()
      throw error
    }
    return { directory: new HeldDirectory(`/${names.join('/')}`, handle), missing: [] }
  }

  /** Like {@link nearest}, for what must be there: throws `ENOENT` otherwise. */
  static async hold(path: string): Promise<HeldDirectory> {
    const { directory, missing } = await HeldDirectory.nearest(path)
    if (missing.length === 0) return directory
    await directory[Symbol.asyncDispose]()
    throw Object.assign(new Error(`${path} is not there`), { code: 'ENOENT' })
  }

  /** Makes folders below this one, each in the one before, and holds the last. Throws the errors of mkdir(2) and open(2). */
  async make(names: readonly string[]): Promise<HeldDirectory> {
    let handle = await open(this.inside, FLAGS)
    try {
      for (const name of names) {
        await mkdir(`/proc/self/fd/${handle.fd}/${name}`).catch(unlessThere)
        const next = await enter(handle, name)
        await handle.close()
        handle = next
      }
    } catch (error) {
      await handle.close()
      throw error
    }
    return new HeldDirectory(normalize(`${this.path}/${names.join('/')}`).replace(/(?<=.)\/$/, ''), handle)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close()
  }
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
