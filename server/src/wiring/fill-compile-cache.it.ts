import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

const MAIN = path.join(import.meta.dirname, '../main.ts')
/** One of those by which Node tells its caches apart. */
const FLAGS = ['--heap-growing-percent=50']
const FILL = path.join(import.meta.dirname, 'fill-compile-cache.ts')

test('a cache that was filled knows every module of a command, and each user who was named is led to it', () => {
  const cache = mkdtempSync(path.join(tmpdir(), 'holdfast-compiled-'))
  const env = { ...process.env, NODE_COMPILE_CACHE: cache }
  try {
    const filled = spawnSync(process.execPath, [...FLAGS, FILL, '4711'], { env, encoding: 'utf8' })
    expect(filled).toMatchObject({ status: 0, stdout: '' })
    const [folder = '', link = ''] = readdirSync(cache).sort((one) => (one.endsWith('-4711') ? 1 : -1))
    expect(readlinkSync(path.join(cache, link))).toBe(folder)
    for (const name of readdirSync(path.join(cache, folder)))
      expect(lstatSync(path.join(cache, folder, name)).mode & 0o777).toBe(0o644)
    const args = [...FLAGS, MAIN, '--help']
    const said = spawnSync(process.execPath, args, {
      env: { ...env, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
      encoding: 'utf8',
    })
    const text = said.stdout + said.stderr
    expect(text).toMatch(/main\.ts was accepted/)
    expect(text).not.toMatch(/Creating temporary file|was rejected|no transpile cache/)
  } finally {
    rmSync(cache, { recursive: true })
  }
})

test('without a folder to write to it says so', () => {
  const { status, stderr } = spawnSync(process.execPath, [FILL], {
    env: { ...process.env, NODE_COMPILE_CACHE: '' },
    encoding: 'utf8',
  })
  expect(status).not.toBe(0)
  expect(stderr).toContain('NODE_COMPILE_CACHE names no folder')
})
