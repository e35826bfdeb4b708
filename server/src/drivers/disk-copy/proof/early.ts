import type { BytePath } from '../../../clients/disks/byte-path.ts'
import { ATTRIBUTES_AT_ONCE, attributesInReach, attributesOf } from './attributes.ts'
import type { FoundEntry } from './entry.ts'
import { hashFile } from './hash-file.ts'
import { HashedFiles } from './listing/hashed-files.ts'

/** Hashes files that a copy has finished while it goes on with others: what it learns need not be asked at the end. */
export class EarlyLook {
  readonly files = new HashedFiles()
  #root: BytePath = ''
  #paths: BytePath[] = []
  #looked: Pick<FoundEntry, 'inode' | 'ctime' | 'sizeBytes'>[] = []

  look(root: BytePath, paths: readonly BytePath[]): void {
    this.#root = root
    for (const path of paths) {
      if (this.files.isFull) return
      try {
        this.#lookAt(path)
      } catch {
        // Not there yet, or replaced meanwhile: the listing looks again.
      }
    }
    if (this.#paths.length >= ATTRIBUTES_AT_ONCE) this.#askAttributes()
  }

  #lookAt(path: BytePath): void {
    const found = hashFile(`${this.#root}/${path}`)
    this.files.add(found)
    const { inode, ctime, sizeBytes } = found
    this.#paths.push(path)
    this.#looked.push({ inode, ctime, sizeBytes })
  }

  #askAttributes(): void {
    const [paths, looked] = [this.#paths, this.#looked]
    this.#paths = []
    this.#looked = []
    const found = attributesOf(this.#root, paths, attributesInReach())
    // Those that have some are few, and are asked again.
    for (const [index, file] of looked.entries())
      if (found[index] === null) this.files.addWithoutAttributes(file)
  }
}
