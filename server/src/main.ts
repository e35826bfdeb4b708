import { HoldfastError } from '@holdfast/contract'
import { processIo } from './cli/process-io.ts'
import { reportError } from './cli/report-error.ts'
import { runCli } from './cli/run-cli.ts'
import { type Environment, readEnvironment } from './config.ts'
import { DRIVERS } from './drivers/registry.ts'
import { createLogger } from './kit/log.ts'
import { isDatabaseUp } from './store/control-database.ts'
import { type ControlPlane, databaseOptions, openControlPlane } from './wiring/control-plane.ts'
import { localCommands } from './wiring/local-commands.ts'

/** Starts the command line; `serve` and `worker` are commands of it. What it is made of is put together in wiring/. */
async function main(): Promise<void> {
  const io = processIo()
  let env: Environment
  try {
    env = readEnvironment(process.env)
  } catch (thrown) {
    io.setExitCode(reportError(thrown, io, { json: process.argv.includes('--json') }))
    return
  }
  // Commands print their own results; only what goes wrong beneath them is worth a line.
  const log = createLogger(env.logLevel === 'info' ? 'warn' : env.logLevel)
  let opened: Promise<ControlPlane> | undefined
  const shared = () => {
    opened ??= openControlPlane(env, log, { planLocally: true })
    return opened
  }
  await runCli(process.argv.slice(2), {
    async connect(options) {
      if (options?.onlyIfRunning && !isDatabaseUp(databaseOptions(env, log))) {
        throw new HoldfastError('database-unreachable', 'the embedded database is not running')
      }
      const { controlFor } = await shared()
      // Several commands of one call share it; it is closed at the end.
      return { control: controlFor(null, true), close: async () => {} }
    },
    local: localCommands(env, log, shared),
    importers: DRIVERS.flatMap(({ importers }) => importers ?? []),
    io,
    now: () => new Date(),
  })
  // What could not be opened was told above and needs no closing.
  const plane = await opened?.catch(() => null)
  await plane?.close()
}

await main()
