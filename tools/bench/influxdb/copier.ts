import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { InfluxLab } from '../../lab/influxdb/influx-lab.ts'
import { VictoriaMetrics } from '../../lab/influxdb/victoria-metrics.ts'
import { launchFlags } from '../runner/launch-flags.ts'
import type { CopyAnswer, CopyRequest, Server } from './copying.ts'

/** A process that copies, standing by as a worker does: its start is not what is measured. */
export class Copier implements AsyncDisposable {
  readonly #child: ChildProcess = fork(new URL('./copying.ts', import.meta.url), { execArgv: launchFlags() })

  async copy(
    ends: { source: InfluxLab; destination: InfluxLab | VictoriaMetrics },
    config: Record<string, unknown>,
    remembered: unknown = null,
  ): Promise<CopyAnswer> {
    const influxdb = ({ url, snapshotPort }: InfluxLab): Server => ({ url, snapshotPort })
    const { source, destination } = ends
    const request: CopyRequest = {
      source: influxdb(source),
      destination:
        destination instanceof VictoriaMetrics
          ? { url: destination.url, product: 'victoria-metrics' }
          : influxdb(destination),
      config,
      remembered,
    }
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM')
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
  }
}

/** CPU time of a process so far, in milliseconds. */
export function cpuMsOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // Ticks of a hundredth of a second, on every Linux that Node runs on.
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** CPU time that work takes of some servers, in milliseconds. */
export async function serverCpuMs(
  servers: readonly InfluxLab[],
  work: () => Promise<unknown>,
): Promise<number> {
  const sum = () => servers.reduce((total, { pid }) => total + cpuMsOf(pid), 0)
  const before = sum()
  await work()
  return sum() - before
}
