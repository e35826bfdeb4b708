import { HoldfastError } from '@holdfast/contract'
import { processIo } from './cli/process-io.ts'
import { reportError } from './cli/report-error.ts'
import { runCli } from './cli/run-cli.ts'
import { type Environment, readEnvironment } from './config.ts'
import type { Logger } from './kit/log.ts'
import type { ControlPlane } from './wiring/control-plane.ts'

/**
 * Starts the command line; `serve` and `worker` are commands of it. What stands behind the commands is put together in
 * wiring/ and loaded by the first that needs it; see cli/program.ts.
 */
async function main(): Promise<void> {
  const io = processIo()
  let env: Environment
  try {
    env = readEnvironment(process.env)
  } catch (thrown) {
    io.setExitCode(reportError(thrown, io, { json: process.argv.includes('--json') }))
    return
  }
  let opened: Promise<ControlPlane> | undefined
  const shared = () => {
    opened ??= openForCommands(env)
    return opened
  }
  await runCli(process.argv.slice(2), {
    async connect(options) {
      if (options?.onlyIfRunning && !(await isDatabaseUp(env))) {
        throw new HoldfastError('database-unreachable', 'the embedded database is not running')
      }
      const { controlFor } = await shared()
      // Several commands of one call share it; it is closed at the end.
      return { control: controlFor(null, true), close: async () => {} }
    },
    async local() {
      const { localCommands } = await import('./wiring/local-commands.ts')
      return localCommands(env, await commandLog(env), shared)
    },
    async importers() {
      const { DRIVERS } = await import('./drivers/registry.ts')
      return DRIVERS.flatMap(({ importers }) => importers ?? [])
    },
    io,
    now: () => new Date(),
  })
  // What could not be opened was told above and needs no closing.
  const plane = await opened?.catch(() => null)
  await plane?.close()
}

async function openForCommands(env: Environment): Promise<ControlPlane> {
  const { openControlPlane } = await import('./wiring/control-plane.ts')
  return await openControlPlane(env, await commandLog(env), { planLocally: true })
}

async function isDatabaseUp(env: Environment): Promise<boolean> {
  const [{ databaseOptions }, store] = await Promise.all([
    import('./wiring/control-plane.ts'),
    import('./store/control-database.ts'),
  ])
  return store.isDatabaseUp(databaseOptions(env, await commandLog(env)))
}

/** Commands print their own results; only what goes wrong beneath them is worth a line. */
async function commandLog({ logLevel }: Environment): Promise<Logger> {
  const { createLogger } = await import('./kit/log.ts')
  return createLogger(logLevel === 'info' ? 'warn' : logLevel)
}

await main()
