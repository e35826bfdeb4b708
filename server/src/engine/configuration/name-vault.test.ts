import { objectName } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { nameVault } from './name-vault.ts'

test.each([
  ['/mnt/red disk', [], 'red disk'],
  ['/mnt/red', ['red', 'red 2'], 'red 3'],
  ['/mnt/.hidden', [], 'hidden'],
  ['/mnt/W[oV}J', [], 'W-oV-J'],
  ['/mnt/;;', [], 'vault'],
  ['/', ['vault'], 'vault 2'],
])('%s is called after its directory', (directory, taken, name) => {
  expect(nameVault(directory, taken)).toBe(name)
})

test('whatever a directory is called, its vault gets a name that may be one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 0xffff }), { maxLength: 300 }), (codes) => {
      const name = nameVault(`/mnt/${String.fromCharCode(...codes)}`, [])
      expect(objectName.safeParse(name).success).toBe(true)
    }),
  )
})
