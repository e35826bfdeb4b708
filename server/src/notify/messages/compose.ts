import { type ErrorCode, type NotifiedRunEvent, type Phrase, type Run, sayIn } from '@holdfast/contract'
import { type NotifyEvent, type RunEvent, runDurationMs } from '../run-event.ts'
import {
  filled,
  formatBytes,
  formatDuration,
  formatInstant,
  formatNumber,
  formatPlural,
  phraseFormat,
} from './amounts.ts'
import { consequenceOf, diskFact, removalOf } from './around-run.ts'
import type { Block, Message, MessageStyle, Row } from './message.ts'
import { CATALOGS, type Catalog } from './texts/catalog.ts'

/** More ids than these are counted, not listed: a good run is told in ten lines. */
const LISTED_POINTS = 3

/** Events in which the run has not ended, or ended with a result. */
const IS_WELL: ReadonlySet<NotifiedRunEvent> = new Set(['started', 'success', 'warning', 'held'])

/** Behind "canceled" and "worker lost" these would say the same again. */
const SAYS_THE_RESULT: ReadonlySet<ErrorCode> = new Set(['run-canceled', 'worker-lost'])

/**
 * What people are told about a run: the error and what to do first, then every warning, then what it means for the
 * copies and for the disk, then the facts and how to look it up. Errors and hints are English in every language, as is
 * what an older run said in plain text; everything else is in the language asked for.
 */
export function composeMessage(told: RunEvent, style: MessageStyle): Message {
  const { run, event, holdfastUrl } = told
  const url = holdfastUrl === null ? null : `${holdfastUrl}/runs/${run.id}`
  const catalog = CATALOGS[style.language]
  const said = sayer(told, style)
  const rows = [
    ...factRows(catalog, told, { timeZone: style.timeZone, said }),
    ...(url === null ? commandRows(catalog, run, event) : [linkRow(catalog, url)]),
  ]
  const blocks: Block[] = [
    ...explanationOf(catalog, event),
    ...errorOf(catalog, run, event),
    ...listOf(catalog, catalog.warnings, run.report?.warnings.map(said) ?? []),
    ...(event === 'held' ? guardsOf(catalog, run, said) : []),
    ...consequenceOf(catalog, told, style.timeZone),
    ...removalOf(catalog, told),
    { kind: 'fields', rows },
  ]
  return { headline: headlineOf(catalog, run, event), blocks, url }
}

/** Says phrases in the language and the zone of the receiver. */
export function sayer(
  { phrases }: Pick<NotifyEvent, 'phrases'>,
  { language, timeZone }: MessageStyle,
): (phrase: Phrase) => string {
  const format = phraseFormat(CATALOGS[language], timeZone)
  return (phrase) => sayIn(phrase, phrases[language], format)
}

function headlineOf(catalog: Catalog, run: Run, event: NotifiedRunEvent): string {
  const job = jobText(catalog, run)
  const result =
    event === 'warning'
      ? formatPlural(catalog, catalog.result.warning, run.report?.warnings.length ?? 0)
      : catalog.result[event]
  const code = errorIn(run, event)?.code
  const reason = code === undefined || SAYS_THE_RESULT.has(code) ? '' : `, ${code}`
  const disk = run.disk === null ? '' : `, ${filled(catalog.disk.named, { disk: run.disk.label })}`
  return oneLine(`${job}${catalog.colon} ${result}${reason}${disk}`)
}

function explanationOf(catalog: Catalog, event: NotifiedRunEvent): Block[] {
  if (event === 'success' || event === 'warning' || event === 'failed') return []
  return [{ kind: 'sentence', text: catalog.explanation[event] }]
}

function errorOf(catalog: Catalog, run: Run, event: NotifiedRunEvent): Block[] {
  const error = errorIn(run, event)
  if (error === null) return []
  const { message, hint, code } = error
  const { label, colon } = catalog
  return [
    { kind: 'sentence', text: oneLine(message) },
    {
      kind: 'fields',
      rows: [
        { label: `${label.hint}${colon}`, value: oneLine(hint) },
        { label: `${label.code}${colon}`, value: code },
      ],
    },
  ]
}

