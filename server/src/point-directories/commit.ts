import { lstat, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { NO_MARKS, type RestorePointManifest } from '@holdfast/contract'
import { syncDirectory, writeDurably } from '../clients/disks/durable-file.ts'
import type { NewPoint } from '../drivers/driver.ts'
import { stampOf } from './layout.ts'
import { MANIFEST_FILE, MARKS_FILE } from './names.ts'

export interface Finished {
  readonly jobDirectory: string
  /** The directory that holds it, all of it on the disk already but manifest and marks. */
  readonly partial: string
  readonly manifest: RestorePointManifest
  /** What is to be done between the manifest and the rename. */
  readonly seal?: () => Promise<void>
}

/** Turns what was made into a restore point. The rename is the moment it begins to exist. */
export async function commitPoint({ jobDirectory, partial, manifest, seal }: Finished): Promise<NewPoint> {
  await writeDurably(join(partial, MARKS_FILE), `${JSON.stringify(NO_MARKS, null, 2)}\n`)
  await writeDurably(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  await seal?.()
  const stamp = await freeStamp(jobDirectory, new Date(manifest.takenAt))
  await rename(partial, join(jobDirectory, stamp))
  await syncDirectory(jobDirectory)
  return { manifest, location: `${basename(jobDirectory)}/${stamp}` }
}

/** Several restore points of a job may be of one second: those after the first get a number. */
async function freeStamp(jobDirectory: string, takenAt: Date): Promise<string> {
  const stamp = stampOf(takenAt)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stamp : `${stamp}-${number}`
    if ((await lstat(join(jobDirectory, name)).catch(() => null)) === null) return name
  }
}
