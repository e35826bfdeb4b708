import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { CopyAnswer, CopyRequest } from './copying.ts'

/** A process that copies, standing by as a worker does: its start is not what is measured. */
export class Copier implements AsyncDisposable {
  readonly #child: ChildProcess = fork(new URL('./copying.ts', import.meta.url))

  async copy(request: CopyRequest): Promise<CopyAnswer> {
    const done = new AbortController()
    const waiting = { signal: done.signal }
    const died = once(this.#child, 'exit', waiting).then(() => {
      throw new Error('the process that copies has died')
    })
    died.catch(() => {})
    const answer = once(this.#child, 'message', waiting)
    this.#child.send(request)
    const [result] = await Promise.race([answer, died]).finally(() => done.abort())
    return result
  }

  /** Most memory that it and the programs it started took at once, looked at ten times a second until the work is done. */
  async peakBytesOf(work: Promise<unknown>): Promise<number> {
    let peak = 0
    const timer = setInterval(() => {
      peak = Math.max(peak, treeBytes(this.#child.pid ?? 0))
    }, 100)
    await work.finally(() => clearInterval(timer))
    return peak
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM')
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
  }
}

/** Pages that several processes share are counted once: what the machine would get back. */
function treeBytes(root: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
    parents.set(Number(name), Number(/\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1] ?? 0))
  const isOurs = (pid: number): boolean => pid === root || (parents.has(pid) && isOurs(parents.get(pid) ?? 0))
  let bytes = 0
  for (const pid of parents.keys())
    if (isOurs(pid))
      bytes += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024
  return bytes
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
