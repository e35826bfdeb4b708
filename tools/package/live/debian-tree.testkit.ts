import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const SUITE = 'bookworm'
const MIRROR = 'http://deb.debian.org/debian'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** What tests make once for each machine. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdfast-lab')

/** A fresh Debian 12 with systemd, as Debian systems have it; made when it is not there. To be read only. */
export async function debianTree(): Promise<string> {
  const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim()
  const tree = join(CACHE, `debian-12-${architecture}`)
  if (existsSync(tree)) return tree
  await mkdir(CACHE, { recursive: true })
  const work = await mkdtemp(join(CACHE, 'making-'))
  try {
    const root = join(work, 'root')
    const args = ['--variant=minbase', '--include=systemd,systemd-sysv', `--keyring=${KEYRING}`, SUITE]
    await run('debootstrap', [...args, root, MIRROR], { maxBuffer: 64 * 1024 * 1024 })
    await chmod(root, 0o755)
    await writeFile(join(root, 'etc/hostname'), 'office\n')
    await writeFile(join(root, 'etc/hosts'), '127.0.0.1 localhost office\n')
    // The journal outlives a boot, and dpkg need not wait for the disk: the tree is thrown away in any case.
    await mkdir(join(root, 'var/log/journal'), { recursive: true })
    await writeFile(join(root, 'etc/dpkg/dpkg.cfg.d/unsafe-io'), 'force-unsafe-io\n')
    await rename(root, tree)
    return tree
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
