import { type JobLockFiles, jobLockFiles } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { excludesFor } from './excludes.ts'
import { fitsPattern } from './name-pattern.ts'
import { judgeOwnFile } from './own-file.ts'

describe('names of lock files', () => {
  it.each([
    ['20261121-093000.lock', '*', true],
    ['20261121-093000.lock', '*.lock', true],
    ['20261121-093000.LOCK', '*.lock', true],
    ['20261121-093000.lock', '????????-??????.lock', true],
    ['20261121-093000.lock.old', '*.lock', false],
    ['lock', '*.lock', false],
    ['.lock', '*.lock', false],
    ['.lock', '.*', true],
    ['veeam.lock', 'veeam.lock', true],
    ['veeam.lock', 'Veeam*', true],
    ['veeamXlock', 'veeam.lock', false],
    ['a[1].lock', 'a[1].lock', true],
    ['äö.lock', '??.lock', true],
    ['aab', '*ab', true],
    ['', '*', true],
    ['', '?', false],
  ])('%s and %s: %s', (name, pattern, fits) => {
    expect(fitsPattern(name, pattern)).toBe(fits)
  })

  it('judges as a regular expression would', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 })
    const wild = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    fc.assert(
      fc.property(word, wild, (tail, pattern) => {
        const name = `x${tail}`
        const expression = [...`x${pattern}`]
          .map((each) => (each === '*' ? '.*' : each === '?' ? '.' : each))
          .join('')
        expect(fitsPattern(name, `x${pattern}`)).toBe(new RegExp(`^${expression}$`).test(name))
      }),
    )
  })

  it('is not held up by a pattern of many stars', () => {
    const started = performance.now()
    expect(fitsPattern('a'.repeat(255), `${'*a'.repeat(49)}*b`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('the own lock file in the source', () => {
  const own = (path?: string): JobLockFiles =>
    jobLockFiles.parse({ directory: '/locks', ...(path && { own: path }) })

  it.each([
    ['/srv/data/copy.lock', '/srv/data', ['/copy.lock']],
    ['/srv/data/locks/copy.lock', '/srv/data', ['/locks/copy.lock']],
    ['/srv/data//copy.lock', '/srv/data', ['/copy.lock']],
    ['/srv/database/copy.lock', '/srv/data', []],
    ['/copy.lock', '/', ['/copy.lock']],
    [undefined, '/srv/data', []],
    ['/srv/data/a [1]\\*.lock', '/srv/data', ['/a \\[1]\\\\\\*.lock']],
    ['/srv/data/a\\b.lock', '/srv/data', ['/a\\b.lock']],
  ])('%s, copied from %s', (path, source, patterns) => {
    expect(excludesFor([own(path)], source)).toEqual(patterns)
  })

  it('is left out once when two entries name it', () => {
    expect(excludesFor([own('/s/x'), own('/s/x'), own('/s/y')], '/s')).toEqual(['/x', '/y'])
  })
})

describe('an own lock file that is there already', () => {
  const ours = (runId: string) => ({ kind: 'ours', runId, host: 'nas' }) as const
  it.each([
    ['of the same run', ours('run_me'), 0, 'working', 'mine'],
    ['of a run at work, however old', ours('run_other'), 3_600_000, 'working', 'in-use'],
    ['of a run that is over, however new', ours('run_other'), 0, 'not-working', 'left-behind'],
    ['of another control plane, refreshed', ours('run_other'), 299_000, 'unknown', 'in-use'],
    ['of another control plane, not refreshed', ours('run_other'), 301_000, 'unknown', 'left-behind'],
    ['empty and new', { kind: 'empty' }, 1000, 'unknown', 'in-use'],
    ['empty and old', { kind: 'empty' }, 61_000, 'unknown', 'empty'],
    ['of another program, however old', { kind: 'foreign' }, 9e9, 'unknown', 'foreign'],
  ] as const)('%s', (_, content, ageMs, run, verdict) => {
    expect(judgeOwnFile({ content, ageMs, run }, 'run_me')).toBe(verdict)
  })
})

describe('the settings', () => {
  const parse = (more: object) => jobLockFiles.safeParse({ directory: '/srv/locks', ...more })

  it('count every file and wait for it without more being said', () => {
    expect(parse({}).data).toEqual({
      directory: '/srv/locks',
      pattern: '*',
      removeStale: false,
      settle: '15s',
    })
  })

  it.each([
    ['a relative folder', { directory: 'locks' }],
    ['a way up', { directory: '/srv/../etc' }],
    ['an own file by a way up', { own: '/srv/locks/../../etc/copy.lock' }],
    ['a pattern with a folder', { pattern: 'a/*' }],
    ['removing leftovers that nothing tells', { removeStale: true }],
  ])('refuse %s', (_, more) => {
    expect(parse(more).success).toBe(false)
  })

  it('take names with dots in them', () => {
    expect(parse({ directory: '/srv/.locks/a..b', own: '/srv/x/...lock' }).success).toBe(true)
  })
})
