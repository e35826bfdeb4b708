import { expect, test } from 'vitest'
import { attributesOutOfReach, privilegesOf } from './privileges.ts'

const status = (mask: string) =>
  `Name:\tnode\nCapPrm:\t000001ffffffffff\nCapEff:\t${mask}\nCapBnd:\t000001ffffffffff\n`
const NOTHING = {
  giveFilesAway: false,
  readEverything: false,
  setFileCapabilities: false,
  setTrustedAttributes: false,
}

test.each([
  [
    '000001ffffffffff',
    {
      ...NOTHING,
      giveFilesAway: true,
      readEverything: true,
      setFileCapabilities: true,
      setTrustedAttributes: true,
    },
  ],
  ['0000000000000000', NOTHING],
  ['0000000000000001', NOTHING],
  ['0000000000000009', { ...NOTHING, giveFilesAway: true }],
  ['0000000000000002', { ...NOTHING, readEverything: true }],
  ['0000000000000004', { ...NOTHING, readEverything: true }],
  ['0000000080000000', { ...NOTHING, setFileCapabilities: true }],
  ['0000000000200000', { ...NOTHING, setTrustedAttributes: true }],
])('a process with CapEff %s', (mask, expected) => expect(privilegesOf(status(mask))).toEqual(expected))

test('without a CapEff line nothing is promised', () =>
  expect(privilegesOf('Name:\tnode\n')).toEqual(NOTHING))

test('attributes of security modules stay out of reach without CAP_SYS_ADMIN, those of programs need CAP_SETFCAP', () => {
  expect(attributesOutOfReach(privilegesOf(status('000001ffffffffff')))).toEqual([])
  expect(attributesOutOfReach(privilegesOf(status('0000000080000009')))).toEqual([
    '+security.capability',
    '-trusted.*',
    '-security.*',
  ])
  expect(attributesOutOfReach(NOTHING)).toEqual(['-trusted.*', '-security.*'])
})
