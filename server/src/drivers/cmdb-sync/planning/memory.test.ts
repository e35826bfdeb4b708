import { expect, it } from 'vitest'
import { memoryOf, readMemory, withIdentity } from './memory.ts'

const missing = { 'veeam:v/machine/m': { since: '2026-11-20T10:00:00.000Z', runs: 2 } }

it('finds again what was remembered, by older runs too', () => {
  const memory = { missing, identities: { nod_1: ['a', 'b'] }, bearing: { machine: 3 }, refused: {} }
  expect(readMemory(memoryOf(memory))).toEqual(memory)
  expect(readMemory({ missing })).toEqual({ missing, identities: {}, bearing: {}, refused: {} })
  expect(readMemory(null)).toEqual({ missing: {}, identities: {}, bearing: {}, refused: {} })
  expect(readMemory({ missing: 7, identities: { nod_1: ['a'] } })).toEqual({
    missing: {},
    identities: { nod_1: ['a'] },
    bearing: {},
    refused: {},
  })
})

it('keeps identities by their nodes, the newest last and each once', () => {
  const first = withIdentity({}, 'nod_1', 'a')
  const second = withIdentity(withIdentity(first, 'nod_1', 'b'), 'nod_2', 'c')
  expect(withIdentity(second, 'nod_1', 'a')).toEqual({ nod_1: ['b', 'a'], nod_2: ['c'] })
})
