import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PartResult } from './part.ts'
import { completed } from './results.ts'
import { RESULTS_FILE } from './results-reporter.ts'
import { runProgram } from './run-program.ts'

const REPORTER = join(import.meta.dirname, 'results-reporter.ts')

/** A program whose exit code is the whole result: one passed or one failed. */
export async function programPart(name: string, command: string, args: string[]): Promise<PartResult> {
  const { exitCode, output, durationMs } = await runProgram(command, args)
  const passed = exitCode === 0 ? 1 : 0
  return { name, passed, failed: 1 - passed, skipped: 0, durationMs, output }
}

/** The tests of one project of vitest.config.ts. `isShown`: show them while they run, for parts that take minutes. */
export async function vitestPart(
  name: string,
  project: string,
  options: { isShown?: boolean } = {},
): Promise<PartResult> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-report-'))
  const file = join(folder, 'results.json')
  const shown = `--reporter=${options.isShown ? 'default' : 'dot'}`
  try {
    const { exitCode, output, durationMs } = await runProgram(
      'vitest',
      ['run', '--project', project, shown, `--reporter=${REPORTER}`],
      {
        isShown: options.isShown === true,
        env: { [RESULTS_FILE]: file, ...(!options.isShown && { NO_COLOR: '1' }) },
      },
    )
    const results = await readFile(file, 'utf8').catch(() => null)
    return { name, ...completed(results && JSON.parse(results), exitCode), durationMs, output }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Format and lint, types, unit and repository tests, side by side: what `npm run check` does. */
export function checkParts(): Promise<PartResult[]> {
  return Promise.all([
    programPart('format and lint', 'biome', ['check', '--colors=off', '--max-diagnostics=50', '.']),
    programPart('types', 'tsc', ['--noEmit', '-p', 'tsconfig.json']),
    programPart('types of the web', 'tsc', ['--noEmit', '-p', 'web/tsconfig.json']),
    vitestPart('unit and repository tests', 'unit'),
  ])
}
