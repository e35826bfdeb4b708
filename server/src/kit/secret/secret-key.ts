import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { KEY_BYTES } from './sealed.ts'

/**
 * The key in the file, or null when there is no file. Throws `secret-key-missing` for a file that is no key, and
 * `secret-unavailable` for one that cannot be read or that others can read.
 */
export function readSecretKey(file: string): Buffer | null {
  let key: Buffer
  try {
    if ((fs.statSync(file).mode & 0o077) !== 0) {
      throw new HoldfastError('secret-unavailable', `the key file ${file} can be read by other users`, {
        hint: `Run: chmod 600 ${file}`,
      })
    }
    key = fs.readFileSync(file)
  } catch (error) {
    if (error instanceof HoldfastError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new HoldfastError('secret-unavailable', `the key file ${file} cannot be read`, {
      hint: 'Give the file to the user Holdfast runs as.',
      cause: error,
    })
  }
  if (key.length === KEY_BYTES) return key
  throw new HoldfastError('secret-key-missing', `the file ${file} is no key: it has not ${KEY_BYTES} bytes`)
}

/**
 * Makes a new key unless the file is there, and returns the key that the file holds: of two processes that do so at
 * once both get the same. The file appears whole and on the disk, or not at all.
 */
export function createSecretKey(file: string): Buffer {
  const dir = path.dirname(file)
  const temporary = `${file}.new-${randomBytes(6).toString('hex')}`
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
    const fd = fs.openSync(temporary, 'wx', 0o600)
    try {
      fs.writeSync(fd, randomBytes(KEY_BYTES))
      giveToOwner(fd, dir)
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
    linkUnlessThere(temporary, file)
    fs.rmSync(temporary)
    syncDir(dir)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new HoldfastError('secret-unavailable', `the key file ${file} cannot be written (${code})`, {
      hint: 'Let the user Holdfast runs as write to its directory, or set HOLDFAST_SECRET_KEY_FILE.',
      cause: error,
    })
  }
  const key = readSecretKey(file)
  if (key) return key
  throw new HoldfastError('secret-key-missing', `the key file ${file} went away`)
}

/** Root may make the first secret of a data directory whose owner, the service, must read it afterwards. */
function giveToOwner(fd: number, dir: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = fs.statSync(dir)
  fs.fchownSync(fd, uid, gid)
}

function linkUnlessThere(from: string, to: string): void {
  try {
    fs.linkSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function syncDir(dir: string): void {
  const fd = fs.openSync(dir, 'r')
  fs.fsyncSync(fd)
  fs.closeSync(fd)
}
