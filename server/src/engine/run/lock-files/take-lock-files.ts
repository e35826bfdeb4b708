import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { durationMs, durationText, HoldfastError, type JobLockFiles } from '@holdfast/contract'
import { judgeOwnFile, type OwnFileVerdict } from '../../../domain/lock-files/own-file.ts'
import { say } from '../../../domain/phrases/engine-phrases.ts'
import type { Held, RunContext } from '../../../drivers/driver.ts'
import type { EngineDeps } from '../../deps.ts'
import { dropLeftovers, lookForOthers, othersAtWork } from './others-lock-files.ts'
import { type FoundFile, parseOwn, readLockFile } from './own-content.ts'
import { type OwnLockFile, ownLockFile } from './own-lock-file.ts'

/** The own lock files of a run, until they are given back. */
export interface HeldLockFiles extends AsyncDisposable {
  /**
   * Removes them, as early as the source is not read any more. A file that cannot be removed becomes a warning of the
   * run and stays in its journal. May be called again.
   */
  release(): Promise<void>
}

type Deps = Pick<EngineDeps, 'host' | 'now'> & { store: { runs: Pick<EngineDeps['store']['runs'], 'get'> } }

/**
 * Waits for no one: looks for lock files of other programs and announces the run by its own, so that never both work.
 * First a look, since most of the waiting is done without an announcement that would hold the others up; then the own
 * file; then a pause, in which whoever looked before it was there makes theirs; then the look that counts.
 * Throws `lock-held` while others are at work, with nothing of ours left behind; `lock-files-unreachable`,
 * `lock-file-refused`.
 */
export async function takeLockFiles(
  deps: Deps,
  cx: RunContext,
  settleMs: number = longestSettle(cx.job.spec.lockFiles),
): Promise<HeldLockFiles> {
  const { lockFiles } = cx.job.spec
  const held: Held<OwnLockFile>[] = []
  const release = async () => {
    for (const file of held.splice(0).toReversed()) await giveBack(cx, file)
  }
  const look = async () => {
    const { blocking, leftovers } = await lookForOthers(lockFiles, deps.now())
    const [first, ...more] = blocking
    if (first) throw othersAtWork([first, ...more])
    return leftovers
  }
  try {
    let leftovers = await look()
    for (const path of new Set(lockFiles.flatMap(({ own }) => own ?? [])))
      held.push(await announce(deps, cx, path))
    if (held.length > 0) {
      await sleep(settleMs, undefined, { signal: cx.signal })
      leftovers = await look()
      await checkOurs(held)
    }
    await dropLeftovers(cx, leftovers)
  } catch (error) {
    await release()
    throw error
  }
  for (const { handle } of held)
    handle.onGone = () => cx.warn(say('warning.ownLockFileGone', { file: handle.path }))
  return { release, [Symbol.asyncDispose]: release }
}

function longestSettle(lockFiles: readonly JobLockFiles[]): number {
  return Math.max(0, ...lockFiles.map(({ own, settle }) => (own === undefined ? 0 : durationMs(settle))))
}

async function announce(deps: Deps, cx: RunContext, path: string): Promise<Held<OwnLockFile>> {
  const found = await readLockFile(path).catch((cause: NodeJS.ErrnoException) => {
    const details = { path, errno: cause.code ?? null }
    const message = `the lock file ${path} cannot be read (${cause.code})`
    throw new HoldfastError('lock-file-refused', message, { details, cause })
  })
  if (found) await judge(deps, cx, path, found)
  return await cx.acquire(ownLockFile, {
    path,
    jobId: cx.job.id,
    runId: cx.runId,
    host: deps.host.hostName,
    takenAt: deps.now().toISOString(),
    mark: randomUUID(),
    replaces: found?.text ?? null,
  })
}

/** Throws `lock-held` for a file that is in use, or not ours to replace; warns of one that is taken over. */
async function judge(deps: Deps, cx: RunContext, path: string, found: FoundFile): Promise<void> {
  const owner = found.text === null ? null : parseOwn(found.text)
  const ageMs = Math.max(0, deps.now().getTime() - found.changedAt.getTime())
  const content = owner
    ? ({ kind: 'ours', ...owner } as const)
    : ({ kind: found.text === '' ? 'empty' : 'foreign' } as const)
  const run = owner ? await stateOf(deps, owner.runId) : 'unknown'
  const verdict = judgeOwnFile({ content, ageMs, run }, cx.runId)
  if (verdict === 'in-use' || verdict === 'foreign') throw occupied(path, ageMs, verdict, owner)
  if (verdict === 'empty') cx.warn(say('warning.ownLockFileEmpty', { file: path }))
  if (verdict === 'left-behind' && owner)
    cx.warn(say('warning.ownLockFileLeft', { file: path, run: owner.runId, host: owner.host }))
}

async function stateOf(deps: Deps, runId: string): Promise<'working' | 'not-working' | 'unknown'> {
  const run = await deps.store.runs.get(runId)
  if (!run) return 'unknown'
  return ['queued', 'held', 'finished'].includes(run.status) ? 'not-working' : 'working'
}

function occupied(
  path: string,
  ageMs: number,
  verdict: OwnFileVerdict,
  owner: { runId: string; host: string } | null,
): HoldfastError {
  if (owner) {
    const message = `the lock file ${path} is held by run ${owner.runId} on ${owner.host}`
    return new HoldfastError('lock-held', message)
  }
  const what = verdict === 'in-use' ? 'is being made by somebody else' : 'was not made by Holdfast'
  const message = `the lock file ${path} ${what}: it has been there for ${durationText(ageMs)}`
  return new HoldfastError('lock-held', message, {
    hint: 'Holdfast removes no file that it did not make. If no other copy program is at work, remove the file; else let only one of the two copy.',
  })
}

/** Whoever took over the same leftover at the same moment was later, and has the file now: the later one goes on. */
async function checkOurs(held: readonly Held<OwnLockFile>[]): Promise<void> {
  for (const { handle } of held) {
    if (await handle.isOurs()) continue
    throw new HoldfastError('lock-held', `the lock file ${handle.path} was taken by somebody else`)
  }
}

async function giveBack(cx: RunContext, file: Held<OwnLockFile>): Promise<void> {
  try {
    await file.release()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    cx.warn(say('warning.ownLockFileStuck', { file: file.handle.path, reason: code ?? message }))
  }
}
