import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'

/** Which machine this is, since when it is up, and which process: enough to know for certain that a worker is dead. */
export interface HostIdentity {
  hostId: string
  hostName: string
  bootId: string
}

function readTrimmed(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return 'unknown'
  }
}

/** machine-id(5) says the id must not be handed out as it is, so it is hashed with our name. */
export function hostIdentity(): HostIdentity {
  const machineId = readTrimmed('/etc/machine-id') || os.hostname()
  const hostId = createHash('sha256').update(`holdfast:${machineId}`).digest('hex').slice(0, 16)
  const boot = readTrimmed('/proc/sys/kernel/random/boot_id') ?? 'unknown'
  // Process numbers mean something only within one namespace: two containers on one kernel do not see each other.
  const bootId = `${boot} ${readLink('/proc/self/ns/pid')}`
  return { hostId, hostName: os.hostname(), bootId }
}

/** Start time of a process in clock ticks since boot (proc(5), field 22 of stat), or null when there is none. */
export function processStart(pid: number): string | null {
  const stat = readTrimmed(`/proc/${pid}/stat`)
  // The command name is in parentheses and may hold spaces: count the fields behind it.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
