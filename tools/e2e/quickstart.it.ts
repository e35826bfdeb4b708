import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requires } from '../lab/requires.ts'
import { buildWebWhenStale } from '../web/build-when-stale.ts'
import { until } from './installation.testkit.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const COPIED = ['contract', 'docs', 'server', 'tools', 'web', 'holdfast', 'package.json', 'package-lock.json']

describe.skipIf(requires('rsync'))('the quickstart', () => {
  let checkout: string

  beforeAll(async () => {
    checkout = await mkdtemp(path.join(tmpdir(), 'holdfast-quickstart-'))
    // Built before, and copied with its times, so that it need not be built there: the packages are elsewhere.
    await buildWebWhenStale()
    const options = { recursive: true, preserveTimestamps: true }
    for (const name of COPIED) await cp(path.join(root, name), path.join(checkout, name), options)
    await symlink(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'))
  })
  afterAll(() => rm(checkout, { recursive: true, force: true }))

  it('proves two restore points and a restore, and leaves the server running with the result on screen', async () => {
    const args = [path.join(checkout, 'tools/quickstart/quickstart.ts'), path.join(checkout, 'docs')]
    const env = { ...process.env, INIT_CWD: checkout, NODE_ENV: 'production' }
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: checkout, env })
    const pid = Number(/stop the server with `kill (\d+)`/.exec(stdout)?.[1])
    try {
      expect(stdout).toMatch(/^proved {6}two restore points/m)
      expect(stdout).toMatch(/^compared .*equal; .*equal$/m)
      const [, link, page] = /on screen\s+(\S+) makes the first user; then (\S+) shows/.exec(stdout) ?? []
      expect(link).toMatch(/\/setup#token=/)
      const answer = await fetch(page ?? '')
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('<div id="root">')

      // Whoever has closed the terminal gets the way in once more, as long as nobody has gone it.
      const again = await promisify(execFile)(process.execPath, args, { cwd: checkout, env })
      const shown = /on screen\s+(\S+) makes the first user; then \S+ \(still running/.exec(again.stdout)?.[1]
      expect(shown).toBe(link)
    } finally {
      process.kill(pid, 'SIGTERM')
      await until(() => !isAlive(pid))
    }
  }, 240_000)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
