import { lstat, readdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { HeldDirectory } from '../../../clients/disks/held-directory.ts'
import { mounts, namesOf } from '../../../kit/mounts.ts'
import { VAULT_MARKER } from '../../driver.ts'

/**
 * The folder to restore into, held open from the look at it to the last byte. The engine has judged its path; who swaps a
 * part of that path for a link afterwards is refused, or writes nothing elsewhere. Below it rsync works alone: from 3.5.0
 * on it enters no folder through a link that somebody puts there meanwhile; an older one may be led out of the target by
 * who owns folders in it.
 */
export class TargetPlace implements AsyncDisposable {
  readonly target: string
  readonly #nearest: HeldDirectory
  readonly #missing: readonly string[]
  #made: HeldDirectory | null = null

  private constructor(target: string, nearest: HeldDirectory, missing: readonly string[]) {
    this.target = target
    this.#nearest = nearest
    this.#missing = missing
  }

  /** Throws `config-invalid`, `restore-target-refused`, and `restore-target-exists` for a file. */
  static async open(path: string): Promise<TargetPlace> {
    if (!isAbsolute(path)) {
      throw new HoldfastError('config-invalid', 'the folder to restore into is named by its absolute path')
    }
    const target = normalize(path).replace(/(?<=.)\/+$/, '')
    const { directory, missing } = await reached(() => HeldDirectory.nearest(target), target)
    return new TargetPlace(target, directory, missing)
  }

  /** Null when it is still to be made. */
  get directory(): HeldDirectory | null {
    return this.#missing.length === 0 ? this.#nearest : this.#made
  }

  /**
   * A vault may be deleted from the configuration: its marker still says that its restore points must stay as they are.
   * Throws `vault-foreign` when one lies around the target, under whatever name a mount shows it.
   */
  async refuseInVault(): Promise<void> {
    for (const name of namesOf(this.#nearest.path, await mounts())) {
      for (let folder = name; ; folder = dirname(folder)) {
        if (await lstat(join(folder, VAULT_MARKER)).catch(() => null)) {
          throw new HoldfastError('vault-foreign', `${this.target} lies in the directory of a vault`, {
            hint: 'Restore points must stay as they are: restore to a folder apart from every vault.',
          })
        }
        if (folder === '/') break
      }
    }
  }

  async isFilled(): Promise<boolean> {
    const { directory } = this
    return directory !== null && (await readdir(directory.inside)).length > 0
  }

  /** Makes what is missing of it, below what is held already. */
  async make(): Promise<HeldDirectory> {
    this.#made ??= await reached(() => this.#nearest.make(this.#missing), this.target)
    return this.#made
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#made?.[Symbol.asyncDispose]()
    await this.#nearest[Symbol.asyncDispose]()
  }
}

async function reached<T>(reach: () => Promise<T>, target: string): Promise<T> {
  try {
    return await reach()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR')
      throw new HoldfastError('restore-target-exists', 'the target is a file, not a folder')
    if (code !== 'ELOOP') throw error
    throw new HoldfastError('restore-target-refused', `${target} is reached through a symbolic link`, {
      hint: 'Name the real path of the folder. If it was real a moment ago, somebody has put the link there meanwhile.',
    })
  }
}
