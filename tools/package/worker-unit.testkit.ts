import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../repo/repository.ts'

/** Arguments of setpriv(1) that give a program the capabilities that the worker unit gives its own. */
export function capabilitiesOfWorkerUnit(): string[] {
  const unit = readFileSync(join(ROOT, 'deploy/systemd/holdfast-worker.service'), 'utf8')
  const named = /^AmbientCapabilities=(.+)$/m.exec(unit)?.[1] ?? ''
  const granted = named
    .split(' ')
    .map((name) => `+${name.replace('CAP_', '').toLowerCase()}`)
    .join(',')
  return [`--inh-caps=-all,${granted}`, `--ambient-caps=-all,${granted}`]
}
