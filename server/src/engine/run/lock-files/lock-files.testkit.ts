import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JobLockFiles, jobSpec } from '@holdfast/contract'
import { removeFolder } from '../../../../../tools/lab/remove-folder.ts'
import type { Job } from '../../../drivers/driver.ts'
import { TestContext, TestWorld } from '../../../drivers/test-context.ts'
import { newId } from '../../../kit/ids.ts'
import type { StoredRun } from '../../ports.ts'
import type { OwnLockData } from './own-lock-file.ts'
import { takeLockFiles } from './take-lock-files.ts'

/** A share as both sides see it, with a job that minds its lock files. The pause after announcing is 60 ms. */
export class Share implements AsyncDisposable {
  readonly root: string
  readonly directory: string
  readonly own: string
  /** Runs that the database knows, with their status. */
  readonly runs = new Map<string, StoredRun['status']>()
  settleMs = 60

  private constructor(root: string) {
    this.root = root
    this.directory = join(root, 'locks')
    this.own = join(root, 'copy.lock')
  }

  static async create(): Promise<Share> {
    const share = new Share(await mkdtemp(join(tmpdir(), 'holdfast-lock-files-')))
    await mkdir(share.directory)
    return share
  }

  /** A new run of a job with these lock files; those of the share without any. */
  run(more: Partial<JobLockFiles> = {}, world = new TestWorld()) {
    const lockFiles = [{ directory: this.directory, own: this.own, ...more }]
    const spec = jobSpec.parse({ name: 'copy', kind: 'disk-copy', lockFiles })
    const job: Job<null> = {
      id: newId('job'),
      name: spec.name,
      kind: spec.kind,
      spec,
      config: null,
      node: null,
      nodes: {},
      vault: null,
      policy: null,
    }
    const cx = new TestContext(job, world)
    const get = async (id: string) => {
      const status = this.runs.get(id)
      return status === undefined ? null : ({ id, status } as StoredRun)
    }
    const host = { hostId: 'here', hostName: 'nas', bootId: 'boot' }
    const deps = { host, now: () => new Date(), store: { runs: { get } } }
    return { cx, world, take: () => takeLockFiles(deps, cx, this.settleMs) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeFolder(this.root)
  }
}

/** Takes an own lock file in another process and kills that with -9. */
export async function takeAndBeKilled(data: OwnLockData): Promise<void> {
  const module = JSON.stringify(new URL('./own-lock-file.ts', import.meta.url).href)
  const program = `const { ownLockFile } = await import(${module})
    await ownLockFile.acquire(${JSON.stringify(data)}, { log: {}, signal: new AbortController().signal })
    process.stdout.write('taken')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  child.kill('SIGKILL')
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit')
}
