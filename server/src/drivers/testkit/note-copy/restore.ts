import { copyFile, mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { HoldfastError, type PlanBase } from '@holdfast/contract'
import { z } from 'zod'
import { syncDirectory, syncFile } from '../../../clients/disks/durable-file.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { RestoreFacet, RestoreInput } from '../../driver.ts'
import { say } from './phrases.ts'
import { openNote, readSource } from './points.ts'

const noteRestoreOptions = z.strictObject({
  name: z.string().min(1).default('note.txt').meta({ description: 'Name of the file to write' }),
})
type Options = z.infer<typeof noteRestoreOptions>

const PARTIAL = '.note.partial'

async function noteToRestore({ vault, point }: RestoreInput<Options>) {
  const note = await openNote(vault.path, point)
  if (!note) throw new HoldfastError('restore-point-damaged', `the note ${point.id} is not there`)
  return note
}

/** The folder may hold the same text already: that is what a restore leaves that died before its last step. */
async function refuseForeign(input: RestoreInput<Options>, sha256: string): Promise<void> {
  const { target, options } = input
  for (const name of await readdir(target).catch(() => [])) {
    if (name === PARTIAL) continue
    if (name === options.name && (await readSource(join(target, name))).sha256 === sha256) continue
    throw new HoldfastError('restore-target-exists', `${target} holds ${name}`)
  }
}

export const noteRestore: RestoreFacet<Options, PlanBase> = {
  options: noteRestoreOptions,
  overwrites: () => false,

  async plan(_cx, input) {
    const note = await noteToRestore(input)
    await refuseForeign(input, note.sha256)
    const { sizeBytes } = note.manifest
    const what = say('restore.write', { path: join(input.target, input.options.name) })
    const reason = say('restore.asOf', { takenAt: note.manifest.takenAt })
    const items = [{ what, reason, expectedBytes: sizeBytes }]
    return { summary: what, items, guards: [], expectedBytes: sizeBytes }
  },

  async run(cx, input, plan) {
    const { target, options } = input
    const note = await noteToRestore(input)
    await cx.step('write', async () => {
      throwIfCanceled(cx.signal)
      await refuseForeign(input, note.sha256)
      await mkdir(target, { recursive: true })
      await copyFile(join(note.directory, 'note'), join(target, PARTIAL))
      await syncFile(join(target, PARTIAL))
      await rename(join(target, PARTIAL), join(target, options.name))
      await syncDirectory(target)
    })
    await cx.step('compare', async () => {
      const { sha256 } = await readSource(join(target, options.name))
      if (sha256 !== note.sha256) throw new HoldfastError('restore-differs', `${target} differs`)
    })
    const bytesMoved = plan.expectedBytes ?? 0
    const summary = say('restore.summary')
    return { summary, bytesMoved, counts: {}, details: {}, points: [], assets: [] }
  },
}
