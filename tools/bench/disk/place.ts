import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

export const SCALE = Number(process.env.HOLDFAST_BENCH_SCALE ?? '1')

/** A directory of its own on the disk that is measured, removed at the end. */
export async function place(): Promise<{ path: string } & AsyncDisposable> {
  const directory = await mkdtemp(
    path.join(process.env.HOLDFAST_BENCH_DIRECTORY ?? tmpdir(), 'holdfast-disk-'),
  )
  return {
    path: directory,
    // Ten times as fast with a million files as the rm of Node.
    [Symbol.asyncDispose]: async () => void (await promisify(execFile)('rm', ['-rf', directory])),
  }
}
