import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../repo/repository.ts'
import { completed, type TestResults } from './results.ts'
import { RESULTS_FILE } from './results-reporter.ts'

/** What Vitest, with our reporter, makes of these files. */
function results(files: Record<string, string>): { counted: TestResults; exitCode: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-results-'))
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const file = join(folder, 'results.json')
    const reporter = join(import.meta.dirname, 'results-reporter.ts')
    const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', `--reporter=${reporter}`]
    const { status } = spawnSync(process.execPath, [...args, '--root', folder], {
      cwd: folder,
      // Vitest, too, is told by its environment that it runs inside of itself.
      env: { PATH: process.env.PATH, [RESULTS_FILE]: file },
      stdio: 'ignore',
    })
    return { counted: JSON.parse(readFileSync(file, 'utf8')), exitCode: status }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('passed, failed and skipped tests are counted; a hook, a file and an error outside of tests fail too', () => {
  const a = `
import { afterAll, describe, expect, test } from 'vitest'
test('good', () => {})
test.todo('to write')
test.skip('skipped', () => {})
test('bad', () => expect('one\\ntwo').toBe('three'))
describe('disks', () => {
  afterAll(() => { throw new Error('target is busy') })
  test('are found', () => {})
})
`
  const c = `
import { test } from 'vitest'
test('throws later', async () => {
  Promise.reject(new Error('nobody waits'))
  await new Promise((done) => setTimeout(done, 50))
})
`
  const { counted, exitCode } = results({
    'a.test.ts': a,
    'b.test.ts': "import './nothing.ts'",
    'c.test.ts': c,
  })
  expect(exitCode).toBe(1)
  expect(counted).toMatchObject({ passed: 3, failed: 4, skipped: 2 })
  expect(counted.failures.sort()).toEqual([
    expect.stringMatching(/^a\.test\.ts > bad: .*one/),
    'a.test.ts > disks: target is busy',
    expect.stringMatching(/^b\.test\.ts: .*nothing\.ts/),
    'outside of any test: nobody waits',
  ])
})

test('no result, no test, and an end that no test explains are failures', () => {
  const none = { passed: 0, failed: 0, skipped: 0, failures: [] }
  expect(completed({ ...none, passed: 2 }, 0)).toEqual({ ...none, passed: 2 })
  expect(completed({ ...none, passed: 2 }, 1)).toMatchObject({ passed: 2, failed: 1 })
  expect(completed(none, 0)).toMatchObject({ failed: 1 })
  expect(completed(null, null)).toMatchObject({ failed: 1, failures: [expect.stringContaining('without a')] })
  const failed = { ...none, failed: 2, failures: ['a', 'b'] }
  expect(completed(failed, 1)).toEqual(failed)
})
