import { HoldfastError, type Page, type RestorePoint, type Run } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { ended, failed } from '../testkit/fake-control.ts'
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
    ).json<Page<RestorePoint>>()
    expect(json).toEqual({ items: [control.points[1]], next: '1' })
    expect((await run(['points', '--job', 'photos'], { control })).stdout).toBe('No restore point.\n')
  })

  it('tells a sample from a full check, and what is incomplete', async () => {
    const control = sampleControl()
    expect((await run(['points'], { control })).stdout).toContain('✔ full 35 h ago')
    const [point] = control.points
    Object.assign(point ?? {}, { verifiedLevel: 'sample', details: { complete: false } })
    const { stdout } = await run(['points'], { control })
    expect(stdout).toMatch(/~ sample 35 h ago +incomplete\n/)
    expect(stdout.match(/incomplete/g)).toHaveLength(1)
    const shown = (await run(['points', 'show', OLDER], { control })).stdout
    expect(shown).toContain('verified:      ~ sample 35 h ago\n')
    expect(shown).toContain('complete:      no: ')
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
    expect(control.calls).toEqual([`protect ${OLDER} by cli:ada`, `protect ${NEWER} by cli:ada`])
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

  it('takes no restore point that is known to be damaged, unless it is named', async () => {
    const control = sampleControl()
    const [older, newer] = control.points
    Object.assign(newer ?? {}, { verifiedOk: false })
    const chosen = async (text: string) => {
      await run(['restore', text, '--to', '/x', '--dry-run'], { control })
      return control.requests.at(-1)?.restorePointId
    }
    expect(await chosen('nightly files')).toBe(OLDER)
    expect(await chosen('nightly files@latest')).toBe(OLDER)
    expect(await chosen('nightly files@2026-08-21')).toBe(OLDER)
    expect(await chosen(NEWER)).toBe(NEWER)
    Object.assign(older ?? {}, { verifiedOk: false })
    const result = await run(['restore', 'nightly files', '--to', '/x'], { control })
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is damaged') })
  })

  it('says where the right paths stand when one is wrong', async () => {
    const control = sampleControl()
    const wrong = new HoldfastError('config-invalid', 'a path to restore is relative to the restore point')
    control.courses.set('nightly files', [ended({ outcome: 'failed', error: wrong.report() })])
    const args = ['restore', OLDER, '--to', '/x', '--path', '/etc']
    expect((await run(args, { control })).stdout).toMatch(/^Hint: Correct --to or --path/m)
    control.previewRestore = () => Promise.reject(wrong)
    const { stderr, exitCode } = await run([...args, '--dry-run'], { control })
    expect(stderr).toMatch(/^Hint: Correct --to or --path/)
    expect(exitCode).toBe(2)
  })

  it('queues nothing for a path that is mistyped, and leaves it to the run where nobody can look', async () => {
    const control = sampleControl()
    const args = ['restore', OLDER, '--to', '/x', '--path', 'lettres', '--no-wait']
    const refuse = (code: 'config-invalid' | 'worker-absent') => {
      control.previewRestore = () => Promise.reject(new HoldfastError(code, 'there is no "lettres"'))
    }
    refuse('config-invalid')
    const result = await run(args, { control })
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('there is no "lettres"') })
    expect(control.requests).toEqual([])
    refuse('worker-absent')
    expect((await run(args, { control })).exitCode).toBe(0)
    expect(control.requests).toHaveLength(1)
  })

  it('ends with the alarm about what differs', async () => {
    const control = sampleControl()
    control.courses.set('nightly files', [failed('restore-differs', '1 file differs')])
    const result = await run(['restore', OLDER, '--to', '/x', '--json'], { control })
    expect(result.exitCode).toBe(15)
    expect(result.json<Run[]>()).toMatchObject([{ operation: 'restore', outcome: 'failed' }])
  })

  it('passes on what else a restore of the job kind can be told', async () => {
    const control = sampleControl()
    const told = ['--options', '{"measurements":{"include":["cpu"]}}', '--existing', 'merge', '--dry-run']
    await run(['restore', OLDER, '--to', 'x', ...told], { control })
    const options = { measurements: { include: ['cpu'] }, existing: 'merge' }
    expect(control.requests).toMatchObject([{ options }])
    const wrong = await run(['restore', OLDER, '--to', 'x', '--options', '[1]'])
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toContain('Expected a JSON object')
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
    [['--all', '--full'], `verify full ${NEWER} ${OLDER}`],
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
