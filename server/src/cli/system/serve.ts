import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { parseCount } from '../options.ts'

interface ServeOptions {
  listen?: string
  worker: boolean
  site: string
  concurrency: number
}

export function serveCommand(cx: CommandContext): Command {
  return new Command('serve')
    .description('Serve API and web pages, and execute due runs, until stopped')
    .option('--listen <address>', 'host and port, such as 127.0.0.1:8420, in place of HOLDFAST_LISTEN')
    .option('--no-worker', 'only serve; workers of their own execute the runs')
    .option('--site <name>', 'take the jobs of this site', 'main')
    .option('--concurrency <count>', 'do so many runs side by side', parseCount, 2)
    .action(async ({ listen, worker, site, concurrency }: ServeOptions) => {
      cx.requireLocal()
      const stop = new AbortController()
      using _ = cx.deps.io.onInterrupt(() => stop.abort())
      const local = await cx.deps.local()
      await local.serve({ listen, worker, site, concurrency, signal: stop.signal })
    })
}
