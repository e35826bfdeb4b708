import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatCount } from '../output/format.ts'
import { printable } from '../output/printable.ts'

interface ReindexOptions extends JsonFlag {
  dryRun?: boolean
}

export function reindexCommand(cx: CommandContext): Command {
  return new Command('reindex')
    .description('Rebuild the catalog from the manifests that lie beside the data')
    .argument('[path...]', 'directories of vaults; every vault of the configuration without any')
    .option('--dry-run', 'show what would be found, change nothing')
    .addOption(jsonOption('ReindexReport'))
    .action((paths: string[], options: ReindexOptions) =>
      cx.withControl(async (control, where) => {
        const dryRun = options.dryRun === true
        const report = await control.reindex({ paths: paths.map(where.path), dryRun, by: cx.by })
        if (options.json) return cx.json(report)
        const number = (title: string) => ({ title, align: 'right', whole: true }) as const
        cx.table(
          [{ title: 'vault' }, { title: 'path' }, ...['found', 'added', 'confirmed', 'missing'].map(number)],
          report.vaults.map((vault) => [
            vault.name,
            vault.path,
            ...[vault.found, vault.added, vault.confirmed, vault.missing].map(String),
          ]),
        )
        for (const job of report.jobsAdopted) cx.line(printable(`job known again: ${job.name} (${job.id})`))
        const missing = report.vaults.reduce((sum, vault) => sum + vault.missing, 0)
        if (missing > 0)
          cx.line(cx.style.warn(`! ${formatCount(missing, 'restore point')} of the catalog not found`))
      }),
    )
}
