import { type ErrorCode, HoldfastError } from '@holdfast/contract'

const CODES: Readonly<Record<string, [ErrorCode, string]>> = {
  EACCES: ['permission-denied', 'the operating system refused access'],
  EPERM: ['permission-denied', 'the operating system refused access'],
  ENOSPC: ['vault-full', 'there is no space left'],
  EDQUOT: ['vault-full', 'the disk quota is used up'],
  EIO: ['write-failed', 'the disk reported an error'],
  EROFS: ['write-failed', 'the file system is read-only'],
}

/** Gives an error of the file system its code; every other error is passed on as it is. */
export function asDiskError(thrown: unknown): unknown {
  // Something failed while giving things back after an error: the first error is the one that tells the story.
  if (thrown instanceof SuppressedError) return asDiskError(thrown.suppressed)
  if (thrown instanceof HoldfastError || !(thrown instanceof Error)) return thrown
  const { code, path, syscall } = thrown as NodeJS.ErrnoException
  const entry = code === undefined ? undefined : CODES[code]
  if (!entry) return thrown
  const details = { errno: code ?? null, path: path ?? null, call: syscall ?? null }
  return new HoldfastError(entry[0], path ? `${entry[1]}: ${path}` : entry[1], { details, cause: thrown })
}

export async function withDiskErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asDiskError(error)
  }
}
