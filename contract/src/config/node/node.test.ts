import { describe, expect, it } from 'vitest'
import { destinationOf, sentSecrets } from '../destination.ts'
import { nodeSpec } from './node.ts'

const influx = { name: 'metrics', kind: 'influxdb', url: 'https://influx.example.org:8086' }
const password = { secret: 'influx' }
const token = { secret: 'token' }

function problemOf(more: object): string | null {
  const parsed = nodeSpec.safeParse({ ...influx, ...more })
  const [issue] = parsed.error?.issues ?? []
  return issue ? `${issue.path.join('.')}: ${issue.message}` : null
}

describe('nodeSpec', () => {
  it('reads a host as it was before there were other kinds', () => {
    expect(nodeSpec.parse({ name: 'a', kind: 'host', restoreRoots: ['/srv/back'] })).toEqual({
      name: 'a',
      kind: 'host',
      maxParallelRuns: 4,
      restoreRoots: ['/srv/back'],
    })
    expect(problemOf({ restoreRoots: ['/srv/back'] })).toContain('restoreRoots')
  })

  it('takes an InfluxDB 1.x with little work at a time unless told otherwise', () => {
    expect(nodeSpec.parse(influx)).toEqual({
      ...influx,
      maxParallelRuns: 4,
      product: 'influxdb-1',
      readers: 2,
      writers: 2,
      timeout: '60s',
    })
  })

  it.each([
    ['ftp://influx.example.org', 'url: an address such as https://influx.example.org:8086'],
    ['influx.example.org:8086', 'url: an address such as https://influx.example.org:8086'],
    ['http://anna:word@influx:8086', 'url: without user and password: they have settings of their own'],
    ['http://anna@influx:8086', 'url: without user and password: they have settings of their own'],
    ['http://:word@influx:8086', 'url: without user and password: they have settings of their own'],
    ['http://influx:8086/?u=anna&p=word', 'url: without a question mark and what follows it'],
    ['http://influx:8086/#x', 'url: without a question mark and what follows it'],
  ])('refuses the address %s', (url, problem) => {
    expect(problemOf({ url })).toBe(problem)
  })

  it('never repeats an address that holds a password', () => {
    const parsed = nodeSpec.safeParse({ ...influx, url: 'http://anna:canary@influx:8086' })
    expect(JSON.stringify(parsed.error?.issues)).not.toContain('canary')
  })

  it('takes an address with a path, and one of IPv6', () => {
    for (const url of ['https://proxy.example.org/influx', 'http://[::1]:8086'])
      expect(problemOf({ url })).toBeNull()
  })

  it('wants user and password together, and a token only where one is understood and alone', () => {
    expect(problemOf({ user: 'anna', password })).toBeNull()
    expect(problemOf({ user: 'anna' })).toContain('password: user and password are given together')
    expect(problemOf({ password })).toContain('user: user and password are given together')
    for (const product of ['influxdb-2', 'influxdb-3']) expect(problemOf({ product, token })).toBeNull()
    for (const product of ['influxdb-1', 'victoria-metrics'])
      expect(problemOf({ product, token })).toBe('token: only InfluxDB 2.x and 3.x take a token')
    expect(problemOf({ product: 'influxdb-2', token, user: 'anna', password })).toBe(
      'token: either a token, or user and password',
    )
  })

  it('takes the port for backups with its host, of InfluxDB 1.x only', () => {
    for (const snapshotAddress of ['influx.example.org:8088', '127.0.0.1:8088', '[::1]:8088'])
      expect(problemOf({ snapshotAddress })).toBeNull()
    for (const snapshotAddress of ['8088', 'influx', 'http://influx:8088', 'a b:1'])
      expect(problemOf({ snapshotAddress })).toContain('snapshotAddress: host and port')
    expect(problemOf({ product: 'influxdb-2', snapshotAddress: 'a:1' })).toContain('snapshotAddress: only')
  })

  it('takes one to eight requests side by side', () => {
    for (const count of [1, 8]) expect(problemOf({ readers: count, writers: count })).toBeNull()
    for (const count of [0, 9, 1.5]) expect(problemOf({ readers: count })).toContain('readers')
  })
})

describe('where the secrets of a node go', () => {
  it('is the origin of its address, whatever the path', () => {
    const spec = nodeSpec.parse({ ...influx, url: 'https://Influx.example.org/x', user: 'anna', password })
    expect(destinationOf(spec)).toBe('https://influx.example.org')
    expect(sentSecrets(spec)).toEqual(['influx'])
    expect(sentSecrets(nodeSpec.parse({ ...influx, product: 'influxdb-2', token }))).toEqual(['token'])
    expect(sentSecrets(nodeSpec.parse({ ...influx, user: 'anna', password: { env: 'X' } }))).toEqual([])
  })

  it('is nowhere for a host', () => {
    const spec = nodeSpec.parse({ name: 'a', kind: 'host' })
    expect([destinationOf(spec), sentSecrets(spec)]).toEqual([null, []])
  })
})
