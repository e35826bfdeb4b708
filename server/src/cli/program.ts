import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { loginCommand } from './account/login.ts'
import { logoutCommand } from './account/logout.ts'
import { whoamiCommand } from './account/whoami.ts'
import { adminCommand } from './admin/admin.ts'
import { completeCommand, completionCommand } from './completion/completion.ts'
import { applyCommand } from './configuration/apply.ts'
import { exportCommand } from './configuration/export.ts'
import { importCommand } from './configuration/import.ts'
import { planCommand } from './configuration/plan.ts'
import { validateCommand } from './configuration/validate.ts'
import { type CommandContext, createContext } from './context.ts'
import type { CliDeps } from './deps.ts'
import { diskCommand } from './disks/disk.ts'
import { pointsCommand } from './points/points.ts'
import { reindexCommand } from './points/reindex.ts'
import { restoreCommand } from './points/restore.ts'
import { verifyCommand } from './points/verify.ts'
import type { ServerFlags } from './remote/choose-server.ts'
import { logsCommand } from './runs/logs.ts'
import { runCommand } from './runs/run.ts'
import { runsCommand } from './runs/runs.ts'
import { auditCommand } from './system/audit.ts'
import { backupDbCommand, restoreDbCommand, upgradeDbCommand } from './system/database.ts'
import { deliveriesCommand, notifyCommand } from './system/deliveries.ts'
import { doctorCommand } from './system/doctor.ts'
import { jobsCommand, vaultsCommand } from './system/lists.ts'
import { lockCommand } from './system/lock.ts'
import { secretCommand } from './system/secret.ts'
import { serveCommand } from './system/serve.ts'
import { statusCommand } from './system/status.ts'
import { workerCommand } from './system/worker.ts'

/**
 * The `holdfast` command line. It never ends the process: a mistake is thrown (HoldfastError, or CommanderError for the
 * command line itself), an exit code other than 0 is handed to `io.setExitCode`. See run-cli.ts.
 */
export function buildProgram(deps: CliDeps): Command {
  const program = new Command('holdfast')
  const cx = createContext(deps, () => program.opts<ServerFlags>())
  program
    .description('Plans, runs, verifies, restores and proves the protection of a mixed estate')
    .version(installedVersion())
    .option('--server <url>', 'speak to the server at this address instead of that of `holdfast login`')
    .option('--ca-file <file>', 'certificate authority (PEM) of the server')
    .addOption(new Option('--local', 'use the database of this machine').conflicts('server'))
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void deps.io.stdout.write(text),
      writeErr: (text) => void deps.io.stderr.write(text),
      // Mistakes are thrown and told in one place, with their hint and exit code.
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(deps.io.columns, 110),
    })
  for (const [title, commands] of familiesOf(cx)) {
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

/** Every command, in the order and under the titles of the help. */
function familiesOf(cx: CommandContext): [title: string, commands: Command[]][] {
  return [
    [
      'Every day:',
      [
        statusCommand(cx),
        runCommand(cx),
        runsCommand(cx),
        logsCommand(cx),
        jobsCommand(cx),
        vaultsCommand(cx),
        diskCommand(cx),
      ],
    ],
    ['Restore points:', [pointsCommand(cx), restoreCommand(cx), verifyCommand(cx), reindexCommand(cx)]],
    [
      'Configuration:',
      [
        validateCommand(cx),
        planCommand(cx),
        applyCommand(cx),
        exportCommand(cx),
        importCommand(cx),
        secretCommand(cx),
      ],
    ],
    ['Who was told, who did it:', [deliveriesCommand(cx), notifyCommand(cx), auditCommand(cx)]],
    ['A server elsewhere:', [loginCommand(cx), logoutCommand(cx), whoamiCommand(cx)]],
    [
      'The control plane itself:',
      [
        serveCommand(cx),
        workerCommand(cx),
        doctorCommand(cx),
        adminCommand(cx),
        lockCommand(cx),
        backupDbCommand(cx),
        restoreDbCommand(cx),
        upgradeDbCommand(cx),
        completionCommand(cx),
      ],
    ],
  ]
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
