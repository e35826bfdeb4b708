import { join } from 'node:path'
import { HoldfastError, instant } from '@holdfast/contract'
import { z } from 'zod'
import { readJson, writeDurably } from '../../clients/disks/durable-file.ts'

export const STATE_FILE = 'holdfast-disk.json'

const diskState = z.object({
  format: z.literal('holdfast-disk/1'),
  vaultId: z.string(),
  uuid: z.string(),
  label: z.string(),
  runId: z.string().nullable(),
  writtenAt: instant,
  /** Another one with each write: what is read back must be what was written last. */
  token: z.string(),
})
export type DiskState = z.infer<typeof diskState>

/** The last thing that is written to a disk, and the first that is read back from it. */
export async function writeState(directory: string, state: DiskState): Promise<void> {
  await writeDurably(join(directory, STATE_FILE), `${JSON.stringify(state, null, 2)}\n`)
}

/** Throws `disk-failing` when the disk does not give back what was written last. */
export async function proveState(directory: string, written: DiskState): Promise<void> {
  const read = diskState.safeParse(await readJson(join(directory, STATE_FILE)).catch(() => null))
  if (read.data?.token === written.token) return
  throw new HoldfastError(
    'disk-failing',
    `disk "${written.label}" was mounted anew and does not hold what was written last`,
    { details: { uuid: written.uuid, label: written.label } },
  )
}
