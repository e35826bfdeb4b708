import type { RestorePoint, Run } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { failed } from '../testkit/fake-control.ts'
import { run, sampleControl } from '../testkit/run-command.ts'

const golden = (name: string) => `../testdata/${name}.txt`
const OLDER = 'rp_000000000001'
const NEWER = 'rp_000000000002'

describe('holdfast points', () => {
  it('lists and shows', async () => {
    const control = sampleControl()
    await expect((await run(['points'], { control })).stdout).toMatchFileSnapshot(golden('points'))
    await expect((await run(['points', 'show', OLDER], { control })).stdout).toMatchFileSnapshot(
      golden('points-show'),
    )
    const json = (
      await run(['points', '--job', 'nightly files', '--limit', '1', '--json'], { control })
    ).json<RestorePoint[]>()
    expect(json).toEqual([control.points[0]])
    expect((await run(['points', '--job', 'photos'], { control })).stdout).toBe('No restore point.\n')
  })

  it('shows damage', async () => {
    const control = sampleControl()
    Object.assign(control.points[0] ?? {}, { verifiedOk: false })
    expect((await run(['points'], { control })).stdout).toContain('✖ damaged, 35 h ago')
  })

  it('protects and unprotects', async () => {
    const control = sampleControl()
    await run(['points', 'protect', OLDER, NEWER], { control })
    expect(control.points.map((point) => point.protected)).toEqual([true, true])
    const result = await run(['points', 'unprotect', NEWER, '--json'], { control })
    expect(result.json<RestorePoint[]>().map((point) => point.protected)).toEqual([false])
  })
})

describe('holdfast restore', () => {
  it.each([
    [OLDER, OLDER],
    ['nightly files', NEWER],
    ['nightly files@latest', NEWER],
    ['nightly files@2026-08-20T00:30:00Z', NEWER],
    ['nightly files@2026-08-20T00:29:59Z', OLDER],
    ['nightly files@2026-08-19', OLDER],
  ])('%s is %s', async (text, id) => {
    const control = sampleControl()
    const result = await run(['restore', text, '--to', '/restored'], { control })
    expect(result.exitCode).toBe(0)
    expect(control.requests).toEqual([{ restorePointId: id, target: '/restored' }])
    expect(control.calls).toEqual(['start restore nightly files', 'worker starts', 'worker stops'])
  })

  it.each([
    ['nightly files@yesterday', '"yesterday" is not a time'],
    ['nightly files@2020-01-01', 'the oldest restore point of "nightly files" was taken later'],
    ['photos', '"photos" has no restore point'],
    ['nights', 'no job is called "nights"'],
    ['rp_zzzzzzzzzzzz', 'there is no restore point'],
  ])('%s: %s', async (text, message) => {
    const control = sampleControl()
    const result = await run(['restore', text, '--to', '/x'], { control })
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) })
    expect(control.requests).toEqual([])
  })

  it('hands on paths and what may be overwritten, and shows a plan', async () => {
    const control = sampleControl()
    const args = [
      'restore',
      OLDER,
      '--to',
      'sub/dir',
      '--path',
      'a b',
      '--path',
      'c',
      '--existing',
      'overwrite',
      '--dry-run',
    ]
    const result = await run(args, { control })
    expect(control.requests).toEqual([
      {
        restorePointId: OLDER,
        target: `${process.cwd()}/sub/dir`,
        paths: ['a b', 'c'],
        options: { existing: 'overwrite' },
      },
    ])
    expect(control.calls).toEqual([])
    expect(result.stdout).toContain('12 files are new or changed')
    expect((await run([...args, '--json'], { control })).json()).toEqual(control.plan)
  })

  it('ends with the alarm about what differs', async () => {
    const control = sampleControl()
    control.courses.set('nightly files', [failed('restore-differs', '1 file differs')])
    const result = await run(['restore', OLDER, '--to', '/x', '--json'], { control })
    expect(result.exitCode).toBe(15)
    expect(result.json<Run[]>()).toMatchObject([{ operation: 'restore', outcome: 'failed' }])
  })

  it('needs a target and a choice that exists', async () => {
    expect((await run(['restore', OLDER])).exitCode).toBe(2)
    expect((await run(['restore', OLDER, '--to', '/x', '--existing', 'perhaps'])).stderr).toContain(
      'Allowed choices are refuse, overwrite',
    )
  })
})

describe('holdfast verify', () => {
  it.each([
    [[OLDER], `verify sample ${OLDER}`],
    [['nightly files'], `verify sample ${NEWER} ${OLDER}`],
    [['nightly files@latest', '--full'], `verify full ${NEWER}`],
    [['--all', '--full'], `verify full ${OLDER} ${NEWER}`],
    [[OLDER, 'nightly files'], `verify sample ${OLDER} ${NEWER}`],
  ])('%j', async (args, call) => {
    const control = sampleControl()
    expect((await run(['verify', ...args], { control })).exitCode).toBe(0)
    expect(control.calls[0]).toBe(call)
  })

  it('wants either points or all of them', async () => {
    expect((await run(['verify'])).exitCode).toBe(2)
    expect((await run(['verify', OLDER, '--all'])).exitCode).toBe(2)
  })
})

describe('holdfast reindex', () => {
  it('prints what was found', async () => {
    const control = sampleControl()
    const result = await run(['reindex', '/mnt/a', '--dry-run'], { control })
    expect(control.calls).toEqual(['reindex /mnt/a true'])
    await expect(result.stdout).toMatchFileSnapshot(golden('reindex'))
    expect((await run(['reindex', '--json'], { control })).json()).toMatchObject({ vaults: [{ found: 5 }] })
  })
})
