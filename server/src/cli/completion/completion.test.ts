import { describe, expect, it } from 'vitest'
import { run, sampleControl } from '../testkit/run-command.ts'

async function words(...typed: string[]): Promise<string[]> {
  const control = sampleControl()
  control.secrets.set('smtp-password', 'x')
  const { stdout } = await run(['__complete', '--', ...typed], { control })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t')[0] ?? '')
}

describe('holdfast __complete', () => {
  it.each([
    [['re'], ['restore', 'reindex', 'restore-db']],
    [
      ['runs', ''],
      ['list', 'show', 'report', 'cancel', 'approve', 'refuse'],
    ],
    [['run', '--d'], ['--dry-run']],
    [
      ['run', ''],
      ['nightly files', 'photos'],
    ],
    [['run', 'photos', 'ni'], ['nightly files']],
    [['run', '--config', 'x', 'ph'], ['photos']],
    [['plan', '--job', 'p'], ['photos']],
    [['plan', '--job', '=', 'p'], ['photos']],
    [['points', '--vault', ''], ['shelf']],
    [['points', '--vault', 'shelf', '--l'], ['--limit']],
    [['runs', '--job', 'ni'], ['nightly files']],
    [['runs', '--server', 'http://x', '--job', 'ni'], ['nightly files']],
    [['--ca-file', ''], [':files']],
    [['secret', 'rm', ''], ['smtp-password']],
    [['notify', ''], ['test']],
    [
      ['--', '--'],
      ['--version', '--server', '--ca-file', '--local', '--help'],
    ],
    [['--', 'run', '--j'], ['--json']],
    [
      ['points', 'show', 'rp_'],
      ['rp_000000000002', 'rp_000000000001'],
    ],
    [
      ['restore', ''],
      ['rp_000000000002', 'rp_000000000001', 'nightly files', 'photos'],
    ],
    [['restore', 'photos', '--existing', 'o'], ['overwrite']],
    [
      ['logs', 'x', '--level', ''],
      ['debug', 'info', 'warning', 'error'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['apply', ''], [':files']],
    [['restore', 'photos', '--to', '/'], [':files']],
    [['status', ''], []],
    [['no-such', ''], []],
  ])('%j gives %j', async (typed, expected) => {
    expect(await words(...typed)).toEqual(expected)
  })

  it('offers every command, but not itself', async () => {
    const all = await words('')
    expect(all).toContain('status')
    expect(all).not.toContain('__complete')
  })

  it('explains its words, and starts nothing to find names', async () => {
    const asked: unknown[] = []
    const connect = (options: unknown) => {
      asked.push(options)
      return Promise.reject(new Error('not running'))
    }
    const result = await run(['__complete', '--', 'run', ''], { connect })
    expect(result).toMatchObject({ stdout: '', stderr: '', exitCode: 0 })
    expect(asked).toEqual([{ onlyIfRunning: true }])
    expect((await run(['__complete', '--', 'stat'], { connect })).stdout).toBe(
      'status\tJobs with their coverage, vaults, workers, and what is going on\n',
    )
  })
})
