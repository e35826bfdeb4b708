import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { KEY_BYTES, seal, unseal } from './sealed.ts'
import { createSecretKey, readSecretKey } from './secret-key.ts'

const key = randomBytes(KEY_BYTES)

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return error instanceof HoldfastError ? error.code : String(error)
  }
  return 'nothing was thrown'
}

describe('a sealed value', () => {
  test('comes back as it was, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string(), (value, name) => {
        const sealed = seal(key, name, value)
        expect(unseal(key, name, sealed)).toBe(value)
        expect(seal(key, name, value).equals(sealed)).toBe(false)
      }),
    )
  })

  test('is refused when any bit of it was changed, or it was cut', () => {
    const sealed = seal(key, 'smtp', 'canary-value')
    for (let at = 0; at < sealed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const tampered = Buffer.from(sealed)
        tampered.writeUInt8(tampered.readUInt8(at) ^ (1 << bit), at)
        expect(codeOf(() => unseal(key, 'smtp', tampered))).toBe('secret-key-missing')
      }
      expect(codeOf(() => unseal(key, 'smtp', sealed.subarray(0, at)))).toBe('secret-key-missing')
    }
  })

  test('is good under its own name and key only', () => {
    const sealed = seal(key, 'smtp', 'canary-value')
    expect(codeOf(() => unseal(key, 'chat', sealed))).toBe('secret-key-missing')
    expect(codeOf(() => unseal(randomBytes(KEY_BYTES), 'smtp', sealed))).toBe('secret-key-missing')
    expect(sealed.includes('canary')).toBe(false)
  })
})

describe('the key file', () => {
  function folder(): string {
    const dir = mkdtempSync(path.join(tmpdir(), 'holdfast-key-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    return dir
  }

  test('is made once, for its owner alone, and stays', () => {
    const dir = folder()
    const file = path.join(dir, 'state', 'secret.key')
    expect(readSecretKey(file)).toBeNull()
    const made = createSecretKey(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(createSecretKey(file)).toEqual(made)
    expect(readFileSync(file)).toEqual(made)
    expect(readdirSync(path.dirname(file))).toEqual(['secret.key'])
  })

  test('is refused when others can read it, or it is no key', () => {
    const file = path.join(folder(), 'secret.key')
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o640 })
    expect(codeOf(() => readSecretKey(file))).toBe('secret-unavailable')
    rmSync(file)
    writeFileSync(file, 'short', { mode: 0o600 })
    expect(codeOf(() => readSecretKey(file))).toBe('secret-key-missing')
    expect(codeOf(() => createSecretKey(file))).toBe('secret-key-missing')
    expect(readFileSync(file, 'utf8')).toBe('short')
  })
})
