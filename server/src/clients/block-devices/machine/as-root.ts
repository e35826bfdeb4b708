import { HoldfastError } from '@holdfast/contract'
import { type ExecOptions, type ExecResult, exec, throwIfCanceled } from '../../../kit/exec.ts'

/** Programs of block devices and where Debian has them; sudo is told the full path, as in deploy/debian/holdfast.sudoers. */
const PATHS = {
  mount: '/usr/bin/mount',
  umount: '/usr/bin/umount',
  cryptsetup: '/usr/sbin/cryptsetup',
  smartctl: '/usr/sbin/smartctl',
} as const

export type RootProgram = keyof typeof PATHS

/** Where a worker that is not root may mount. */
export const MOUNTS = '/run/holdfast/mounts'

export function isRoot(): boolean {
  return process.geteuid?.() === 0
}

/**
 * Runs a program that needs root: directly as root, else through sudo, which allows exactly the arguments that the rules in
 * deploy/debian/holdfast.sudoers name. Ends with any exit code. A signal stops it before it starts and never in the middle:
 * half a mount is nothing anybody could clean up after, and nobody but root may end a program that runs as root.
 */
export async function asRoot(
  program: RootProgram,
  args: readonly string[],
  options: Pick<ExecOptions, 'signal' | 'stdin' | 'keepLines'> = {},
): Promise<ExecResult> {
  const { signal, ...rest } = options
  if (signal) throwIfCanceled(signal)
  if (isRoot()) return await exec(program, args, { ...rest, okCodes: 'all' })
  const result = await exec('sudo', ['-n', '--', PATHS[program], ...args], { ...rest, okCodes: 'all' })
  if (result.exitCode === 0) return result
  const refusal = result.stderr.find((line) => line.startsWith('sudo: '))
  if (refusal?.includes('command not found'))
    throw new HoldfastError('command-missing', `the program ${program} is not installed`, {
      details: { program },
    })
  if (refusal)
    throw new HoldfastError('permission-denied', `Holdfast may not run ${program} as root: ${refusal}`, {
      hint: 'Run the worker as root, or install the rules that come with the Debian package as /etc/sudoers.d/holdfast.',
      details: { program, output: [...result.stderr] },
    })
  return result
}

/** What a program said, for a message: its last words without its name in front. */
export function wordsOf(program: string, result: ExecResult): string {
  const lines = result.stderr.length > 0 ? result.stderr : result.stdout
  const said = lines.filter((line) => !line.includes('dmesg(1) may have more information'))
  const text = said.map((line) => line.trim().replace(new RegExp(`^${program}: `), '')).join(' ')
  return text || `${program} ended with code ${result.exitCode}`
}
