import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../../../tools/lab/properties.testkit.ts'
import { compareBytePaths } from '../../../../clients/disks/byte-path.ts'
import {
  formatSum,
  formatTreeLine,
  parseSum,
  parseTreeLine,
  readTree,
  TREE_HEADER,
  type TreeLine,
} from './formats.ts'

const byte = fc
  .integer({ min: 1, max: 255 })
  .filter((code) => code !== 47)
  .map((code) => String.fromCharCode(code))
const name = fc
  .array(byte, { minLength: 1, maxLength: 12 })
  .map((bytes) => bytes.join(''))
  .filter((any) => any !== '.' && any !== '..')
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

  it.each(['/etc/passwd', '..', '../x', 'a/../x', 'a/..', 'a//x', 'a/', './x', 'a\0b'])(
    'a TREE line cannot name %j, which no walk has met',
    (wrong) => {
      const lineOf = (any: string) => `f\t0644\t0\t0\t1\t0.000000000\t-\t-\t${any}`
      expect(parseTreeLine(lineOf('a/..x'))).toMatchObject({ path: 'a/..x' })
      expect(parseTreeLine(lineOf('.'))).toMatchObject({ path: '.' })
      expect(parseTreeLine(lineOf(wrong))).toBeNull()
    },
  )

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
      fc.property(
        entry,
        fc.option(fc.nat()),
        fc.option(fc.constant('ab'.repeat(32))),
        (any, linkTo, attributes) => {
          expect(parseTreeLine(formatTreeLine(any, linkTo, attributes))).toEqual({
            ...any,
            linkTo,
            attributes,
          })
        },
      ),
    )
  })

  it.each([
    '',
    'x',
    'f\t0644',
    'f\t0644\t0\t0\tx\t1.000000000\t-\ta',
    'f\t999\t0\t0\t1\t1.000000000\t-\t-\ta',
  ])('is not taken in by %j', (line) => {
    expect(parseTreeLine(line)).toBeNull()
    expect(parseSum(line)).toBeNull()
  })

  it('reads a TREE of the first version, which tells nothing of attributes', async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-tree-'))
    const path = join(directory.path, 'TREE')
    const lines = [
      '# holdfast-tree/1',
      '# more',
      'd\t0755\t0\t0\t-\t1.000000000\t-\t.',
      'f\t0644\t0\t0\t1\t1.000000000\t-\t-\tx',
    ]
    await writeFile(path, `${lines.join('\n')}\n`)
    const read = [...readTree(path)]
    expect(read).toMatchObject([
      { path: '.', attributes: undefined },
      { path: '-', target: 'x' },
    ])
    const now = formatTreeLine({ ...(read[0] as TreeLine), path: 'a' }, 7, null)
    await writeFile(path, `${[...TREE_HEADER, now, 'nonsense'].join('\n')}\n`)
    expect([...readTree(path)]).toMatchObject([{ path: 'a', linkTo: 7, attributes: null }, null])
  })

  it('orders paths as a walk meets them', () => {
    const paths = ['a', 'a/b', 'a/b/c', 'a!', 'a-b', 'b']
    expect(paths.toReversed().sort(compareBytePaths)).toEqual(['a', 'a/b', 'a/b/c', 'a!', 'a-b', 'b'])
  })
})
