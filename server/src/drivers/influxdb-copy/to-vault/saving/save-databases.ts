import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import type { InfluxServer } from '../../../../clients/influxdb/connect.ts'
import { throwIfCanceled } from '../../../../kit/exec.ts'
import type { RunContext } from '../../../driver.ts'
import type { InfluxdbCopyConfig } from '../../config.ts'
import { Pace, rest } from '../../copying/pace.ts'
import { mixedTypes } from '../../copying/tally.ts'
import { WindowReader } from '../../copying/window-reader.ts'
import { isChosen } from '../../planning/way.ts'
import { type Window, windowsOf } from '../../planning/windows.ts'
import { fileNameOf, instantName, isoInstant } from '../../points/file-names.ts'
import { WINDOW_SUFFIX } from '../../points/layout.ts'
import { sourceNode } from '../../servers.ts'
import { say } from '../../texts/texts.ts'
import type { Found } from '../look.ts'
import { isOfOneWindow, Lacking } from './lacking.ts'
import type { Room } from './room.ts'
import { type SavedWindow, type Saving, saveWindow } from './save-window.ts'
import { type Known, Linker, shareUnchanged } from './share.ts'
import { Unfinished } from './unfinished.ts'

export interface Saved {
  readonly found: Found
  readonly unfinished: Unfinished
  readonly lacking: Lacking
  /** Paths of files of the restore point before that are not what was saved. */
  readonly rotten: string[]
}

/** What has become of all windows. */
export interface SavedTotals {
  written: number
  shared: number
  bytes: number
}

interface Work {
  readonly saved: Saved
  readonly window: Window
  readonly path: string
  readonly known: Known | undefined
  readonly linker: Linker | null
}

const CONFIRM_EVERY_MS = 5000

/** Saves every window of every database that may have changed, several at once, and shares all others. */
export async function saveDatabases(
  cx: RunContext<InfluxdbCopyConfig>,
  server: InfluxServer,
  { jobDirectory, found, room }: { jobDirectory: string; found: readonly Found[]; room: Room },
): Promise<{ saved: Saved[]; totals: SavedTotals }> {
  const totals: SavedTotals = { written: 0, shared: 0, bytes: 0 }
  const saved: Saved[] = []
  const work: Work[] = []
  for (const one of found) {
    const unfinished = await Unfinished.open(cx, jobDirectory, one)
    const into: Saved = { found: one, unfinished, lacking: new Lacking(), rotten: [] }
    saved.push(into)
    const windows = [...windowsOf(one.contents, cx.job.config)]
    const shared = await shareUnchanged(one, windows, unfinished, cx.signal)
    totals.shared += shared.windows
    const linker = one.previous && new Linker(one.previous.point.directory, unfinished)
    for (const { window, path } of pathsOf(windows, unfinished)) {
      const isRead = isChosen({ groupIds: one.changedGroups }, window)
      if (!isRead && !shared.lost.has(path)) continue
      work.push({ saved: into, window, path, linker, known: shared.known.get(path) })
    }
  }
  await saveAll(cx, server, { work, room, totals, unfinished: saved.map((one) => one.unfinished) })
  return { saved, totals }
}

/** Windows that are not done yet, with the paths of their files. */
function* pathsOf(
  windows: readonly Window[],
  unfinished: Unfinished,
): Generator<{ window: Window; path: string }> {
  const names = new Map<string, string>()
  const nameOf = (name: string) => {
    const known = names.get(name) ?? fileNameOf(name)
    names.set(name, known)
    return known
  }
  const taken = new Set<string>()
  for (const window of windows) {
    const folder = join('data', nameOf(window.rp), nameOf(window.measurement))
    const plain = join(folder, instantName(window.startNs))
    // Groups of shards whose length was changed meanwhile may begin at the same time.
    for (const name of [plain, `${plain}~${window.groupId}`]) {
      const path = name + WINDOW_SUFFIX
      const group = unfinished.groupAt(path)
      if (group === window.groupId) break
      if (group !== undefined || taken.has(path)) continue
      taken.add(path)
      yield { window, path }
      break
    }
  }
}

