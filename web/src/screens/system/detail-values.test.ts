import { expect, it } from 'vitest'
import { inWords } from '../../format/in-words.ts'
import { detailValues, plainText } from './detail-values.ts'

it('opens what is JSON as text, and leaves out what says nothing', () => {
  const details = {
    target: '/srv/x',
    paths: '["a","b/c"]',
    options: '{}',
    user: null,
    isDisabled: false,
    points: 0,
    vaults: 2,
  }
  expect(detailValues(details)).toEqual([
    ['target', '/srv/x'],
    ['paths', ['a', 'b/c']],
    ['vaults', 2],
  ])
  expect(detailValues({ target: '[x' })).toEqual([['target', '[x']])
})

it('writes lists and groups without brackets', () => {
  expect(plainText(['a', { from: 1, to: [2, 3] }])).toBe('a, from: 1, to: 2, 3')
})

it('writes a name as words', () => {
  expect(['leftOut', 'bytes-moved', 'x'].map(inWords)).toEqual(['Left out', 'Bytes moved', 'X'])
})
