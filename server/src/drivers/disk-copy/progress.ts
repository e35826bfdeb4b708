import type { RunProgress } from '@holdfast/contract'

/** Below this the rate is mostly start-up: an estimate would jump. */
const SETTLED_SECONDS = 3
/** How often progress is told: a hundred thousand small files are not worth as many words. */
const TELL_MS = 100

/**
 * Progress of a copy measured by its own plan: bytes copied of bytes to copy. (The percentage of rsync counts files it
 * need not copy, and its remaining time is off by a factor of ten on an incremental run.)
 */
export class CopyMeter {
  readonly #totalBytes: number | null
  readonly #startedMs: number
  #locallyCopied = 0
  #transferred = 0
  #doneItems = 0
  #toldMs = Number.NEGATIVE_INFINITY

  constructor(totalBytes: number | null, startedMs: number) {
    this.#totalBytes = totalBytes
    this.#startedMs = startedMs
  }

  /** Bytes of files that were copied within the vault because only their attributes changed: rsync does not count them. */
  addLocal(sizeBytes: number): void {
    this.#locallyCopied += sizeBytes
  }

  addItem(): void {
    this.#doneItems += 1
  }

  transferred(bytes: number): void {
    this.#transferred = bytes
  }

  /** Null when it was told a moment ago. */
  dueAt(nowMs: number): RunProgress | null {
    if (Math.abs(nowMs - this.#toldMs) < TELL_MS) return null
    this.#toldMs = nowMs
    return this.at(nowMs)
  }

  at(nowMs: number): RunProgress {
    const doneBytes = this.#transferred + this.#locallyCopied
    const seconds = (nowMs - this.#startedMs) / 1000
    const rate = seconds > 0 ? doneBytes / seconds : 0
    const progress: RunProgress = {
      step: 'copy',
      doneBytes,
      doneItems: this.#doneItems,
      movedBytes: this.#transferred,
    }
    if (rate > 0) progress.bytesPerSecond = Math.round(rate)
    if (this.#totalBytes === null) return progress
    // The source may have grown since it was counted: the total follows rather than let the bar run past its end.
    progress.totalBytes = Math.max(this.#totalBytes, doneBytes)
    if (rate > 0 && seconds >= SETTLED_SECONDS) {
      progress.etaSeconds = Math.ceil((progress.totalBytes - doneBytes) / rate)
    }
    return progress
  }
}
