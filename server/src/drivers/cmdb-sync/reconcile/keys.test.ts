import { expect, it } from 'vitest'
import { keyOf, keyReader } from './keys.ts'

const source = { system: 'veeam', instance: '1f2e', aliases: ['VEEAM-BACKUP'] } as const
const readKey = keyReader(source)

it('says what and whose it is', () => {
  const key = keyOf(source, { kind: 'machine', id: 'VMware/vc1/vm-7' })
  expect(key).toBe('veeam:1f2e/machine/VMware/vc1/vm-7')
  expect(readKey(key)).toEqual({ of: 'us', item: { kind: 'machine', id: 'VMware/vc1/vm-7' } })
})

it('knows the other names of the installation, and blanks around a key', () => {
  expect(readKey(' veeam:VEEAM-BACKUP/job/7 ')).toEqual({ of: 'us', item: { kind: 'job', id: '7' } })
})

it.each([null, undefined, '', '  '])('%j is nobody’s', (value) => {
  expect(readKey(value)).toEqual({ of: 'nobody' })
})

it.each([
  'holdfast:1f2e/machine/7',
  'veeam:1f2e7/machine/7',
  'veeam:1f2/machine/7',
  'veeam:1f2e/tape/7',
  'veeam:1f2e/machine/',
  'veeam:1f2e/machine',
  'VEEAM:1f2e/machine/7',
  'by hand',
])('%j is another’s, and is left alone', (value) => {
  expect(readKey(value)).toEqual({ of: 'another' })
})
