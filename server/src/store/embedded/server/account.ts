import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { HoldfastError } from '@holdfast/contract'

export interface Account {
  uid: number
  gid: number
}

const ACCOUNT_NAME = 'holdfast-db'

/**
 * The account PostgreSQL runs under, which refuses to run as root; null: the one we are. As root it is the account the
 * data already belongs to, else whoever owns `dir` (so that root and that user may take turns), else a system account
 * made for it, else nobody.
 */
export function serverAccount(dir: string, clusterDir: string): Account | null {
  const owner = fs.statSync(fs.existsSync(clusterDir) ? clusterDir : dir)
  const ownUid = process.getuid?.() ?? 0
  if (ownUid !== 0) {
    if (owner.uid === ownUid) return null
    throw new HoldfastError(
      'permission-denied',
      `the embedded database in ${clusterDir} belongs to the user with the id ${owner.uid}, not to this one`,
      { hint: 'Run this command as root or as the user the worker runs as.' },
    )
  }
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return findAccount(ACCOUNT_NAME) ?? createAccount() ?? requireAccount('nobody')
}

function findAccount(name: string): Account | null {
  const found = spawnSync('getent', ['passwd', name], { encoding: 'utf8' })
  const fields = found.status === 0 ? found.stdout.trim().split(':') : []
  return fields[2] && fields[3] ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null
}

/** Another process may be creating it at the same moment: then ours fails and theirs is found. */
function createAccount(): Account | null {
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
  spawnSync('useradd', [...args, '--shell', '/usr/sbin/nologin', ACCOUNT_NAME], { stdio: 'ignore' })
  return findAccount(ACCOUNT_NAME)
}

function requireAccount(name: string): Account {
  const account = findAccount(name)
  if (account) return account
  throw new HoldfastError(
    'command-failed',
    'no account found that PostgreSQL could run under instead of root',
    {
      hint: `Create a system account named ${ACCOUNT_NAME}, or use an external PostgreSQL server.`,
    },
  )
}

/** A directory of the server's own, readable by nobody else. */
export function makeServerDir(dir: string, account: Account | null): void {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (account) fs.lchownSync(dir, account.uid, account.gid)
}