/** The error that ended the run, not one that an earlier attempt of it got over. */
function errorIn(run: Run, event: NotifiedRunEvent): Run['error'] {
  return IS_WELL.has(event) ? null : run.error
}

function guardsOf(catalog: Catalog, run: Run, said: (phrase: Phrase) => string): Block[] {
  const messages = run.plan?.guards.map((guard) => said(guard.message)) ?? []
  return listOf(catalog, catalog.guards, messages)
}

function listOf(catalog: Catalog, title: Catalog['warnings'], items: readonly string[]): Block[] {
  if (items.length === 0) return []
  const heading = `${formatPlural(catalog, title, items.length)}${catalog.colon}`
  return [{ kind: 'list', title: heading, items: items.map(oneLine) }]
}

function factRows(
  catalog: Catalog,
  { run, event, around }: RunEvent,
  { timeZone, said }: { timeZone: string; said: (phrase: Phrase) => string },
): Row[] {
  const { label } = catalog
  const { report } = run
  const durationMs = runDurationMs(run)
  const duration = durationMs === null ? null : formatDuration(catalog, durationMs)
  const amount = report && formatBytes(catalog, report.bytesMoved)
  const isMoved = amount !== null && duration !== null
  const points = report?.restorePointIds ?? []
  const facts: [string, string | null][] = [
    [label.job, oneLine(jobText(catalog, run))],
    [label.result, report && oneLine(said(report.summary))],
    diskFact(catalog, run, around),
    [
      label.slot,
      event === 'missed' && run.slotAt !== null ? formatInstant(catalog, run.slotAt, timeZone) : null,
    ],
    [label.amount, isMoved ? filled(catalog.moved, { amount, time: duration }) : amount],
    [label.checked, report && around.checked && catalog.checked[around.checked]],
    [
      formatPlural(catalog, label.restorePoints, points.length),
      points.length > 0 ? listedPoints(catalog, points) : null,
    ],
    [label.started, run.startedAt && formatInstant(catalog, run.startedAt, timeZone)],
    [label.duration, isMoved ? null : duration],
    [label.attempts, errorIn(run, event) && run.attempt > 1 ? formatNumber(catalog, run.attempt) : null],
  ]
  return facts.flatMap(([name, value]) =>
    value === null ? [] : [{ label: `${name}${catalog.colon}`, value }],
  )
}

function listedPoints(catalog: Catalog, points: readonly string[]): string {
  const listed = points.slice(0, LISTED_POINTS).join(', ')
  const rest = points.length - LISTED_POINTS
  return rest > 0 ? `${listed} ${formatPlural(catalog, catalog.more, rest)}` : listed
}

function commandRows({ label, colon }: Catalog, run: Run, event: NotifiedRunEvent): Row[] {
  const command = (name: string, verb: string) => ({
    label: `${name}${colon}`,
    value: `holdfast runs ${verb} ${run.id}`,
    isCommand: true as const,
  })
  const decisions =
    event === 'held' ? [command(label.approve, 'approve'), command(label.refuse, 'refuse')] : []
  return [...decisions, command(label.lookUp, 'show')]
}

export function linkRow({ label, colon }: Catalog, url: string): Row {
  return { label: `${label.lookUp}${colon}`, value: url, isLink: true }
}

/** The job, and what was done for it unless it was its own work. */
export function jobText(
  catalog: Catalog,
  { jobName, operation }: Pick<Run, 'jobName' | 'operation'>,
): string {
  if (operation === 'job' || operation === 'plan') return jobName
  return `${jobName} (${catalog.operation[operation]})`
}

/** Texts from outside may hold line breaks, which would end a header and tear a list apart. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim()
}
