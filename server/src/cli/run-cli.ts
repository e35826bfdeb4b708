import type { CliDeps } from './deps.ts'
import { buildProgram } from './program.ts'
import { reportError } from './report-error.ts'

/** Runs one command line (without the name of the program) and tells what went wrong; never throws. */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<void> {
  try {
    const program = await buildProgram(deps, args)
    await program.parseAsync(args, { from: 'user' })
  } catch (thrown) {
    const exitCode = reportError(thrown, deps.io, { json: args.includes('--json') })
    if (exitCode !== 0) deps.io.setExitCode(exitCode)
  }
}
