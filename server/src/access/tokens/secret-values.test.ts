import { describe, expect, it } from 'vitest'
import { apiTokenHash, newApiToken, newSecret, secretHash } from './secret-values.ts'

describe('an API token', () => {
  it('is recognised by its form and its checksum', () => {
    const { value, hash } = newApiToken()
    expect(value).toMatch(/^hft_[\w-]{49}$/)
    expect(apiTokenHash(value)).toEqual(hash)
  })

  it('with any one character changed is none', () => {
    const { value } = newApiToken()
    for (let at = 0; at < value.length; at++) {
      const other = value[at] === 'A' ? 'B' : 'A'
      expect(apiTokenHash(value.slice(0, at) + other + value.slice(at + 1))).toBeNull()
    }
  })

  it.each(['', 'hft_', newSecret().value, `${newApiToken().value}=`, ` ${newApiToken().value}`])(
    'is not "%s"',
    (value) => expect(apiTokenHash(value)).toBeNull(),
  )
})

describe('a session secret', () => {
  it('has 256 bits and is never the same', () => {
    const values = new Set(Array.from({ length: 100 }, () => newSecret().value))
    expect(values.size).toBe(100)
    for (const value of values) expect(Buffer.from(value, 'base64url')).toHaveLength(32)
  })

  it('is hashed when it can be one', () => {
    const { value, hash } = newSecret()
    expect(secretHash(value)).toEqual(hash)
    expect(secretHash(`${value}x`)).toBeNull()
    expect(secretHash('')).toBeNull()
  })
})
