import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { completeCommand, completionCommand } from './completion/completion.ts'
import { applyCommand } from './configuration/apply.ts'
import { exportCommand } from './configuration/export.ts'
import { planCommand } from './configuration/plan.ts'
import { validateCommand } from './configuration/validate.ts'
import { createContext } from './context.ts'
import type { CliDeps } from './deps.ts'
import { pointsCommand } from './points/points.ts'
import { reindexCommand } from './points/reindex.ts'
import { restoreCommand } from './points/restore.ts'
import { verifyCommand } from './points/verify.ts'
import { logsCommand } from './runs/logs.ts'
import { runCommand } from './runs/run.ts'
import { runsCommand } from './runs/runs.ts'
import { backupDbCommand, restoreDbCommand, upgradeDbCommand } from './system/database.ts'
import { doctorCommand } from './system/doctor.ts'
import { lockCommand } from './system/lock.ts'
import { statusCommand } from './system/status.ts'
import { workerCommand } from './system/worker.ts'

/**
 * The `holdfast` command line. It never ends the process: a mistake is thrown (HoldfastError, or CommanderError for the
 * command line itself), an exit code other than 0 is handed to `io.setExitCode`. See run-cli.ts.
 */
export function buildProgram(deps: CliDeps): Command {
  const cx = createContext(deps)
  const program = new Command('holdfast')
    .description('Plans, runs, verifies, restores and proves the protection of a mixed estate')
    .version(installedVersion())
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void deps.io.stdout.write(text),
      writeErr: (text) => void deps.io.stderr.write(text),
      // Mistakes are thrown and told in one place, with their hint and exit code.
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(deps.io.columns, 110),
    })
  const families: [title: string, commands: Command[]][] = [
    ['Every day:', [statusCommand(cx), runCommand(cx), runsCommand(cx), logsCommand(cx)]],
    ['Restore points:', [pointsCommand(cx), restoreCommand(cx), verifyCommand(cx), reindexCommand(cx)]],
    ['Configuration:', [validateCommand(cx), planCommand(cx), applyCommand(cx), exportCommand(cx)]],
    [
      'The control plane itself:',
      [
        workerCommand(cx),
        doctorCommand(cx),
        lockCommand(cx),
        backupDbCommand(cx),
        restoreDbCommand(cx),
        upgradeDbCommand(cx),
        completionCommand(cx),
      ],
    ],
  ]
  for (const [title, commands] of families) {
    program.commandsGroup(title)
    for (const command of commands) program.addCommand(command)
  }
  program.addCommand(
    completeCommand(cx, () => program),
    { hidden: true },
  )
  inheritSettings(program)
  return program
}

/** Commander copies the settings of the program only to commands that it makes itself. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent)
    inheritSettings(command)
  }
}

function installedVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
