import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readOwnSecretFile, readSecretFile, type SecretFiles } from './secret-files.ts'

let place: string
let files: SecretFiles
const at = (...names: string[]) => path.join(place, ...names)
const write = (file: string, mode = 0o600, text = 'value\n') => {
  writeFileSync(file, text, { mode })
  chmodSync(file, mode)
  return file
}
const failure = (file: string) => {
  try {
    return readSecretFile(file, files)
  } catch (error) {
    return error
  }
}
const refused = expect.objectContaining({ code: 'secret-unavailable' })
const outside = expect.objectContaining({
  code: 'secret-unavailable',
  hint: expect.stringContaining('HOLDFAST_SECRETS_DIR'),
})

beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'holdfast-secret-files-'))
  for (const name of ['secrets', 'credentials', 'else']) mkdirSync(at(name))
  files = { directory: at('secrets'), credentials: at('credentials'), withheld: [at('credentials/tls.key')] }
})
afterEach(() => rmSync(place, { recursive: true }))

describe('a file that the configuration names', () => {
  test('is read in the directory for secrets, where links may lead as well', () => {
    write(at('secrets/a'))
    symlinkSync('a', at('secrets/link'))
    symlinkSync(at('secrets'), at('way'))
    expect(readSecretFile(at('secrets/a'), files)).toBe('value')
    expect(readSecretFile(at('secrets/link'), files)).toBe('value')
    expect(readSecretFile(at('way/a'), { ...files, directory: at('way') })).toBe('value')
  })

  test('lies nowhere else, and nothing is told of what lies there', () => {
    write(at('else/a'))
    symlinkSync(at('else/a'), at('secrets/out'))
    symlinkSync(at('else'), at('secrets/folder'))
    for (const file of [
      at('else/a'),
      at('secrets/../else/a'),
      at('secrets-2'),
      at('secrets'),
      '/etc/passwd',
    ]) {
      expect(failure(file), file).toEqual(outside)
    }
    expect(failure(at('secrets/out'))).toEqual(outside)
    expect(failure(at('secrets/folder/a'))).toEqual(outside)
    const there = String(failure(at('else/a')))
    rmSync(at('else/a'))
    expect(String(failure(at('else/a')))).toBe(there)
  })

  test('is none that Holdfast reads itself', () => {
    write(at('credentials/tls.key'))
    symlinkSync('tls.key', at('credentials/harmless'))
    expect(failure(at('credentials/tls.key'))).toEqual(outside)
    expect(failure(at('credentials/harmless'))).toEqual(outside)
  })

  test.each([0o640, 0o604, 0o620])('is closed to all others: not with mode %o', (mode) => {
    expect(failure(write(at('secrets/a'), mode))).toEqual(refused)
  })

  test('of systemd shows its access list as a right of the group', () => {
    expect(readSecretFile(write(at('credentials/a'), 0o440), files)).toBe('value')
    expect(failure(write(at('credentials/b'), 0o444))).toEqual(refused)
  })

  test.runIf(process.getuid?.() === 0)('belongs to the user of the process or to root', () => {
    chownSync(write(at('secrets/a')), 12_345, 12_345)
    expect(failure(at('secrets/a'))).toMatchObject({ message: expect.stringContaining('another user') })
  })

  test('is a file, not empty and not large', () => {
    mkdirSync(at('secrets/folder'), { mode: 0o700 })
    expect(failure(at('secrets/folder'))).toEqual(refused)
    expect(failure(write(at('secrets/empty'), 0o600, ''))).toEqual(refused)
    expect(failure(write(at('secrets/large'), 0o600, 'x'.repeat(100_000)))).toEqual(refused)
    expect(failure(at('secrets/absent'))).toEqual(refused)
  })
})

test('a file that a setting names is read wherever it lies, when it is closed to others', () => {
  expect(readOwnSecretFile(write(at('else/a')))).toBe('value')
  expect(() => readOwnSecretFile(write(at('else/b'), 0o644))).toThrow(refused)
})
