import path from 'node:path'
import { asHoldfastError, type Finding } from '@holdfast/contract'
import { z } from 'zod'
import { compilePattern, cronProblem } from '../../domain/schedule/cron-pattern.ts'
import type { EngineDeps, SelfBackup } from '../deps.ts'
import type { Store } from '../ports.ts'
import { backupName, keepBackup, partialName, removeOldBackups } from './backup-files.ts'

/** Holdfast's backup of its own database: once per slot, by whichever worker is first. */

const STATE_SETTING = 'self-backup'
/** The instant of the last good one, by itself for the metrics. */
const LAST_GOOD_SETTING = 'control-backup-at'
/** A backup that failed is tried again after this long. */
const RETRY_MS = 3_600_000

const backupState = z.object({
  /** The slot that the last try was for. */
  slotAt: z.string(),
  lastTriedAt: z.string(),
  lastGoodAt: z.string().nullable(),
  /** Why the last try failed; null when it did not. */
  problem: z.string().nullable(),
  /** The newest good file, on the machine of the worker that made it. */
  file: z.string().nullable(),
})
export type BackupState = z.infer<typeof backupState>

/** Null as long as there was no try. */
export async function readBackupState({ settings }: Pick<Store, 'settings'>): Promise<BackupState | null> {
  return backupState.safeParse(await settings.get(STATE_SETTING)).data ?? null
}

/**
 * Makes a backup when one is due: the newest slot has none, or the last try failed an hour ago. A process that dies
 * meanwhile leaves the slot open for the next one. What goes wrong is in the log, in `doctor` and in the digest.
 */
export async function backUpWhenDue(deps: EngineDeps): Promise<void> {
  const { selfBackup, store, now } = deps
  if (!selfBackup || !dueSlot(selfBackup, await readBackupState(store), now())) return
  await store.exclusively('self-backup', async () => {
    const state = await readBackupState(store)
    const slot = dueSlot(selfBackup, state, now())
    // Another process was faster.
    if (!slot) return
    const result = await tryBackup(deps, selfBackup)
    await store.settings.set(STATE_SETTING, {
      slotAt: slot.toISOString(),
      lastTriedAt: now().toISOString(),
      lastGoodAt: result.goodAt ?? state?.lastGoodAt ?? null,
      problem: result.problem,
      file: result.file ?? state?.file ?? null,
    })
    if (result.goodAt) await store.settings.set(LAST_GOOD_SETTING, result.goodAt)
  })
}

function dueSlot({ cron }: SelfBackup, state: BackupState | null, now: Date): Date | null {
  const [slot] = newestSlots(cron, now)
  if (!slot) return null
  if (!state || new Date(state.slotAt) < slot) return slot
  const isTimeToRetry = now.getTime() - Date.parse(state.lastTriedAt) >= RETRY_MS
  return state.problem !== null && isTimeToRetry ? slot : null
}

function newestSlots(cron: string, now: Date): Date[] {
  const pattern = compilePattern({ cron, timeZone: 'UTC' })
  return pattern.previousRuns(2, new Date(now.getTime() + 1)).filter((slot) => slot <= now)
}

interface Result {
  goodAt: string | null
  problem: string | null
  file: string | null
}

async function tryBackup({ log, now }: EngineDeps, { dir, keep, backUp }: SelfBackup): Promise<Result> {
  const at = now()
  const file = path.join(dir, backupName(at))
  try {
    await keepBackup({ dir, partial: path.join(dir, partialName(at)), file, backUp })
    // The new one is good, whatever becomes of the old ones.
    await removeOldBackups(dir, keep, at).catch((error: unknown) => {
      log.error({ dir, err: error }, 'old backups of the database could not be removed')
    })
    log.info({ file }, 'the database was backed up')
    return { goodAt: at.toISOString(), problem: null, file }
  } catch (thrown) {
    const { message } = asHoldfastError(thrown)
    log.error({ dir, err: thrown }, 'the database could not be backed up')
    return { goodAt: null, problem: message, file: null }
  }
}

/** What `doctor` says of it. */
export async function selfBackupFindings({
  selfBackup,
  store,
  now,
}: Pick<EngineDeps, 'selfBackup' | 'store' | 'now'>): Promise<Finding[]> {
  const subject = 'backup of the database'
  if (!selfBackup) return [{ level: 'ok', subject, message: 'switched off by HOLDFAST_BACKUP_CRON' }]
  const problem = cronProblem(selfBackup.cron)
  if (problem !== null) {
    const hint = 'Correct HOLDFAST_BACKUP_CRON, such as `30 1 * * *`, and start the worker again.'
    return [{ level: 'error', subject, message: problem, hint }]
  }
  const state = await readBackupState(store)
  if (state?.problem) {
    const last = state.lastGoodAt ? `the last good one is of ${state.lastGoodAt}` : 'there is none yet'
    const hint = `Look at ${selfBackup.dir}: is there space, may the worker write there? It is tried again every hour.`
    return [{ level: 'error', subject, message: `${state.problem}; ${last}`, hint }]
  }
  const hint = 'Keep a worker running: it makes one at each time of HOLDFAST_BACKUP_CRON.'
  if (!state?.lastGoodAt) return [{ level: 'warning', subject, message: 'there is none yet', hint }]
  const message = `the newest is of ${state.lastGoodAt}: ${state.file}`
  const oldest = newestSlots(selfBackup.cron, now()).at(1)
  const isLate = oldest !== undefined && new Date(state.lastGoodAt) < oldest
  return [isLate ? { level: 'warning', subject, message, hint } : { level: 'ok', subject, message }]
}
