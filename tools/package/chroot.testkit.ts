import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const SUITE = 'bookworm'
const MIRROR = 'http://deb.debian.org/debian'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const ENV = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LC_ALL: 'C',
  DEBIAN_FRONTEND: 'noninteractive',
}

/** The base is downloaded once for each machine. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdfast-lab')

/** A Debian 12 of its own below a temporary directory. Needs root. Disposing it unmounts, removes and checks for leaks. */
export class DebianChroot implements AsyncDisposable {
  readonly directory: string

  private constructor(directory: string) {
    this.directory = directory
  }

  static async create(): Promise<DebianChroot> {
    const base = await cachedBase()
    const chroot = new DebianChroot(await mkdtemp(join(tmpdir(), 'holdfast-debian-')))
    try {
      await run('tar', ['-xf', base, '--numeric-owner', '-C', chroot.directory])
      await chmod(chroot.directory, 0o755)
      await run('mount', ['-t', 'proc', '-o', 'nosuid,nodev,noexec', 'proc', chroot.path('proc')])
      await run('mount', ['-t', 'tmpfs', '-o', 'nosuid,nodev,mode=1777', 'tmpfs', chroot.path('dev/shm')])
      await copyFile('/etc/resolv.conf', chroot.path('etc/resolv.conf'))
      // Nothing is started by the installation of a package.
      await writeFile(chroot.path('usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
      return chroot
    } catch (error) {
      await chroot[Symbol.asyncDispose]()
      throw error
    }
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts)
  }

  /** Runs a command inside as root and gives what it printed, both streams as one; throws when it fails. */
  async run(...command: string[]): Promise<string> {
    const { stdout, stderr } = await run('chroot', [this.directory, ...command], {
      env: ENV,
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout + stderr
  }

  /** Starts a command inside as another user; `rights` are further arguments of setpriv(1). */
  spawnAs(user: string, rights: readonly string[], ...command: string[]): ChildProcess {
    const args = ['--reuid', user, '--regid', user, '--init-groups', ...rights, '--', ...command]
    return spawn('chroot', [this.directory, 'setpriv', ...args], {
      env: ENV,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** Process ids of all that runs inside. */
  async processes(): Promise<number[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
    const roots = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/root`).catch(() => '')))
    return pids.filter((_, index) => roots[index] === this.directory).map(Number)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pid of await this.processes()) process.kill(pid, 'SIGKILL')
    const mounted = (await mountPoints()).filter((point) => point.startsWith(`${this.directory}/`))
    for (const point of mounted.reverse()) await run('umount', ['--lazy', point])
    const left = (await mountPoints()).filter((point) => point.startsWith(`${this.directory}/`))
    if (left.length > 0) throw new Error(`still mounted: ${left.join(', ')}`)
    await rm(this.directory, { recursive: true, force: true })
  }
}

async function mountPoints(): Promise<string[]> {
  const lines = (await readFile('/proc/self/mounts', 'utf8')).split('\n')
  return lines.map((line) => line.split(' ')[1] ?? '')
}

/** The tarball of a fresh system with systemd, as Debian systems have it, made when it is not there. */
async function cachedBase(): Promise<string> {
  const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim()
  const file = join(CACHE, `debian-12-${architecture}.tar`)
  if (existsSync(file)) return file
  await mkdir(CACHE, { recursive: true })
  const work = await mkdtemp(join(CACHE, 'making-'))
  try {
    const args = ['--variant=minbase', '--include=systemd,systemd-sysv', `--keyring=${KEYRING}`, SUITE]
    await run('debootstrap', [...args, join(work, 'root'), MIRROR], { maxBuffer: 64 * 1024 * 1024 })
    const tarball = join(work, basename(file))
    await run('tar', ['-cf', tarball, '--numeric-owner', '-C', join(work, 'root'), '.'])
    await rename(tarball, file)
    return file
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
