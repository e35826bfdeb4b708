import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytePaths } from '../../../clients/disks/byte-path.ts'
import { formatSum, formatTreeLine, parseSum, parseTreeLine } from './formats.ts'

const byte = fc
  .integer({ min: 1, max: 255 })
  .filter((code) => code !== 47)
  .map((code) => String.fromCharCode(code))
const name = fc.array(byte, { minLength: 1, maxLength: 12 }).map((bytes) => bytes.join(''))
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))

describe('listings', () => {
  it('a SHA256SUMS line holds any name in one line and gives it back', () => {
    const sha256 = 'ab'.repeat(32)
    fc.assert(
      fc.property(path, (any) => {
        const line = formatSum(any, sha256)
        expect(line).not.toMatch(/[\n\r]/)
        expect(parseSum(line)).toEqual({ path: any, sha256 })
      }),
    )
  })

  it('a TREE line holds any entry and gives it back', () => {
    const entry = fc.record({
      path,
      type: fc.constantFrom('f', 'd', 'p', 's') as fc.Arbitrary<'f'>,
      mode: fc.integer({ min: 0, max: 0o7777 }),
      uid: fc.nat(),
      gid: fc.nat(),
      sizeBytes: fc.option(fc.nat()),
      device: fc.constant(null),
      mtime: fc.constantFrom('-7.500000000', '0.000000000', '1795226643.242265843'),
      target: fc.option(path),
    })
    fc.assert(
      fc.property(entry, fc.option(fc.nat()), (any, linkTo) => {
        expect(parseTreeLine(formatTreeLine(any, linkTo))).toEqual({ ...any, linkTo })
      }),
    )
  })

  it.each(['', 'x', 'f\t0644', 'f\t0644\t0\t0\tx\t1.000000000\t-\ta', 'f\t999\t0\t0\t1\t1.000000000\t-\ta'])(
    'is not taken in by %j',
    (line) => {
      expect(parseTreeLine(line)).toBeNull()
      expect(parseSum(line)).toBeNull()
    },
  )

  it('orders paths as a walk meets them', () => {
    const paths = ['a', 'a/b', 'a/b/c', 'a!', 'a-b', 'b']
    expect(paths.toReversed().sort(compareBytePaths)).toEqual(['a', 'a/b', 'a/b/c', 'a!', 'a-b', 'b'])
  })
})
