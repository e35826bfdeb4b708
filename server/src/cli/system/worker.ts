import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { parseCount } from '../options.ts'

export function workerCommand(cx: CommandContext): Command {
  return new Command('worker')
    .description('Execute due runs until stopped')
    .option('--site <name>', 'take the jobs of this site', 'main')
    .option('--concurrency <count>', 'do so many runs side by side', parseCount, 2)
    .action(async ({ site, concurrency }: { site: string; concurrency: number }) => {
      cx.requireLocal()
      const stop = new AbortController()
      using _ = cx.deps.io.onInterrupt(() => stop.abort())
      const local = await cx.deps.local()
      await local.worker({ site, concurrency, signal: stop.signal })
    })
}
