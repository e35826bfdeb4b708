import { HoldfastError, type ReportTable, type Run, type RunReport } from '@holdfast/contract'
import { Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { noteCut, printCsv, printReport } from './print-report.ts'

interface ReportOptions extends JsonFlag {
  csv?: boolean
}

export function reportCommand(cx: CommandContext): Command {
  return new Command('report')
    .description('The report of a run with all of its table, such as each value that it changed')
    .argument('<run>', 'id of a run')
    .addOption(new Option('--csv', 'print only the table, as CSV').conflicts('json'))
    .addOption(jsonOption('RunReport'))
    .action((ref: string, options: ReportOptions) =>
      cx.withControl(async (control) => {
        const run = await control.getRun(ref)
        const report = reportOf(run)
        if (options.json) return cx.json(report)
        if (options.csv) printCsv(cx, tableOf(run, report))
        else printReport(cx, run, report)
        noteCut(cx, report.table)
      }),
    )
}

function reportOf({ id, report }: Run): RunReport {
  if (report) return report
  throw new HoldfastError('run-state', `run ${id} has no report`, {
    hint: 'A report is there once the run has ended.',
  })
}

function tableOf({ id }: Run, { table }: RunReport): ReportTable {
  if (table) return table
  throw new HoldfastError('run-state', `the report of run ${id} has no table`, {
    hint: 'Print the report with --json.',
  })
}
