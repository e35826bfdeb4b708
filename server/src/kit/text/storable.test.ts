import { expect, test } from 'vitest'
import { rememberSecret } from '../secrets.ts'
import { clean, tellable, tellableText } from './storable.ts'

test('what PostgreSQL refuses is replaced, in values and keys', () => {
  expect(clean({ 'a\0b': ['x\ud800y', 1, null, { deep: 'z\0' }] })).toEqual({
    'a\uFFFDb': ['x\uFFFDy', 1, null, { deep: 'z\uFFFD' }],
  })
})

test('a secret is masked wherever it stands in text, and numbers stay numbers', () => {
  rememberSecret('4711')
  expect(tellable({ bytes: 247_115, path: '/srv/4711/x', list: ['4711'] })).toEqual({
    bytes: 247_115,
    path: '/srv/***/x',
    list: ['***'],
  })
  expect(tellableText('canceled by 4711')).toBe('canceled by ***')
})

test('what needs no change is no copy, so that a large plan stands in memory once', () => {
  const plan = { changes: [{ name: 'web01', values: { size: 5, at: null } }], 'other name': ['x\0'] }
  const stored = clean(plan)
  expect(stored.changes).toBe(plan.changes)
  expect(stored['other name']).toEqual(['x\uFFFD'])
  expect(clean(plan.changes)).toBe(plan.changes)
})
