import { chmod, chown, mkdir, writeFile } from 'node:fs/promises'
import type { RunSummary } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Installation } from './installation.testkit.ts'

/** Nobody, in every distribution: reads no file that is not given to it. */
const NOBODY = 65_534

let place: Installation

/** A folder of files in the manner of examples/small-office, owned by the user that Holdfast runs as. */
beforeAll(async () => {
  place = await Installation.create()
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    place.launcher = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
    place.env.HOME = place.directory
    await chown(place.directory, NOBODY, NOBODY)
  }
  for (const name of ['good', 'secretive']) {
    await mkdir(place.path('source', name), { recursive: true })
    await writeFile(place.path('source', name, 'a.txt'), 'some text')
  }
  await writeFile(place.path('source', 'secretive', 'locked'), 'nobody may read this')
  await chmod(place.path('source', 'secretive', 'locked'), 0)
  await writeFile(
    place.path('config', '10-vaults.yaml'),
    `vaults:
  - { name: nas, kind: directory, path: ${place.path('nas')}, minFree: 1MiB }
  - { name: small, kind: directory, path: ${place.path('small')}, minFree: 900TiB }
  - { name: travel, kind: directory, path: ${place.path('travel')}, mustBeMounted: true }
`,
  )
  const job = (name: string, vault: string, source: string, rest = '') =>
    `  - { name: ${name}, kind: disk-copy, vault: ${vault}, config: { source: ${place.path('source', source)} }${rest} }\n`
  await writeFile(
    place.path('config', '30-jobs.yaml'),
    `jobs:\n${job('good', 'nas', 'good')}${job('warns', 'nas', 'secretive')}${job('full', 'small', 'good')}${job('away', 'travel', 'good', ', whenAbsent: skip')}${job('off', 'nas', 'good', ', enabled: false')}`,
  )
})
afterAll(() => place[Symbol.asyncDispose]())

const oneShot = (...args: string[]) => place.run('run', '--config', place.path('config'), ...args)

async function expectNothingLeft(): Promise<void> {
  await place.databaseStopped()
  expect(place.processes()).toEqual([])
}

/** Exit codes as docs/reference/exit-codes.md has them. */
describe('holdfast run --config', () => {
  test('of a job that succeeds ends with 0, and leaves nothing running', async () => {
    const { exitCode, stdout, stderr } = await oneShot('good')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^good +✔ success .* 9 B +rp_/m)
    await expectNothingLeft()
  })

  test('a second time finds its data again and copies nothing', async () => {
    const { exitCode, stdout } = await oneShot('good', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'success', report: { bytesMoved: 0 } }])
    await expectNothingLeft()
  })

  test('with a file that cannot be read ends with 3', async () => {
    const { exitCode, stdout } = await oneShot('good', 'warns')
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^warns +! warning .* rp_/m)
    expect(stdout).toMatch(/^good +✔ success/m)
    await expectNothingLeft()
  })

  test('runs every enabled job, and ends with the worst of them', async () => {
    const { exitCode, stdout } = await oneShot()
    expect(exitCode).toBe(14)
    const rows = [
      'good +✔ success',
      'warns +! warning',
      'full +✖ failed .*vault-full: ',
      'away +⤼ skipped .*vault-absent: ',
    ]
    for (const row of rows) expect(stdout).toMatch(new RegExp(`^${row}`, 'm'))
    expect(stdout).not.toMatch(/^off /m)
    await expectNothingLeft()
  })

  test('of a skipped job alone ends with 75', async () => {
    const { exitCode, stdout } = await oneShot('away', '--json')
    expect(exitCode).toBe(75)
    expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'skipped', error: { code: 'vault-absent' } }])
    await expectNothingLeft()
  })

  test('interrupted, cancels what it started and leaves nothing running', async () => {
    await writeFile(place.path('source', 'good', 'big'), Buffer.alloc(16 * 1024 * 1024, 'x'))
    const slow = `jobs: [{ name: slow, kind: disk-copy, vault: nas, config: { source: ${place.path('source', 'good')}, bandwidthLimit: 1MiB } }]`
    await writeFile(place.path('config', '40-slow.yaml'), slow)
    const child = place.spawn(['run', '--config', place.path('config'), 'slow'])
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    let output = ''
    await new Promise<void>((resolve) =>
      child.stdout?.on('data', (data) => {
        output += data
        if (output.includes('slow: running')) resolve()
      }),
    )
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    await expectNothingLeft()
    const [last] = await place.list<RunSummary>('runs', 'list', '--limit', '1')
    expect(last).toMatchObject({ jobName: 'slow', outcome: 'canceled', error: { code: 'run-canceled' } })
  })
})

test('a mistake in a file ends with 2, before anything is started', async () => {
  await writeFile(place.path('config', '50-wrong.yaml'), 'jobs: [{ name: x, kind: disk-copie }]')
  const { exitCode, stderr } = await oneShot()
  expect(exitCode).toBe(2)
  expect(stderr).toContain('50-wrong.yaml:1:')
  await expectNothingLeft()
})
