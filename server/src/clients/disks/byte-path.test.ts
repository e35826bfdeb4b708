import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { displayPath, heardPaths, tellPath, toBytePath } from './byte-path.ts'

describe('displayPath', () => {
  it.each([
    ['café/日本', 'café/日本'],
    ['a\nb\x1b[2J', 'a\\u{a}b\\u{1b}[2J'],
    ['invoice\u202excod.exe', 'invoice\\u{202e}xcod.exe'],
    ['x\u2066y\u2069\u200f\u061c', 'x\\u{2066}y\\u{2069}\\u{200f}\\u{61c}'],
    ['a\u2028b\u0085', 'a\\u{2028}b\\u{85}'],
  ])('%j', (name, shown) => expect(displayPath(toBytePath(name))).toBe(shown))

  it('shows bytes that are not UTF-8', () => expect(displayPath('latin-\xe9')).toBe('latin-\ufffd'))
})

describe('tellPath and heardPaths', () => {
  it.each([
    ['plain/café \\xe9\n', 'plain/caf\xc3\xa9 \\xe9\n'],
    ['latin-\\xe9/日', 'latin-\xe9/\xe6\x97\xa5'],
    ['\\xff\\x5cxff', '\xff\\xff'],
    ['\ufffd', '\xef\xbf\xbd'],
  ])('%j', (told, path) => expect(tellPath(path)).toBe(told))

  it('every name of bytes comes back', () => {
    const byte = fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(0x5c, 0x78, 0x35, 0x63, 0xe9))
    fc.assert(
      fc.property(fc.array(byte), (codes) => {
        const path = String.fromCharCode(...codes)
        expect(heardPaths(tellPath(path))).toContain(path)
      }),
    )
  })
})
