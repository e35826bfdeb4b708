import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { printable, printableJson } from './printable.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const COMMANDS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

describe('printable', () => {
  it.each([
    ['a\nb\r\n  c', 'a b c'],
    ['a\tb', 'a b'],
    ['x\u001b[2Jy\u0007', 'x\\x1b[2Jy\\x07'],
    ['\u001b[31mred\u001b[39m', '\\x1b[31mred\\x1b[39m'],
    ['\u009b2J', '\\x9b2J'],
    ['gpj.\u202eexe', 'gpj.\\u202eexe'],
    ['Äpfel, 日本語, 👍', 'Äpfel, 日本語, 👍'],
  ])('%j is %j', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  it('leaves nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(COMMANDS)
      }),
    )
  })
})

it('JSON stays the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = printableJson({ text })
      expect(json).not.toMatch(COMMANDS)
      expect(JSON.parse(json)).toEqual({ text })
    }),
  )
})
