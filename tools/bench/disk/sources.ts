import { randomFillSync } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

const FILES_PER_FOLDER = 500

/** Many files of a few kilobytes, as in a home directory. */
export function fillSmall(source: string, files: number, bytes: number): void {
  const block = Buffer.alloc(bytes)
  randomFillSync(block)
  for (let file = 0; file < files; file += 1) {
    const folder = path.join(source, `d${Math.floor(file / FILES_PER_FOLDER)}`)
    if (file % FILES_PER_FOLDER === 0) mkdirSync(folder)
    // No two are alike, so that nothing can be gained by finding that out.
    block.writeUInt32LE(file, 0)
    const fd = openSync(path.join(folder, `f${file}`), 'w')
    writeSync(fd, block)
    closeSync(fd)
  }
}

/** A few images of virtual machines. */
export function fillLarge(source: string, files: number, bytes: number): void {
  const block = Buffer.alloc(16 * 1024 * 1024)
  for (let file = 0; file < files; file += 1) {
    const fd = openSync(path.join(source, `vm${file}.img`), 'w')
    for (let written = 0; written < bytes; written += block.length) {
      randomFillSync(block)
      writeSync(fd, block)
    }
    closeSync(fd)
  }
}
