import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { requires } from './requires.ts'

beforeEach(() => {
  vi.stubEnv('CI', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('nothing is skipped when all is there', () => {
  vi.spyOn(process, 'getuid').mockReturnValue(0)
  expect(requires('root', 'mount')).toBe(false)
})

test('what is missing is the reason, printed once', () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1000)
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(requires('mount', 'root')).toBe('it needs root')
  expect(requires('root')).toBe('it needs root')
  expect(write.mock.calls).toEqual([['skipping tests: it needs root\n']])
})

test('a package that is not installed is named', () => {
  vi.stubEnv('PATH', '')
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(requires('rsync')).toBe('the Debian package rsync is not installed')
})

test('in CI something missing is a failure', () => {
  vi.stubEnv('CI', 'true')
  vi.spyOn(process, 'getuid').mockReturnValue(1000)
  expect(() => requires('root')).toThrow('tests cannot run: it needs root')
})

test('a need nobody knows is a mistake in the test', () => {
  expect(() => requires('rsnyc')).toThrow('"rsnyc" is neither')
})
