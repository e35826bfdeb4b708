import type { PointEntry } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { type Chosen, chosenAbove, crumbsOf, parentOf, toggled } from './paths.ts'

const entry = (path: string, type: PointEntry['type'] = 'file'): PointEntry => ({
  path,
  name: path.split('/').at(-1) ?? '',
  type,
  sizeBytes: null,
  modifiedAt: null,
  target: null,
})
const NONE: Chosen = new Map()

describe('the way to a folder of a restore point', () => {
  it('begins at the asset', () => {
    expect(crumbsOf('', 'documents')).toEqual([{ name: 'documents', path: '' }])
    expect(crumbsOf('a b/c', 'documents')).toEqual([
      { name: 'documents', path: '' },
      { name: 'a b', path: 'a b' },
      { name: 'c', path: 'a b/c' },
    ])
  })

  it('leaves names as they are, whatever is in them', () => {
    expect(crumbsOf('tab\\there/line\\nbreak', 'x').at(-1)).toEqual({
      name: 'line\\nbreak',
      path: 'tab\\there/line\\nbreak',
    })
  })

  it('leads up to the asset and not beyond', () => {
    expect(parentOf('a/b')).toBe('a')
    expect(parentOf('a')).toBe('')
    expect(parentOf('')).toBeNull()
  })
})

describe('what is chosen to be restored', () => {
  it('stays while other folders are looked at', () => {
    const first = toggled(NONE, [entry('a/one')], true)
    const both = toggled(first, [entry('b/two')], true)
    expect([...both.keys()]).toEqual(['a/one', 'b/two'])
    expect([...toggled(both, [entry('a/one')], false).keys()]).toEqual(['b/two'])
  })

  it('lets a folder stand for what is in it', () => {
    const files = toggled(NONE, [entry('a/one'), entry('ab'), entry('a/deep/two')], true)
    const folder = toggled(files, [entry('a', 'folder')], true)
    expect([...folder.keys()]).toEqual(['ab', 'a'])
    expect(chosenAbove(folder, 'a/deep/two')?.path).toBe('a')
    expect(chosenAbove(folder, 'ab')).toBeUndefined()
    expect(chosenAbove(folder, 'a')).toBeUndefined()
  })
})
