import { describe, expect, it } from 'vitest'
import { readEnvironment } from './config.ts'

const read = (env: Record<string, string>) => readEnvironment({ HOLDFAST_DATA: '/srv/h', ...env })

describe('where the log goes', () => {
  it('is standard error alone unless something else is named', () => {
    expect(read({})).toMatchObject({ logFile: undefined, loki: undefined })
    expect(read({ HOLDFAST_LOG_KEEP: '3' }).logFile).toBeUndefined()
  })

  it('is a file as well, of 20 MiB and with ten before it unless told otherwise', () => {
    expect(read({ HOLDFAST_LOG_FILE: '/var/log/a.log' }).logFile).toEqual({
      path: '/var/log/a.log',
      maxBytes: 20 * 1024 * 1024,
      keep: 10,
    })
    const small = { HOLDFAST_LOG_FILE: '/a.log', HOLDFAST_LOG_MAX_SIZE: '500KiB', HOLDFAST_LOG_KEEP: '2' }
    expect(read(small).logFile).toEqual({ path: '/a.log', maxBytes: 512_000, keep: 2 })
  })

  it('is Loki as well, whose credentials come from a file and never with the address', () => {
    const url = 'http://loki.example.org:3100'
    expect(read({ HOLDFAST_LOKI_URL: url, HOLDFAST_LOKI_CREDENTIALS_FILE: '/c' }).loki).toEqual({
      url,
      credentialsFile: '/c',
    })
    const withPassword = 'https://me:canary@loki.example.org'
    expect(() => read({ HOLDFAST_LOKI_URL: withPassword })).toThrow(/HOLDFAST_LOKI_URL: without user/)
    expect(() => read({ HOLDFAST_LOKI_URL: withPassword })).not.toThrow(/canary/)
  })

  it.each([
    ['HOLDFAST_LOG_FILE', 'relative.log'],
    ['HOLDFAST_LOG_MAX_SIZE', '20 megabytes'],
    ['HOLDFAST_LOG_KEEP', '0'],
    ['HOLDFAST_LOKI_URL', 'loki'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name)
  })
})
