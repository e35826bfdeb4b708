import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DEBIAN_PACKAGES } from './debian-packages.ts'
import { findProgram, missingPackages } from './find-program.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-programs-'))
  mkdirSync(join(folder, '15', 'bin'), { recursive: true })
  for (const name of ['tool', '15/bin/postgres']) {
    writeFileSync(join(folder, name), '')
    chmodSync(join(folder, name), 0o755)
  }
  writeFileSync(join(folder, 'text'), '')
  vi.stubEnv('PATH', `/nowhere:${folder}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('finds executables in PATH and by pattern, and nothing else', () => {
  expect(findProgram('tool')).toBe(join(folder, 'tool'))
  expect(findProgram('text')).toBeNull()
  expect(findProgram('no-such-tool')).toBeNull()
  expect(findProgram(`${folder}/*/bin/postgres`)).toBe(join(folder, '15/bin/postgres'))
})

test('a package is missing when none of its programs is there', () => {
  const packages = [
    { name: 'a', programs: ['no-such-tool', 'tool'], reason: '' },
    { name: 'b', programs: ['no-such-tool'], reason: '' },
  ]
  expect(missingPackages(packages).map(({ name }) => name)).toEqual(['b'])
})

test('every package says what it is for', () => {
  expect(DEBIAN_PACKAGES.filter(({ reason }) => reason.length < 10)).toEqual([])
})
