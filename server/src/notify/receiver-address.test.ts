import type { LookupAddress } from 'node:dns'
import dns from 'node:dns'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { receiverRules } from './receiver-address.ts'

afterEach(() => vi.restoreAllMocks())

describe('an address', () => {
  it.each([
    ['127.0.0.1', '127.255.255.254', '[::1]', '[::]', '0.0.0.0', '[::ffff:7f00:1]', '[::127.0.0.1]'],
    [
      '169.254.169.254',
      '[fe80::1]',
      '[febf::1]',
      '[fd00:ec2::254]',
      '[::ffff:a9fe:a9fe]',
      '[64:ff9b::a9fe:a9fe]',
    ],
    ['100.100.100.200', '224.0.0.1', '255.255.255.255', '[ff02::1]'],
  ])('of this machine, its link or a cloud is closed: %s %s %s %s', (...hosts) => {
    expect(hosts.filter((host) => !receiverRules([]).isClosed(host))).toEqual([])
  })

  it.each(['10.1.2.3', '192.168.1.9', '203.0.113.7', '[fd12::1]', '[2001:db8::7f00:1]', 'hooks.example.org'])(
    'of others is open: %s',
    (host) => {
      expect(receiverRules([]).isClosed(host)).toBe(false)
    },
  )

  it.each([
    ['127.0.0.1', '127.0.0.1', '[::1]'],
    ['::1', '[::1]', '127.0.0.1'],
    ['[::1]', '[::1]', '127.0.0.1'],
    ['127.0.0.0/8', '[::ffff:7f00:1]', '169.254.1.1'],
    ['fe80::/10', '[fe80::9]', '[::1]'],
    ['localhost', '10.0.0.1', '127.0.0.1'],
  ])('%s opens %s and not %s', (allowed, open, closed) => {
    const rules = receiverRules([allowed])
    expect([rules.isClosed(open), rules.isClosed(closed)]).toEqual([false, true])
  })

  it.each(['127.0.0.1/33', '::1/129', '127.0.0.1/x', 'http://x', 'a b', 'host/8', ''])(
    '"%s" is no setting',
    (entry) => {
      expect(() => receiverRules([entry])).toThrow(expect.objectContaining({ code: 'environment-invalid' }))
    },
  )
})

describe('a name', () => {
  /** What the name stands for at the moment of the connection. */
  async function lookUp(allowed: string[], name: string, answers: string[], all = true) {
    const found = answers.map(
      (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
    )
    vi.spyOn(dns, 'lookup').mockImplementation(((
      _name: string,
      _options: object,
      done: (...args: unknown[]) => void,
    ) => done(null, found)) as typeof dns.lookup)
    return await new Promise<unknown>((resolve) => {
      receiverRules(allowed).lookupFor(name)(name, { all }, (error, address) =>
        resolve(error ? error.code : address),
      )
    })
  }

  it('leads to none of the closed addresses, whatever it led to before', async () => {
    expect(await lookUp([], 'evil.example.org', ['127.0.0.1'])).toBe('ADDRESS_CLOSED')
    expect(await lookUp([], 'evil.example.org', ['fe80::1%eth0', '169.254.169.254'], false)).toBe(
      'ADDRESS_CLOSED',
    )
    expect(await lookUp([], 'mixed.example.org', ['::1', '203.0.113.7'])).toEqual([
      { address: '203.0.113.7', family: 4 },
    ])
    expect(await lookUp([], 'mixed.example.org', ['::1', '203.0.113.7'], false)).toBe('203.0.113.7')
  })

  it('that is allowed leads anywhere', async () => {
    expect(await lookUp(['hooks.example.org'], 'Hooks.Example.org.', ['127.0.0.1'], false)).toBe('127.0.0.1')
  })
})
