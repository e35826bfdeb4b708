import { lstat, realpath, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HoldfastError, type Phrase } from '@holdfast/contract'
import { deleteSubvolume, isReadOnly, isSubvolume, setReadOnly } from '../clients/block-devices/btrfs.ts'
import type { RunContext } from '../drivers/driver.ts'
import { exec, throwIfCanceled } from '../kit/exec.ts'
import { isInside, mounts } from '../kit/mounts.ts'
import { DATA, REMOVING_PREFIX } from './names.ts'
import { namesIn } from './own-directory.ts'

/**
 * Deletes what was already taken out of the list of restore points when a run died. What cannot be deleted costs room,
 * not the backup: `tell` makes a warning of it.
 */
export async function finishRemovals(
  cx: RunContext,
  jobDirectory: string,
  tell: (left: { name: string; reason: string }) => Phrase,
): Promise<void> {
  const names = (await namesIn(jobDirectory)).filter((name) => name.startsWith(REMOVING_PREFIX))
  for (const name of names) {
    try {
      await deleteTree(join(jobDirectory, name), cx.signal)
    } catch (error) {
      throwIfCanceled(cx.signal)
      const reason = error instanceof Error ? error.message : String(error)
      cx.warn(tell({ name, reason }))
      cx.log.warn('what an earlier run left could not be deleted', { name, reason })
    }
  }
}

/**
 * Deletes a tree on the vault; one that is not there is deleted already, and of a symlink in its place nothing but the link
 * goes: what is done here by path would be done to the tree it leads to. rm never follows a symlink and copes with any
 * name, but a folder nobody may write to stops an ordinary user, and a bind mount of the same file system does not stop
 * rm: nothing is deleted while something is mounted below. Throws `vault-foreign` and `command-failed`.
 */
export async function deleteTree(path: string, signal: AbortSignal): Promise<void> {
  const facts = await lstat(path).catch(() => null)
  if (facts === null) return
  if (!facts.isDirectory()) return await unlink(path)
  await refuseMounted(path)
  await makeWritable(path, signal)
  await deleteSnapshot(join(path, DATA), signal)
  await exec('rm', ['-rf', '--one-file-system', '--', path], { signal, dieWithParent: true })
}

/** A generation that is a snapshot goes at once, where this process may do that; else it is emptied like a folder. */
async function deleteSnapshot(data: string, signal: AbortSignal): Promise<void> {
  if (!(await isSubvolume(data))) return
  try {
    await deleteSubvolume(data, { signal })
  } catch (error) {
    throwIfCanceled(signal)
    if (await isReadOnly(data, { signal })) await setReadOnly(data, false, { signal })
    await makeWritable(data, signal)
    const { exitCode } = await exec('rm', ['-rf', '--one-file-system', '--', data], {
      signal,
      dieWithParent: true,
      okCodes: 'all',
    })
    if (exitCode !== 0) throw error
  }
}

async function makeWritable(path: string, signal: AbortSignal): Promise<void> {
  if (process.getuid?.() === 0) return
  // Folders only: the files are hard links that other restore points share, and so is their mode.
  const folders = ['-P', path, '-xdev', '-type', 'd', '!', '-perm', '-u=rwx']
  const change = ['-execdir', 'chmod', 'u+rwx', '--', '{}', ';']
  await exec('find', [...folders, ...change], { signal, dieWithParent: true, okCodes: 'all' })
}

async function refuseMounted(path: string): Promise<void> {
  const real = join(await realpath(dirname(path)), basename(path))
  const mounted = (await mounts()).find((mount) => isInside(mount.mountPoint, real))
  if (!mounted) return
  throw new HoldfastError(
    'vault-foreign',
    `${mounted.mountPoint} is mounted below what is to be deleted: nothing is deleted`,
    {
      hint: 'Unmount it, then start the job again.',
      details: { path, mountPoint: mounted.mountPoint },
    },
  )
}
