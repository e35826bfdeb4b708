import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { type CommandContext, createContext } from './context.ts'
import type { CliDeps } from './deps.ts'
import type { ServerFlags } from './remote/choose-server.ts'

/** `isAsked`: whether the command line speaks of this command, so that somebody may read the help of its own. */
type MakeCommand = (cx: CommandContext, isAsked: boolean) => Command | Promise<Command>
type Loaders = Readonly<Record<string, () => Promise<MakeCommand>>>

/**
 * Every command, in the order and under the titles of the help, with what loads its code. Starting takes about as long as
 * there are modules to load, so a command brings its own and no other's; wiring/ does the same for what stands behind
 * the commands. What goes on for hours (serve, worker) loads all of it before it begins: files may be replaced by
 * those of a newer version meanwhile. See docs/decisions/034-start-of-a-process.md.
 */
const FAMILIES: Readonly<Record<string, Loaders>> = {
  'Every day:': {
    status: async () => (await import('./system/status.ts')).statusCommand,
    run: async () => (await import('./runs/run.ts')).runCommand,
    runs: async () => (await import('./runs/runs.ts')).runsCommand,
    logs: async () => (await import('./runs/logs.ts')).logsCommand,
    jobs: async () => (await import('./system/lists.ts')).jobsCommand,
    vaults: async () => (await import('./system/lists.ts')).vaultsCommand,
    disk: async () => (await import('./disks/disk.ts')).diskCommand,
  },
  'Restore points:': {
    points: async () => (await import('./points/points.ts')).pointsCommand,
    restore: async () => (await import('./points/restore.ts')).restoreCommand,
    verify: async () => (await import('./points/verify.ts')).verifyCommand,
    reindex: async () => (await import('./points/reindex.ts')).reindexCommand,
  },
  'Configuration:': {
    validate: async () => (await import('./configuration/validate.ts')).validateCommand,
    plan: async () => (await import('./configuration/plan.ts')).planCommand,
    apply: async () => (await import('./configuration/apply.ts')).applyCommand,
    export: async () => (await import('./configuration/export.ts')).exportCommand,
    import: async () => (await import('./configuration/import.ts')).importCommand,
    secret: async () => (await import('./system/secret.ts')).secretCommand,
    cmdb: async () => (await import('./preparation/cmdb.ts')).cmdbCommand,
  },
  'Who was told, who did it:': {
    deliveries: async () => (await import('./system/deliveries.ts')).deliveriesCommand,
    notify: async () => (await import('./system/deliveries.ts')).notifyCommand,
    audit: async () => (await import('./system/audit.ts')).auditCommand,
  },
  'A server elsewhere:': {
    login: async () => (await import('./account/login.ts')).loginCommand,
    logout: async () => (await import('./account/logout.ts')).logoutCommand,
    whoami: async () => (await import('./account/whoami.ts')).whoamiCommand,
  },
  'The control plane itself:': {
    serve: async () => (await import('./system/serve.ts')).serveCommand,
    worker: async () => (await import('./system/worker.ts')).workerCommand,
    doctor: async () => (await import('./system/doctor.ts')).doctorCommand,
    admin: async () => (await import('./admin/admin.ts')).adminCommand,
    lock: async () => (await import('./system/lock.ts')).lockCommand,
    'backup-db': async () => (await import('./system/database.ts')).backupDbCommand,
    'restore-db': async () => (await import('./system/database.ts')).restoreDbCommand,
    'upgrade-db': async () => (await import('./system/database.ts')).upgradeDbCommand,
    completion: async () => (await import('./completion/completion.ts')).completionCommand,
  },
}

/**
 * The `holdfast` command line, with the commands that these arguments need; without arguments all of them. It never ends the
 * process: a mistake is thrown (HoldfastError, or CommanderError for the command line itself), an exit code other than 0
 * is handed to `io.setExitCode`. See run-cli.ts.
 */
export async function buildProgram(deps: CliDeps, args?: readonly string[]): Promise<Command> {
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
  const isNeeded = needed(args)
  for (const [title, loaders] of Object.entries(FAMILIES)) {
    program.commandsGroup(title)
    for (const [name, load] of Object.entries(loaders)) {
      if (isNeeded(name)) program.addCommand(await (await load())(cx, args?.includes(name) ?? true))
    }
  }
  if (isNeeded('__complete')) {
    const { completeCommand } = await import('./completion/completion.ts')
    program.addCommand(
      completeCommand(cx, () => program),
      { hidden: true },
    )
  }
  inheritSettings(program)
  return program
}

/**
 * Whether a command line needs a command. One that begins with the name of a command needs only this, and the version no
 * command at all; help, completion, mistakes and whatever begins with an option need every one.
 */
function needed(args: readonly string[] = []): (name: string) => boolean {
  const [first = ''] = args
  if (first === '--version' || first === '-V') return () => false
  if (Object.values(FAMILIES).some((loaders) => Object.hasOwn(loaders, first)))
    return (name) => name === first
  return () => true
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
