import { describe, expect, it } from 'vitest'
import { displayPath, toBytePath } from './byte-path.ts'

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
