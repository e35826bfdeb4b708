import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../repo/repository.ts'

const UDEVD = '/lib/systemd/systemd-udevd'
/** Of the rules that come with udev only the one that ours needs: the others would fill the /dev of the machine with links. */
const PROBE = 'KERNEL=="loop*", ACTION!="remove", GROUP="disk", MODE="0660", IMPORT{builtin}="blkid"\n'
/** What it says, beside the rules: read at once, which a pipe is not. */
const LOG = 'said'

/** A real udevd with the rule of the package, in namespaces of its own: the machine around it is not told anything. */
export class PrivateUdev implements AsyncDisposable {
  /** Program and arguments that start another program beside it. */
  readonly launcher: readonly string[]
  readonly #rules: string
  readonly #daemon: ChildProcess
  readonly #hadLinks = existsSync('/dev/block')

  private constructor(rules: string, daemon: ChildProcess) {
    this.#rules = rules
    this.#daemon = daemon
    this.launcher = ['nsenter', '--target', String(daemon.pid), '--mount', '--net', '--']
  }

  /** `bay` are rules that come before ours. */
  static async start(bay: string): Promise<PrivateUdev> {
    const rules = mkdtempSync(join(tmpdir(), 'holdfast-udev-'))
    writeFileSync(join(rules, '60-probe.rules'), PROBE)
    writeFileSync(join(rules, '80-holdfast-bay.rules'), bay)
    copyFileSync(join(ROOT, 'deploy/udev/90-holdfast-disk.rules'), join(rules, '90-holdfast-disk.rules'))
    const script = `set -e
      mount -t tmpfs tmpfs /run
      mkdir /run/udev
      mount --bind ${rules} /usr/lib/udev/rules.d
      exec ${UDEVD}`
    const apart = ['unshare', '--mount', '--net', '--propagation', 'private', 'sh', '-c', script]
    const env = { ...process.env, SYSTEMD_LOG_TARGET: 'console' }
    const log = openSync(join(rules, LOG), 'w')
    const daemon = spawn('setpriv', ['--pdeathsig', 'KILL', ...apart], {
      env,
      stdio: ['ignore', 'ignore', log],
    })
    closeSync(log)
    const udev = new PrivateUdev(rules, daemon)
    for (let tries = 0; !udev.#isUp(); tries += 1) {
      if (daemon.exitCode !== null || tries > 200) {
        const said = udev.#said()
        await udev[Symbol.asyncDispose]()
        throw new Error(`udevd does not start: ${said}`)
      }
      await sleep(50)
    }
    return udev
  }

  /** What it has to say about rules. */
  complaints(): string[] {
    return this.#said()
      .split('\n')
      .filter((line) => line.includes('.rules'))
  }

  #said(): string {
    return readFileSync(join(this.#rules, LOG), 'utf8')
  }

  #isUp(): boolean {
    try {
      this.#run('udevadm', 'control', '--ping')
      return true
    } catch {
      return false
    }
  }

  #run(...args: string[]): string {
    const [program = '', ...rest] = [...this.launcher, ...args]
    return execFileSync(program, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  }

  /** What udev knows of a device, once it has done with what happened. */
  properties(device: string): Record<string, string> {
    this.#run('udevadm', 'settle')
    const lines = this.#run('udevadm', 'info', '--query=property', `--name=${device}`).trim().split('\n')
    return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#daemon.exitCode === null) {
      const ended = once(this.#daemon, 'exit')
      this.#daemon.kill('SIGTERM')
      await ended
    }
    rmSync(this.#rules, { recursive: true })
    if (!this.#hadLinks) rmSync('/dev/block', { recursive: true, force: true })
  }
}
