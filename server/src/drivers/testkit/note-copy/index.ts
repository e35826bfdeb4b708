import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { type Finding, HoldfastError, NO_MARKS, type PlanBase } from '@holdfast/contract'
import { z } from 'zod'
import { syncDirectory, syncFile, writeDurably } from '../../../clients/disks/durable-file.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { Context, Driver, NewPoint, RunContext, RunResult, Vault } from '../../driver.ts'
import { notePhrases, say } from './phrases.ts'
import { type Note, notePoints, notesOf, readSource } from './points.ts'
import { noteRestore } from './restore.ts'

const noteConfig = z.strictObject({
  source: z
    .string()
    .refine((path) => isAbsolute(path), 'the note is named by its absolute path')
    .meta({ description: 'Absolute path of the text file to copy', examples: ['/srv/todo.txt'] }),
})
export type NoteConfig = z.infer<typeof noteConfig>

interface NotePlan extends PlanBase {
  /** Location of the restore point that holds the same text already; null when there is something to copy. */
  readonly same: string | null
}

function vaultOf(cx: Context<NoteConfig>): Vault {
  if (cx.job.vault) return cx.job.vault
  throw new HoldfastError('config-invalid', 'a note-copy job needs a vault')
}

async function planNote(cx: Context<NoteConfig>): Promise<NotePlan> {
  const { source } = cx.job.config
  const { sha256, sizeBytes } = await readSource(source)
  const same = await findSame(vaultOf(cx).path, cx.job.id, sha256)
  const expectedBytes = same ? 0 : sizeBytes
  const reason = say(same ? 'plan.same' : 'plan.new')
  const items = [{ what: source, reason, expectedBytes }]
  return { summary: reason, items, guards: [], expectedBytes, same: same?.location ?? null }
}

async function findSame(vaultPath: string, jobId: string, sha256: string): Promise<Note | null> {
  const notes = await notesOf(vaultPath, jobId)
  return notes.find((note) => note.sha256 === sha256 && note.marks.verifiedOk !== false) ?? null
}

async function runNote(cx: RunContext<NoteConfig>, plan: NotePlan): Promise<RunResult> {
  const vault = vaultOf(cx)
  const { source } = cx.job.config
  const takenAt = cx.now().toISOString()
  const jobDirectory = join(vault.path, cx.job.id)
  const partial = join(jobDirectory, '.partial')
  const bytesMoved = await cx.step('copy', async () => {
    for (const name of await readdir(jobDirectory).catch(() => [])) {
      if (name.startsWith('.')) await rm(join(jobDirectory, name), { recursive: true })
    }
    await mkdir(partial, { recursive: true })
    const { sha256, sizeBytes } = await readSource(source)
    const same = plan.same === null ? null : await findSame(vault.path, cx.job.id, sha256)
    if (same) await link(join(same.directory, 'note'), join(partial, 'note'))
    else await copyFile(source, join(partial, 'note'))
    cx.progress({ doneBytes: same ? 0 : sizeBytes })
    throwIfCanceled(cx.signal)
    return same ? 0 : sizeBytes
  })
  const point = await cx.step('commit', async () => {
    throwIfCanceled(cx.signal)
    const id = cx.newPointId()
    const copied = await readSource(join(partial, 'note'))
    await syncFile(join(partial, 'note'))
    const manifest = {
      format: 'holdfast-restore-point/1' as const,
      id,
      jobId: cx.job.id,
      jobName: cx.job.name,
      jobKind: cx.job.kind,
      vaultId: vault.id,
      disk: vault.disk,
      runId: cx.runId,
      asset: { kind: 'note', key: source, name: basename(source) },
      takenAt,
      finishedAt: cx.now().toISOString(),
      sizeBytes: copied.sizeBytes,
      addedBytes: bytesMoved,
      itemCount: 1,
      details: { layout: 'note-copy/1', sha256: copied.sha256 },
    }
    await writeDurably(join(partial, 'marks.json'), JSON.stringify(NO_MARKS))
    await writeDurably(join(partial, 'restore-point.json'), JSON.stringify(manifest))
    await rename(partial, join(jobDirectory, id))
    await syncDirectory(jobDirectory)
    return { manifest, location: `${cx.job.id}/${id}` } satisfies NewPoint
  })
  const { asset } = point.manifest
  const summary = say(bytesMoved > 0 ? 'run.copied' : 'run.same')
  return { summary, bytesMoved, counts: { notes: 1 }, details: {}, points: [point], assets: [asset] }
}

async function checkNote(cx: Context<NoteConfig>): Promise<Finding[]> {
  const { sizeBytes } = await readSource(cx.job.config.source)
  return [{ level: 'ok', subject: 'note', message: `${sizeBytes} bytes` }]
}

/** A whole driver, as small as it can be: keeps a text file as restore points in a directory. For tests of what a new kind costs. */
export const noteCopy: Driver<NoteConfig, NotePlan> = {
  info: {
    kind: 'note-copy',
    collection: 'note-jobs',
    title: 'Keep a note',
    protects: ['note'],
    vaultKinds: ['directory'],
    resources: [],
    phrases: notePhrases,
  },
  config: noteConfig,
  check: checkNote,
  plan: planNote,
  run: runNote,
  points: notePoints,
  restore: noteRestore,
}
