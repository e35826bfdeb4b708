import { expect, it } from 'vitest'
import { ApiProblem } from '../../../api/problem.ts'
import {
  isTarget,
  nodeTarget,
  optionsProblem,
  pathsOf,
  proposedTarget,
  requestOf,
  splitTarget,
} from './restore-request.ts'

it('sends paths only when some were asked for', () => {
  const draft = { target: ' /srv/back ', isNode: false, isWhole: true, paths: 'a\nb', chosen: [] }
  expect(requestOf(draft, null)).toEqual({ target: '/srv/back' })
  expect(requestOf({ ...draft, isWhole: false }, { existing: 'refuse' })).toEqual({
    target: '/srv/back',
    paths: ['a', 'b'],
    options: { existing: 'refuse' },
  })
})

it('takes what was chosen as it is, whatever is in a name', () => {
  const draft = {
    target: '/srv/back',
    isNode: false,
    isWhole: false,
    paths: '',
    chosen: ['letters', 'odd\nname\r', ' '],
  }
  expect(requestOf(draft, null)).toEqual({ target: '/srv/back', paths: ['letters', 'odd\nname\r', ' '] })
})

it('reads one path from each line, spaces in names and all', () => {
  expect(pathsOf('a b/c.txt\r\n\n  \n a\na b/c.txt')).toEqual(['a b/c.txt', ' a'])
})

it('proposes a folder that is not the original', () => {
  const takenAt = '2026-11-21T03:00:00Z'
  const asset = { kind: 'folder', key: '/srv/docs/', name: 'docs' }
  expect(proposedTarget({ asset, takenAt })).toBe('/srv/docs-restored-2026-11-21')
  expect(proposedTarget({ asset: { ...asset, key: '101' }, takenAt })).toBe('')
})

it('names a node and a database, whose name may hold anything', () => {
  const target = nodeTarget('influx-2', 'a/b ')
  expect(splitTarget(target)).toEqual({ node: 'influx-2', database: 'a/b ' })
  const draft = { target, isNode: true, isWhole: true, paths: '', chosen: [] }
  expect(requestOf(draft, null)).toEqual({ target: 'influx-2/a/b ' })
  expect(isTarget(draft)).toBe(true)
  for (const other of ['', '/', 'influx-2', 'influx-2/', '/telegraf'])
    expect(isTarget({ target: other, isNode: true })).toBe(false)
  expect(isTarget({ target: '/srv/back', isNode: false })).toBe(true)
  expect(isTarget({ target: 'srv', isNode: false })).toBe(false)
})

it('hands the problems of the settings to their form', () => {
  const problem = new ApiProblem({
    status: 422,
    code: 'config-invalid',
    detail: 'no',
    hint: '',
    problems: [
      { path: ['options', 'existing'], message: 'unknown' },
      { path: ['target'], message: 'relative' },
    ],
  })
  expect(optionsProblem(problem)?.problems).toEqual([{ path: ['existing'], message: 'unknown' }])
  expect(optionsProblem(null)).toBeNull()
})