interface Saves {
  readonly work: readonly Work[]
  readonly unfinished: readonly Unfinished[]
  readonly room: Room
  readonly totals: SavedTotals
}

async function saveAll(
  cx: RunContext<InfluxdbCopyConfig>,
  server: InfluxServer,
  { work, unfinished, room, totals }: Saves,
): Promise<void> {
  const { config } = cx.job
  const stop = new AbortController()
  const signal = AbortSignal.any([cx.signal, stop.signal])
  const pace = new Pace(config.maxPointsPerSecond)
  const { pauseBetweenWindowsMs: pauseMs } = config
  const report = reporter(cx, work.length)
  const confirm = async () => {
    for (const one of unfinished) await one.confirm()
  }
  let confirmedAt = performance.now()
  let next = 0
  const newReader = () =>
    new WindowReader({ server, pageSize: config.pageSize, tags: config.tags, pace, signal })
  const saveOn = async () => {
    let reader = newReader()
    for (let one = work[next++]; one; one = work[next++]) {
      throwIfCanceled(signal)
      const { saved, window } = one
      const saving: Saving = { reader, linker: one.linker, room, signal, verify: config.verify, ...saved }
      const done = await saveOrLack(saving, one)
      if (done instanceof HoldfastError) {
        lack(cx, saved, window, done)
        // What it had decoded of the window that broke off must not get into the next one.
        reader = newReader()
      } else {
        add(totals, done)
        if (done.hadDamage) saved.rotten.push(one.path)
      }
      report(totals, window)
      if (performance.now() - confirmedAt > CONFIRM_EVERY_MS) {
        confirmedAt = performance.now()
        await confirm()
      }
      await rest(pauseMs, signal)
    }
  }
  const readers = Array.from({ length: sourceNode(cx.job).readers }, saveOn)
  try {
    await Promise.all(readers)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(readers)
    // What is done is worth keeping, but the first error is the one that tells the story.
    await confirm().catch(() => {})
    throwIfCanceled(cx.signal)
    throw error
  }
  await confirm()
}

/** What cannot be read of one window stops no other. */
async function saveOrLack(
  saving: Saving,
  { window, path, known }: Work,
): Promise<SavedWindow | HoldfastError> {
  if (window.isMixed) return mixedTypes(window)
  try {
    return await saveWindow(saving, window, path, known)
  } catch (error) {
    throwIfCanceled(saving.signal)
    if (isOfOneWindow(error)) return error
    throw error
  }
}

function lack(cx: RunContext, { found, lacking }: Saved, window: Window, error: HoldfastError): void {
  if (!lacking.add(window, error)) return
  const { rp: policy, measurement, startNs } = window
  const where = { database: found.name, policy, measurement, from: isoInstant(startNs) }
  cx.log.error('a window could not be read', { ...where, code: error.code, reason: error.message })
}

function add(totals: SavedTotals, { outcome, bytes }: SavedWindow): void {
  if (outcome === 'written') totals.written += 1
  if (outcome === 'shared') totals.shared += 1
  totals.bytes += bytes
}

/** Tells how far the windows are. The rest is reckoned from the time that those before have taken. */
function reporter(cx: RunContext, totalItems: number): (totals: SavedTotals, window: Window) => void {
  const startedAt = performance.now()
  let doneItems = 0
  return ({ bytes }, { measurement, rp }) => {
    const seconds = (performance.now() - startedAt) / 1000
    doneItems += 1
    cx.progress({
      step: 'save-windows',
      doneItems,
      totalItems,
      movedBytes: bytes,
      ...(seconds > 0 ? { bytesPerSecond: bytes / seconds } : {}),
      etaSeconds: (seconds / doneItems) * (totalItems - doneItems),
      current: say('run.current', { measurement, policy: rp }),
    })
  }
}
