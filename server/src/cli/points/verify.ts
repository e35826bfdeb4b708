import { type Control, HoldfastError } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext, Where } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { readPages } from '../paging.ts'
import { startAndAwait } from '../runs/await-runs.ts'
import { choosePoints } from './choose-points.ts'

interface VerifyOptions extends JsonFlag {
  all?: boolean
  full?: boolean
  wait: boolean
}

export function verifyCommand(cx: CommandContext): Command {
  return new Command('verify')
    .description('Check that restore points are what their manifests say')
    .argument(
      '[point|job...]',
      'ids of restore points, JOB for all of its restore points, JOB@latest, JOB@TIME',
    )
    .option('--all', 'check every restore point')
    .option('--full', 'read everything, not only a sample')
    .option('--no-wait', 'only start the runs; a worker does them')
    .addOption(jsonOption('Run[]'))
    .action((texts: string[], options: VerifyOptions) =>
      cx.withControl((control, where) => verify(cx, { control, where }, texts, options)),
    )
}

async function verify(
  cx: CommandContext,
  { control, where }: { control: Control; where: Where },
  texts: readonly string[],
  options: VerifyOptions,
): Promise<void> {
  if ((texts.length === 0) !== (options.all === true)) {
    throw new HoldfastError('config-invalid', 'give either restore points or --all', {
      hint: 'holdfast verify JOB, or holdfast verify --all',
    })
  }
  const points = options.all
    ? (await readPages({ limit: 0, all: true }, (request) => control.listPoints(request))).items
    : (await Promise.all(texts.map((text) => choosePoints(control, text)))).flat()
  if (points.length === 0) return options.json ? cx.json([]) : cx.line('No restore point.')
  const ids = [...new Set(points.map((point) => point.id))]
  const start = () => control.startVerify(ids, options.full ? 'full' : 'sample', { by: cx.by })
  await startAndAwait(cx, control, start, { ...where, wait: options.wait, json: options.json === true })
}
