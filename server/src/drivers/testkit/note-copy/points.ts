import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  HoldfastError,
  NO_MARKS,
  type RestorePoint,
  type RestorePointManifest,
  type RestorePointMarks,
  restorePointManifest,
  restorePointMarks,
} from '@holdfast/contract'
import { z } from 'zod'
import { readJson, syncDirectory, writeDurably } from '../../../clients/disks/durable-file.ts'
import type { PointKeeper } from '../../driver.ts'

/** `<vault>/<job id>/<restore point id>/` holds note, marks.json and restore-point.json; a leading dot means unfinished. */
export interface Note {
  readonly directory: string
  readonly location: string
  readonly sha256: string
  readonly manifest: RestorePointManifest
  readonly marks: RestorePointMarks
}

const noteDetails = z.object({ layout: z.literal('note-copy/1'), sha256: z.string() })

export async function readSource(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  const text = await readFile(path).catch((cause: unknown) => {
    throw new HoldfastError('source-gone', `the note ${path} is not there`, { cause })
  })
  return { sha256: createHash('sha256').update(text).digest('hex'), sizeBytes: text.length }
}

async function readNote(vaultPath: string, location: string): Promise<Note | null> {
  const directory = join(vaultPath, location)
  const manifest = restorePointManifest.safeParse(await readJson(join(directory, 'restore-point.json')))
  const details = noteDetails.safeParse(manifest.data?.details)
  if (!manifest.success || !details.success) return null
  const marks = restorePointMarks.safeParse(await readJson(join(directory, 'marks.json')))
  const { sha256 } = details.data
  return { directory, location, sha256, manifest: manifest.data, marks: marks.data ?? NO_MARKS }
}

/** Finished notes of a job, newest first. */
export async function notesOf(vaultPath: string, jobId: string): Promise<Note[]> {
  const names = await readdir(join(vaultPath, jobId)).catch(() => [])
  const found = await Promise.all(
    names.filter((name) => !name.startsWith('.')).map((name) => readNote(vaultPath, `${jobId}/${name}`)),
  )
  return found
    .filter((note) => note !== null)
    .toSorted((a, b) => b.manifest.takenAt.localeCompare(a.manifest.takenAt))
}

/** Null when it is not there, or not itself. */
export async function openNote(vaultPath: string, point: RestorePoint): Promise<Note | null> {
  const note = await readNote(vaultPath, `${point.jobId}/${point.id}`)
  return note?.manifest.id === point.id ? note : null
}

export const notePoints: PointKeeper = {
  async *list(vault, { jobId }) {
    const jobIds = jobId === undefined ? await readdir(vault.path).catch(() => []) : [jobId]
    for (const id of jobIds.filter((name) => name.startsWith('job_'))) yield* await notesOf(vault.path, id)
  },

  async verify(cx, vault, point) {
    const note = await openNote(vault.path, point)
    const copied = note && (await readSource(join(note.directory, 'note')).catch(() => null))
    if (note && copied?.sha256 === note.sha256) {
      return { ok: true, checkedItems: 1, checkedBytes: copied.sizeBytes, problems: [] }
    }
    cx.log.warn('the note is not what it was', { location: point.location })
    const problem = note ? 'the text is missing or differs' : 'the manifest is missing or not readable'
    return { ok: false, checkedItems: 1, checkedBytes: 0, problems: [problem] }
  },

  async mark(vault, point, marks) {
    const note = await openNote(vault.path, point)
    if (!note) throw new HoldfastError('restore-point-damaged', `the note ${point.id} is not there`)
    await writeDurably(join(note.directory, 'marks.json'), JSON.stringify(marks))
  },

  async remove(cx, vault, point) {
    const jobDirectory = join(vault.path, point.jobId)
    const aside = join(jobDirectory, `.removing-${point.id}`)
    await cx.step('take-out-of-list', async () => {
      const note = await openNote(vault.path, point)
      if (!note) return
      await rename(note.directory, aside)
      await syncDirectory(jobDirectory)
    })
    await cx.step('delete', () => rm(aside, { recursive: true, force: true }))
  },
}
