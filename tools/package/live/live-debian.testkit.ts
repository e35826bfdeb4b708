import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { removeFolder } from '../../lab/remove-folder.ts'
import { ROOT } from '../../repo/repository.ts'
import { debianTree } from './debian-tree.testkit.ts'

const run = promisify(execFile)
const BOOT = join(ROOT, 'tools/package/live/boot.sh')
const PATIENCE_MS = 300_000
const ENV = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LC_ALL: 'C',
  DEBIAN_FRONTEND: 'noninteractive',
}
const ALL = ['-a']
const ALL_BUT_NETWORK = ['-m', '-u', '-i', '-p', '-C']
const ASK = `const [url, init] = JSON.parse(process.argv[1])
const answer = await fetch(url, init)
const body = await answer.text()
console.log(JSON.stringify({ status: answer.status, cookies: answer.headers.getSetCookie(), body }))`

export interface Answer {
  readonly status: number
  readonly cookies: readonly string[]
  readonly body: string
}

/** Waits until `isSo` gives something other than false, null or undefined, which is returned. */
export async function until<T>(what: string, isSo: () => Promise<T | false | null | undefined>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const value = await isSo()
    if (value !== false && value !== null && value !== undefined) return value
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await pause(100)
  }
}

/**
 * A Debian 12 that was booted by its own systemd, apart from this machine: see boot.sh. Needs root, overlayfs and
 * cgroup v2. It ends with the process that made it; disposing it removes what it wrote.
 */
export class LiveDebian implements AsyncDisposable {
  readonly #directory: string
  readonly #tree: string
  readonly #seesDisks: boolean
  readonly #beside: ChildProcess[] = []
  #boot: ChildProcess | undefined
  #init = 0

  private constructor(directory: string, tree: string, seesDisks: boolean) {
    this.#directory = directory
    this.#tree = tree
    this.#seesDisks = seesDisks
  }

