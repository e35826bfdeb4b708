import { readFileSync } from 'node:fs'

/** Bits of the effective set, see capabilities(7). */
const CHOWN = 0n
const DAC_OVERRIDE = 1n
const DAC_READ_SEARCH = 2n
const FOWNER = 3n
const SYS_ADMIN = 21n
const SETFCAP = 31n

/** What the kernel lets this process do to files of others: a worker unit grants it without making it root. */
export interface Privileges {
  /** Gives files any owner and sets their modes, ACLs and times. */
  readonly giveFilesAway: boolean
  /** Reads every file and folder, whatever its mode. */
  readonly readEverything: boolean
  /** Keeps the capabilities that a program file bears (`security.capability`). */
  readonly setFileCapabilities: boolean
  /** Reads and writes the attributes `trusted.*` and all `security.*`. */
  readonly setTrustedAttributes: boolean
}

/** The privileges that a `CapEff` line of proc(5) grants; none without such a line. Exported for tests. */
export function privilegesOf(status: string): Privileges {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  const has = (capability: bigint) => ((effective >> capability) & 1n) === 1n
  return {
    giveFilesAway: has(CHOWN) && has(FOWNER),
    readEverything: has(DAC_READ_SEARCH) || has(DAC_OVERRIDE),
    setFileCapabilities: has(SETFCAP),
    setTrustedAttributes: has(SYS_ADMIN),
  }
}

/** Those of another process of this machine, this one's own without a number. None when it is gone. */
export function privilegesOfProcess(pid: number | 'self'): Privileges {
  try {
    return privilegesOf(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return privilegesOf('')
  }
}

/** Whether owners, modes and times of files that belong to others can be kept. */
export function mayGiveFilesAway(): boolean {
  return privilegesOfProcess('self').giveFilesAway
}

/** Extended attributes that this process may not set, as patterns of names; what is kept comes first with `+`. */
export function attributesOutOfReach(privileges: Privileges = privilegesOfProcess('self')): string[] {
  if (privileges.setTrustedAttributes) return []
  return [...(privileges.setFileCapabilities ? ['+security.capability'] : []), '-trusted.*', '-security.*']
}
