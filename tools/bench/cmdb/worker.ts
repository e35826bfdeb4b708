import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { launchFlags } from '../runner/launch-flags.ts'
import type { WorkAnswer, WorkRequest } from './working.ts'

/** A process that does nothing but the work of jobs, standing by as a worker does: its start is not what is measured. */
export class Worker implements AsyncDisposable {
  readonly #child: ChildProcess = fork(new URL('./working.ts', import.meta.url), { execArgv: launchFlags() })

  async work(request: WorkRequest): Promise<WorkAnswer> {
    const done = new AbortController()
    const waiting = { signal: done.signal }
    const died = once(this.#child, 'exit', waiting).then(() => {
      throw new Error('the process that works has died')
    })
    died.catch(() => {})
    const answer = once(this.#child, 'message', waiting)
    this.#child.send(request)
    const [result] = await Promise.race([answer, died]).finally(() => done.abort())
    return result
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM')
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
  }
}
