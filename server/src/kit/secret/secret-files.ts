import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'

/** Which files a configuration may name as secrets. */
export interface SecretFiles {
  /** Absolute path of the directory for secrets. */
  readonly directory: string
  /** Directory of systemd with the credentials of the service, where there is one. */
  readonly credentials: string | undefined
  /** Files that are none even there: what Holdfast itself reads by its settings, such as keys. */
  readonly withheld: readonly string[]
}

const LARGEST_BYTES = 65_536
const GROUP_AND_OTHERS = 0o077
/** The credentials of systemd are read by an access list, which shows as a right of the group. */
const OTHERS = 0o007

/**
 * The text of a file that the configuration refers to, without the line break at its end. It must lie in the directory
 * for secrets, where links lead as well, and belong to the user of this process or to root. What lies elsewhere is refused
 * with the same words whether it exists or not. Throws `secret-unavailable`.
 */
export function readSecretFile(file: string, files: SecretFiles): string {
  const { directory, credentials, withheld } = files
  const places = credentials === undefined ? [directory] : [directory, credentials]
  if (!places.some((place) => isInside(path.normalize(file), place))) throw outside(file, files)
  return reading(file, () => {
    const real = realpathSync(file)
    const home = places.find((place) => isInside(real, realPath(place)))
    if (home === undefined || withheld.some((own) => realPath(own) === real)) throw outside(file, files)
    // What was looked at is what is read: the path leads through no link any more.
    const descriptor = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    return readPrivate(file, descriptor, home === credentials ? OTHERS : GROUP_AND_OTHERS, true)
  })
}

/** The text of a file that a setting of Holdfast names, wherever it lies. Throws `secret-unavailable`. */
export function readOwnSecretFile(file: string): string {
  return reading(file, () => readPrivate(file, openSync(file, 'r'), GROUP_AND_OTHERS, false))
}

function readPrivate(file: string, descriptor: number, closedTo: number, isOwnerChecked: boolean): string {
  try {
    const { mode, uid, size } = fstatSync(descriptor)
    if ((mode & closedTo) !== 0) {
      throw new HoldfastError('secret-unavailable', `the file ${file} can be read by other users`, {
        hint: `Run: chmod 600 ${file}`,
      })
    }
    if (isOwnerChecked && uid !== 0 && uid !== process.geteuid?.()) {
      throw new HoldfastError('secret-unavailable', `the file ${file} belongs to another user`, {
        hint: 'Give it to the user that Holdfast runs as.',
      })
    }
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > LARGEST_BYTES) {
      throw new HoldfastError('secret-unavailable', `${file} is no file of a secret`)
    }
    const text = readFileSync(descriptor, 'utf8').replace(/\r?\n$/, '')
    if (text !== '') return text
    throw new HoldfastError('secret-unavailable', `the file ${file} is empty`)
  } finally {
    closeSync(descriptor)
  }
}

function reading(file: string, read: () => string): string {
  try {
    return read()
  } catch (error) {
    if (error instanceof HoldfastError) throw error
    throw new HoldfastError('secret-unavailable', `the file ${file} cannot be read`, { cause: error })
  }
}

function outside(file: string, { directory }: SecretFiles): HoldfastError {
  return new HoldfastError('secret-unavailable', `the file ${file} is not one of the directory for secrets`, {
    hint: `Move it to ${directory}, or name another directory with HOLDFAST_SECRETS_DIR.`,
  })
}

/** Of something that may not be there: then it is nobody's home. */
function realPath(place: string): string {
  try {
    return realpathSync(place)
  } catch {
    return path.normalize(place)
  }
}

function isInside(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner)
  return way !== '' && way !== '..' && !way.startsWith('../')
}
