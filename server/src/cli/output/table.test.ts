import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { createStyle } from './style.ts'
import { renderTable, truncate, visibleWidth } from './table.ts'

const columns = [
  { title: 'id', whole: true },
  { title: 'name' },
  { title: 'size', align: 'right', whole: true },
] as const

describe('renderTable', () => {
  it('aligns columns without borders or trailing blanks', () => {
    const text = renderTable(
      columns,
      [
        ['a1', 'files', '3 MiB'],
        ['b22', 'a longer name', '12 B'],
      ],
      Number.POSITIVE_INFINITY,
    )
    expect(text).toBe(
      ['ID   NAME            SIZE', 'a1   files          3 MiB', 'b22  a longer name   12 B'].join('\n'),
    )
  })

  it('cuts only what may be cut when the terminal is narrow', () => {
    const text = renderTable(columns, [['run_0123456789ab', 'a very long name of a job', '3 MiB']], 40)
    expect(text).toContain('run_0123456789ab  a very long na…  3 MiB')
    for (const line of text.split('\n')) expect(visibleWidth(line)).toBeLessThanOrEqual(40)
  })

  it('fits any names into any width that holds the columns', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 60 })
    fc.assert(
      fc.property(name, fc.integer({ min: 24, max: 120 }), (text, width) => {
        const lines = renderTable(columns, [['a', text, '1 B']], width).split('\n')
        expect(lines).toHaveLength(2)
      }),
    )
  })

  it('keeps colours out of the widths', () => {
    const style = createStyle({ isTty: true, env: {} })
    const text = renderTable(
      [{ title: 'a', painted: true }, { title: 'b' }],
      [
        [style.good('ok'), 'x'],
        ['plain', 'y'],
      ],
      80,
    )
    expect(text.split('\n').map((line) => visibleWidth(line))).toEqual([8, 8, 8])
    expect(text).toContain('\u001b[32mok')
  })

  it('takes colours from its own cells only', () => {
    const text = renderTable([{ title: 'a' }], [['\u001b[31mred\u001b[2J']], 80)
    expect(text).toBe('A\n\\x1b[31mred\\x1b[2J')
  })
})

describe('truncate', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly10!', 10, 'exactly10!'],
    ['more than 10', 10, 'more than…'],
    ['日本語の名前', 7, '日本語…'],
  ])('%s to %i', (text, width, expected) => {
    expect(truncate(text, width)).toBe(expected)
    expect(visibleWidth(truncate(text, width))).toBeLessThanOrEqual(width)
  })
})

describe('createStyle', () => {
  it('colours only terminals, and never against NO_COLOR', () => {
    expect(createStyle({ isTty: false, env: {} }).outcome('failed')).toBe('✖ failed')
    expect(createStyle({ isTty: true, env: { NO_COLOR: '1' } }).outcome('failed')).toBe('✖ failed')
    expect(createStyle({ isTty: true, env: { TERM: 'dumb' } }).colours).toBe(false)
    expect(createStyle({ isTty: true, env: {} }).outcome('failed')).toBe('\u001b[31m✖ failed\u001b[39m')
  })
})
