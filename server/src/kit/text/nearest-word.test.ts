import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { editDistance, nearestWord, suggestion } from './nearest-word.ts'

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['shedule', 'schedule', 1],
    ['scheudle', 'schedule', 1],
    ['kitten', 'sitting', 3],
  ])('%s to %s is %i', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance)
  })

  it('is symmetric and 0 only for equal words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        expect(editDistance(left, right)).toBe(editDistance(right, left))
        expect(editDistance(left, right) === 0).toBe(left === right)
      }),
    )
  })
})

describe('nearestWord', () => {
  const keys = ['name', 'schedule', 'timeLimit', 'vault']
  it.each([
    ['shedule', 'schedule'],
    ['timelimit', 'timeLimit'],
    ['vualt', 'vault'],
    ['nme', 'name'],
    ['retention', null],
  ])('%s gives %s', (word, expected) => {
    expect(nearestWord(word, keys)).toBe(expected)
  })

  it('lists what is valid when nothing is near', () => {
    expect(suggestion('zzz', ['a', 'b'])).toBe('Use one of: a, b.')
    expect(suggestion('zzz', [])).toBeNull()
    expect(suggestion('vualt', keys)).toBe('Did you mean `vault`?')
  })
})
