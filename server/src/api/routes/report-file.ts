import { Readable } from 'node:stream'
import { HoldfastError, type ReportTable, type Run, type RunReport } from '@holdfast/contract'
import type { FastifyReply } from 'fastify'
import { csvText } from '../../kit/text/csv.ts'

/** Without it, spreadsheets read UTF-8 as something else. */
const BYTE_ORDER_MARK = '\ufeff'

/** The report of a run as an attachment. Throws `run-state` for a run that has none, or none with a table. */
export function reportFile(run: Run, format: 'json' | 'csv', reply: FastifyReply): Readable {
  const report = reportOf(run)
  const pieces = format === 'csv' ? csvPieces(tableOf(run, report)) : [JSON.stringify(report, null, 2), '\n']
  reply.type(format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8')
  reply.header('content-disposition', attachment(fileName(run, format)))
  return Readable.from(pieces)
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
    hint: 'Ask for the report as JSON.',
  })
}

function* csvPieces(table: ReportTable): Generator<string> {
  yield BYTE_ORDER_MARK
  yield* csvText(table)
}

/** `documents 2026-08-20T120000Z.csv`: sorted by name, the reports of a job are sorted by time. */
function fileName({ jobName, finishedAt, createdAt }: Run, extension: string): string {
  const at = (finishedAt ?? createdAt).replace(/\.\d+/, '').replaceAll(':', '')
  return `${jobName} ${at}.${extension}`
}

/** Names of jobs are in any alphabet: browsers read the second form (RFC 6266), old programs the first. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w .+-]/g, '_')
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
