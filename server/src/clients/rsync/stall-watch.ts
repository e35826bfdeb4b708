import { readFileSync } from 'node:fs'
import { HoldfastError } from '@holdfast/contract'

/** Less than that is what rsync's processes say to each other to pass the time. */
const LEAST_BYTES = 65_536
/** Ticks of the clock, a hundredth of a second each. */
const LEAST_TICKS = 5
const LOOKS = 10

interface Activity {
  readonly ticks: number
  readonly bytes: number
}

/**
 * Notices that a program and all it has started neither read, write nor compute any more: a disk or a share that no longer
 * answers. The timeout of rsync does not: in a local copy its processes keep each other content (measured with 3.5.0, with
 * any of the three stopped). A long comparison of contents, of which nothing is seen, does compute.
 */
export class StallWatch implements Disposable {
  readonly #controller = new AbortController()
  readonly #seconds: number
  #timer: NodeJS.Timeout | null = null
  #root = 0
  #before: Activity[] = []

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  /** Fires with `no-progress`. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  watch(pid: number): void {
    this.#root = pid
    this.#timer = setInterval(() => this.#look(), (this.#seconds * 1000) / LOOKS)
  }

  #look(): void {
    const pids = treeOf(this.#root)
    const now = pids.map(activityOf).reduce(sum, { ticks: 0, bytes: 0 })
    this.#before.push(now)
    if (this.#before.length <= LOOKS) return
    const then = this.#before.shift()
    // A process that has ended takes its figures along: then there was a change as well.
    const isBusy =
      !then ||
      Math.abs(now.ticks - then.ticks) >= LEAST_TICKS ||
      Math.abs(now.bytes - then.bytes) >= LEAST_BYTES
    if (isBusy) return
    this.#controller.abort(
      new HoldfastError(
        'no-progress',
        `nothing has moved for ${this.#seconds} seconds: the copy is given up`,
      ),
    )
    // One that hangs or is stopped would keep the others, and the lock of the job, for as long.
    for (const pid of pids) kill(pid)
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearInterval(this.#timer)
  }
}

function sum(a: Activity, b: Activity): Activity {
  return { ticks: a.ticks + b.ticks, bytes: a.bytes + b.bytes }
}

function treeOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return [pid, ...children.flatMap(treeOf)]
}

/** Fields 14 and 15 of stat are CPU time; the name before them may hold blanks. */
function activityOf(pid: number): Activity {
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
  const io = read(`/proc/${pid}/io`)
  const [wasRead = '0', written = '0'] = [/^rchar: (\d+)/m, /^wchar: (\d+)/m].map(
    (line) => line.exec(io)?.[1],
  )
  return {
    ticks: Number(fields[11] ?? 0) + Number(fields[12] ?? 0),
    bytes: Number(wasRead) + Number(written),
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}