  /** `seesDisks`: its udev, once it is installed, hears of the disks of this machine. */
  static async create({ seesDisks = false } = {}): Promise<LiveDebian> {
    const tree = await debianTree()
    const debian = new LiveDebian(await mkdtemp(join(tmpdir(), 'holdfast-live-')), tree, seesDisks)
    try {
      for (const name of ['upper', 'work', 'root', 'cgroup']) await mkdir(join(debian.#directory, name))
      await debian.boot()
      await copyFile('/etc/resolv.conf', debian.path('etc/resolv.conf'))
      return debian
    } catch (error) {
      await debian[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Starts it, also again after {@link powerOff}; returns when all units of the boot are up. Throws if one failed. */
  async boot(): Promise<void> {
    const isolated = ['unshare', '--mount', '--propagation', 'private']
    const args = ['--pdeathsig', 'KILL', ...isolated, 'sh', BOOT, this.#tree, this.#directory]
    const env = { ...process.env, DISKS: this.#seesDisks ? 'yes' : '' }
    const child = spawn('setpriv', args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += data))
    this.#boot = child
    this.#init = await until('process 1 is there', async () => {
      if (child.exitCode !== null) throw new Error(`it did not boot: ${printed}`)
      const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').catch(() => '')
      const pid = Number(children.trim() || 0)
      return pid > 0 && (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')) === 'systemd\n' && pid
    })
    const state = await until('it has booted', async () => {
      const { stdout } = await this.#inside(ALL, ['systemctl', 'is-system-running']).catch((error) => error)
      return /^(running|degraded)/.exec(stdout ?? '')?.[0]
    })
    if (state !== 'running') throw new Error(await this.run('systemctl', '--failed', '--no-pager'))
  }

  /**
   * From here on its systemd hears of disks: for after a boot, and after udev was installed. It looks for udev once, when
   * it begins, and takes it to be there before it is only where /dev is that of the kernel.
   */
  async hearOfDisks(): Promise<void> {
    await this.run('systemctl', 'start', 'systemd-udevd')
    await this.run('systemctl', 'daemon-reexec')
  }

  /** As the button of a machine does it; returns when nothing runs any more. */
  async powerOff(): Promise<void> {
    const ended = this.#boot && once(this.#boot, 'exit')
    await this.run('systemctl', 'poweroff', '--no-block')
    await ended
  }

  /** As when the current fails. `meanwhile` works while nothing in it moves any more and all of it is still there. */
  async cutPower(meanwhile: () => Promise<unknown>): Promise<void> {
    await this.#onGroup(
      `echo 1 >"$1/cgroup.freeze"; until grep -qx 'frozen 1' "$1/cgroup.events"; do sleep 0.02; done`,
    )
    await meanwhile()
    await this.#end()
  }

  /** A path of it, as this machine sees it while it runs. */
  path(...parts: string[]): string {
    return join(`/proc/${this.#init}/root`, ...parts)
  }

  /** Runs a command as root and gives what it printed, both streams as one; throws when it fails. */
  async run(...command: string[]): Promise<string> {
    const { stdout, stderr } = await this.#inside(ALL, command)
    return stdout + stderr
  }

  /** As {@link run}, over the network of this machine, which the system itself does not reach. */
  async runOnline(...command: string[]): Promise<string> {
    const { stdout, stderr } = await this.#inside(ALL_BUT_NETWORK, command)
    return stdout + stderr
  }

  /** Starts a command as root. */
  spawn(...command: string[]): ChildProcess {
    return spawn('nsenter', ['-t', String(this.#init), '-a', '--', ...command], { env: ENV })
  }

  /** Starts a program of this machine in the network of the system. */
  spawnBeside(...command: string[]): ChildProcess {
    const args = ['--pdeathsig', 'KILL', 'nsenter', '-t', String(this.#init), '--net', '--', ...command]
    const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#beside.push(child)
    return child
  }

  /** An HTTP request from within its network. */
  async fetch(url: string, init: RequestInit = {}): Promise<Answer> {
    const node = [process.execPath, '--input-type=module', '-e', ASK, JSON.stringify([url, init])]
    const { stdout } = await run('nsenter', ['-t', String(this.#init), '--net', '--', ...node])
    return JSON.parse(stdout)
  }

  /** What systemd says about a unit. */
  async unit(name: string): Promise<Record<string, string>> {
    const lines = (await this.run('systemctl', 'show', name)).split('\n')
    return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)))
  }

  #inside(namespaces: readonly string[], command: string[]): Promise<{ stdout: string; stderr: string }> {
    const args = ['-t', String(this.#init), ...namespaces, '--', ...command]
    const running = run('nsenter', args, { env: ENV, maxBuffer: 64 * 1024 * 1024 })
    // Whoever asks something gets no answer rather than a long wait.
    running.child.stdin?.end()
    return running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end()
    await removeFolder(this.#directory)
  }

  async #end(): Promise<void> {
    for (const child of [...this.#beside, this.#boot]) {
      if (!child || child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
    await this.#removeGroups()
  }

  /** A group goes once the last process in it is gone, which is a moment after it was killed. */
  async #removeGroups(): Promise<void> {
    await until('its control groups are gone', () =>
      this.#onGroup('[ ! -e "$1" ] || find "$1" -depth -type d -exec rmdir {} +').then(
        () => true,
        () => false,
      ),
    )
  }

  /** Runs a script of this machine that is given the control group of the system. */
  async #onGroup(script: string): Promise<void> {
    const hierarchy = join(this.#directory, 'cgroup')
    const all = `mount -t cgroup2 cgroup2 "$0" && { ${script}; }`
    const apart = ['--mount', '--propagation', 'private']
    await run('unshare', [...apart, 'sh', '-c', all, hierarchy, join(hierarchy, basename(this.#directory))])
  }
}

/** Writes a file of any mode into it. */
export async function put(debian: LiveDebian, path: string, content: string, mode = 0o644): Promise<void> {
  await writeFile(debian.path(path), content, { mode })
}
