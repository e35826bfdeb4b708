import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { benchTable } from './bench-case.ts'
import { benchNames, runBench } from './find-bench.ts'
import { launchFlags } from './launch-flags.ts'
import { measurePaired, median } from './measure.ts'

describe('measurePaired', () => {
  test('goes round by round in turns, after a warm-up that does not count', async () => {
    const calls: string[] = []
    const ours = [1000, 10, 20, 60]
    const result = await measurePaired(
      () => {
        calls.push('ours')
        return ours.shift()
      },
      () => {
        calls.push('peer')
        return 10
      },
    )
    expect(calls.join(' ')).toBe('peer ours ours peer peer ours ours peer')
    expect(result).toEqual({ ours: 20, peer: 10, ratio: 2 })
  })

  test('takes the time of work that returns nothing', async () => {
    let now = 0
    const work = (durationMs: number) => async () => {
      now += durationMs
      return undefined
    }
    const result = await measurePaired(work(30), work(20), { rounds: 5, clock: () => now })
    expect(result).toEqual({ ours: 30, peer: 20, ratio: 1.5 })
  })

  test('the ratio is the median of the ratios, which load in one round does not move', async () => {
    const ours = [0, 10, 500, 10]
    const peer = [0, 5, 250, 10]
    const result = await measurePaired(
      () => ours.shift(),
      () => peer.shift(),
    )
    expect(result.ratio).toBe(2)
  })

  test('refuses fewer than three rounds', async () => {
    await expect(
      measurePaired(
        () => 1,
        () => 1,
        { rounds: 2 },
      ),
    ).rejects.toThrow('at least 3 rounds')
  })

  test('the median of an even number of values is the mean of the middle two', () => {
    expect(median([9, 1, 3, 100])).toBe(6)
  })
})

describe('benches in a folder', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
    mkdirSync(join(folder, 'runner'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const row = { name: 'copy, ms', ours: 12, peer: 10, ratio: 1.2, goal: 'ratio at most 1.1', holds: false }

  test('are found by name, without tests and folders', () => {
    for (const name of ['copy.ts', 'copy.test.ts', 'notes.md']) writeFileSync(join(folder, name), '')
    expect(benchNames(folder)).toEqual(['copy'])
  })

  test('give their cases as a list or from a function', async () => {
    writeFileSync(join(folder, 'list.ts'), `export const bench = [${JSON.stringify(row)}]`)
    writeFileSync(join(folder, 'run.ts'), `export async function bench() { return [${JSON.stringify(row)}] }`)
    expect(await runBench(folder, 'list')).toEqual([row])
    expect(await runBench(folder, 'run')).toEqual([row])
  })

  test('that return something else are refused', async () => {
    writeFileSync(join(folder, 'bad.ts'), `export const bench = [{ name: 'copy', ours: '12' }]`)
    await expect(runBench(folder, 'bad')).rejects.toThrow('bad.ts must export "bench"')
  })

  test('are shown as a table', () => {
    const alone = { name: 'list', ours: 1234567, peer: null, ratio: null, goal: 'at most 2 s', holds: true }
    expect(benchTable([row, alone])).toBe(
      [
        'name           ours  peer  ratio  goal               holds',
        'copy, ms         12    10    1.2  ratio at most 1.1  NO',
        'list      1,234,567     -      -  at most 2 s        yes',
      ].join('\n'),
    )
  })
})

test('processes whose memory is measured get the flags of the launcher', () => {
  const memory = ['--max-semi-space-size=4', '--heap-growing-percent=50']
  expect(launchFlags()).toEqual(['--disable-warning=ExperimentalWarning', ...memory])
})
