import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { HoldfastError } from '@holdfast/contract'
import type { Account } from './account.ts'

/** From where and as whom the server sees its directory. */
export interface Standpoint {
  /** Path under which the server sees the directory. */
  readonly dir: string
  /** Words to put before a command that prepares the place; its process id stays the same. */
  readonly enter: readonly string[]
  /** Words to put before a command of PostgreSQL: drop root's rights, and send this signal when the parent ends. */
  drop(onParentEnd: 'INT' | 'KILL'): readonly string[]
}

const PRIVATE_MOUNT = fileURLToPath(new URL('./private-mount.sh', import.meta.url))

/** Directories that exist everywhere, that nobody removes (which would unmount ours) and that a server never needs. */
const MOUNT_POINTS = ['/mnt', '/media', '/srv', '/opt']

/**
 * `dir` may lie where only root may go (below /root, a home of mode 0700), so that the server's account could not
 * reach it. Then the directory is shown to the server, and to it alone, at a second place by a private mount.
 * Why not otherwise: PostgreSQL makes its paths absolute, so being started inside the directory does not help, and a
 * user namespace would leave the server the owner of root's files. Needs CAP_SYS_ADMIN, which root lacks only in
 * containers.
 */
export function standpointFor(dir: string, account: Account | null): Standpoint {
  const identity = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : []
  const drop: Standpoint['drop'] = (signal) => [
    'setpriv',
    ...identity,
    '--no-new-privs',
    // A worker may hold capabilities without being root; the server has no use for them.
    '--ambient-caps=-all',
    `--pdeathsig=${signal}`,
  ]
  if (!account) return { dir, enter: [], drop }
  letEnter(dir, account)
  const [program = '', ...args] = [...drop('KILL'), 'test', '-x', dir]
  const reach = spawnSync(program, args, { stdio: 'ignore', cwd: '/' })
  if (reach.error) {
    throw new HoldfastError('command-missing', 'the program setpriv (package util-linux) is missing', {
      cause: reach.error,
    })
  }
  if (reach.status === 0) return { dir, enter: [], drop }
  const target = MOUNT_POINTS.find((point) => isOpenDirectory(point) && !dir.startsWith(`${point}/`))
  const enter = ['unshare', '--mount', 'sh', PRIVATE_MOUNT, dir, target ?? '']
  const [unshare = '', ...rest] = [...enter, 'true']
  if (target && spawnSync(unshare, rest, { stdio: 'ignore', cwd: '/' }).status === 0) {
    return { dir: target, enter, drop }
  }
  throw new HoldfastError(
    'permission-denied',
    `the account of the embedded database (user id ${account.uid}) cannot reach ${dir}`,
    { hint: 'Choose a data directory outside of private homes, such as /var/lib/holdfast.' },
  )
}

/** Only passing through is granted, not listing. */
function letEnter(dir: string, account: Account): void {
  const { uid, gid, mode } = fs.statSync(dir)
  if (uid === account.uid || (mode & 0o001) !== 0) return
  if (gid !== account.gid) fs.chownSync(dir, uid, account.gid)
  fs.chmodSync(dir, (mode & 0o7700) | 0o010)
}

function isOpenDirectory(dir: string): boolean {
  const stat = fs.statSync(dir, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && (stat.mode & 0o001) !== 0
}
