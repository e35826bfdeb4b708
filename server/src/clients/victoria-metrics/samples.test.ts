import { describe, expect, test } from 'vitest'
import { FoundSamples, type Wanted } from './found-samples.ts'
import { SampleDigest, SampleHash } from './sample-digest.ts'
import { SampleSet } from './sample-set.ts'

const sample = (seriesA: number, timeMs: number) => {
  const hash = new SampleHash()
  hash.set(seriesA, 7, timeMs)
  return hash
}

function digestOf(
  samples: readonly (readonly [series: number, timeMs: number, value: number])[],
): SampleDigest {
  const digest = new SampleDigest()
  for (const [series, timeMs, value] of samples) digest.metric('m').add(sample(series, timeMs), value)
  return digest
}

const START = 1_794_000_000_000
const BASE = Array.from({ length: 5000 }, (_, n) => [n % 7, START + n * 1000, Math.PI * n] as const)

describe('the digest of samples', () => {
  const verdict = (other: typeof BASE) => digestOf(BASE).verdict('m', digestOf(other))

  test('does not ask for the order', () => {
    expect(verdict([...BASE].reverse())).toBe('identical')
  })

  test('takes numbers with 12 digits for the same, -0 for 0, and the smallest for 0', () => {
    expect(verdict(BASE.map(([s, t, v]) => [s, t, Number(v.toPrecision(12))]))).toBe('rounded')
    expect(digestOf([[1, 0, -0]]).verdict('m', digestOf([[1, 0, 0]]))).toBe('identical')
    expect(digestOf([[1, 0, 5e-324]]).verdict('m', digestOf([[1, 0, 0]]))).toBe('rounded')
    expect(
      digestOf([[1, 0, 1.7976931348623157e308]]).verdict('m', digestOf([[1, 0, 1.797693134862315e308]])),
    ).toBe('rounded')
  })

  test.each<[string, (samples: typeof BASE) => typeof BASE]>([
    ['a number that is a little off', (all) => all.map(([s, t, v], n) => [s, t, n === 4321 ? v + 1e-3 : v])],
    ['a time that is 1 ms off', (all) => all.map(([s, t, v], n) => [s, n === 9 ? t + 1 : t, v])],
    ['a 0 at another time', (all) => all.map(([s, t, v], n) => [s, n === 0 ? t + 1 : t, v])],
    ['another series', (all) => all.map(([s, t, v], n) => [n === 9 ? 99 : s, t, v])],
    ['two numbers exchanged', (all) => all.map(([s, t, v], n) => [s, t, n < 2 ? Math.PI * (1 - n) : v])],
    ['a sample that is missing', (all) => all.slice(1)],
    ['no number', (all) => all.map(([s, t, v], n) => [s, t, n === 9 ? Number.POSITIVE_INFINITY : v])],
  ])('notices %s', (_, change) => {
    expect(verdict(change(BASE))).toBe('different')
  })

  test('says that there are more', () => {
    expect(verdict([...BASE, [1, 1, 1]])).toBe('surplus')
  })
})

test('a set of samples finds what is in it, with the same number only', () => {
  const set = new SampleSet()
  for (const [series, timeMs, value] of BASE) set.add(sample(series, timeMs), value)
  expect(set.size).toBe(BASE.length)
  for (const [series, timeMs, value] of BASE) {
    expect(set.has(sample(series, timeMs), value * (1 + 1e-12), 1e4)).toBe(true)
    expect(set.has(sample(series, timeMs), value + 1, 1e4)).toBe(false)
    expect(set.has(sample(series, timeMs + 1), value, 1e4)).toBe(false)
  }
})

test('what was read back counts once however often it is there, unless its numbers differ', () => {
  const wanted: Wanted = {
    metrics: new Set(['m']),
    databases: new Set(['d']),
    policies: new Set(['']),
    startMs: 10,
    endMs: 20,
  }
  const found = new FoundSamples(true)
  const take = found.visitor(wanted)
  take({ __name__: 'm', db: 'd' }, [9, 1, 1, 1, 2, 2.5, 2, 7], [9, 10, 10, 10, 11, 11, 11, 20])
  take({ __name__: 'm', db: 'other' }, [1], [12])
  take({ __name__: 'm', db: 'd', rp: 'x' }, [1], [12])
  take({ __name__: 'n', db: 'd' }, [1], [12])
  expect(found.digest.samples).toBe(3)
  expect(found.set.size).toBe(3)
})
