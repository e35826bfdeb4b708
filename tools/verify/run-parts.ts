import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PartResult } from './part.ts'
import { runProgram } from './run-program.ts'
import { countVitest, failuresOf } from './vitest-report.ts'

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
  const file = join(folder, 'report.json')
  const reporters = [
    '--reporter=json',
    `--outputFile.json=${file}`,
    `--reporter=${options.isShown ? 'default' : 'dot'}`,
  ]
  try {
    const { exitCode, output, durationMs } = await runProgram(
      'vitest',
      ['run', '--project', project, ...reporters],
      options.isShown ? { isShown: true } : { env: { NO_COLOR: '1' } },
    )
    const report = await readFile(file, 'utf8').catch(() => null)
    return { name, ...countVitest(report, exitCode), durationMs, output, failures: failuresOf(report) }
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
