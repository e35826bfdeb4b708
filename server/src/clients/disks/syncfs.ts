import { type FileHandle, open } from 'node:fs/promises'
import { constants as osConstants } from 'node:os'
import { HoldfastError } from '@holdfast/contract'
import { exec } from '../../kit/exec.ts'

/** Number of syncfs(2): Node has no call for it, and perl (in every Debian, by perl-base) can make any by its number. */
const SYNCFS: Readonly<Record<string, number>> = {
  x64: 306,
  arm64: 267,
  arm: 373,
  ppc64: 348,
  s390x: 338,
  riscv64: 267,
}

const PROGRAM = 'exit(syscall($ARGV[0] + 0, 0) == 0 ? 0 : $! + 0)'

/**
 * Waits until everything written to a file system is on the disk, and learns whether any of it was lost.
 *
 * The kernel keeps a write-back error for each open file description and tells it once. Therefore {@link watch} must be
 * called before the first byte is written, and it is this very descriptor that is asked: coreutils' `sync -f` opens the
 * path anew and hears nothing about an error that anybody else has been told already.
 */
export class WriteBackWatch implements AsyncDisposable {
  readonly #handle: FileHandle
  readonly #path: string

  private constructor(handle: FileHandle, path: string) {
    this.#handle = handle
    this.#path = path
  }

  static async watch(directory: string): Promise<WriteBackWatch> {
    return new WriteBackWatch(await open(directory, 'r'), directory)
  }

  /** Throws `write-failed` when the disk lost something since {@link watch}, `vault-full` when it had no room for it. */
  async flush(signal?: AbortSignal): Promise<void> {
    const number = SYNCFS[process.arch]
    if (number === undefined) {
      throw new HoldfastError('command-failed', `the number of syncfs is not known on ${process.arch}`)
    }
    const { exitCode } = await exec('perl', ['-e', PROGRAM, String(number)], {
      stdin: this.#handle.fd,
      signal,
      okCodes: 'all',
    })
    if (exitCode === 0) return
    const errno = Object.entries(osConstants.errno).find(([, value]) => value === exitCode)?.[0] ?? null
    const details = { path: this.#path, errno }
    if (errno === 'ENOSPC' || errno === 'EDQUOT') {
      throw new HoldfastError('vault-full', 'the disk had no room for data that was already accepted', {
        details,
      })
    }
    throw new HoldfastError('write-failed', 'the disk lost data that was already accepted', { details })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close()
  }
}
