import {
  type ErrorCode,
  type NotificationSpec,
  type NotifiedEvent,
  type Phrase,
  type Run,
  sayIn,
} from '@holdfast/contract'
import { type NotifyEvent, type RunEvent, runDurationMs } from '../run-event.ts'
import {
  formatBytes,
  formatDuration,
  formatInstant,
  formatNumber,
  formatPlural,
  phraseFormat,
} from './amounts.ts'
import { CATALOGS, type Catalog } from './catalog.ts'

/** In which language and zone a message is written. */
export type MessageStyle = Pick<NotificationSpec, 'language' | 'timeZone'>

/** A part of a message, still without markup. */
export type Block =
  | { readonly kind: 'sentence'; readonly text: string }
  /** `label` includes its colon. */
  | { readonly kind: 'fields'; readonly rows: readonly Row[] }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }

export interface Row {
  label: string
  value: string
  isCommand?: true
  isLink?: true
}

export interface Message {
  /** One line: the job, what it came to, and the error code if there is one. */
  readonly headline: string
  readonly blocks: readonly Block[]
  /** Where the web interface shows it; null while its address is not known. */
  readonly url: string | null
}

/** More ids than these are counted, not listed: a good run is told in ten lines. */
const LISTED_POINTS = 3

/** Behind "canceled" and "worker lost" these would say the same again. */
const SAYS_THE_RESULT: ReadonlySet<ErrorCode> = new Set(['run-canceled', 'worker-lost'])

/**
 * What people are told about a run: the error and what to do first, then every warning, then the facts, then how to
 * look it up. Errors and hints are English in every language, as is what an older run said in plain text; everything
 * else is in the language asked for.
 */
export function composeMessage(told: RunEvent, style: MessageStyle): Message {
  const { run, event, holdfastUrl } = told
  const url = holdfastUrl === null ? null : `${holdfastUrl}/runs/${run.id}`
  const catalog = CATALOGS[style.language]
  const said = sayer(told, style)
  const blocks: Block[] = [
    ...explanationOf(catalog, event),
    ...errorOf(catalog, run, event),
    ...listOf(catalog, catalog.warnings, run.report?.warnings.map(said) ?? []),
    ...(event === 'held' ? guardsOf(catalog, run, said) : []),
    ...factsOf(catalog, run, event, { timeZone: style.timeZone, said }),
    url === null ? commandsOf(catalog, run, event) : linkTo(catalog, url),
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

function headlineOf(catalog: Catalog, run: Run, event: NotifiedEvent): string {
  const job = jobText(catalog, run)
  const result =
    event === 'warning'
      ? formatPlural(catalog, catalog.result.warning, run.report?.warnings.length ?? 0)
      : catalog.result[event]
  const code = errorIn(run, event)?.code
  const reason = code === undefined || SAYS_THE_RESULT.has(code) ? '' : `, ${code}`
  return oneLine(`${job}${catalog.colon} ${result}${reason}`)
}

function explanationOf(catalog: Catalog, event: NotifiedEvent): Block[] {
  if (event === 'success' || event === 'warning' || event === 'failed') return []
  return [{ kind: 'sentence', text: catalog.explanation[event] }]
}

function errorOf(catalog: Catalog, run: Run, event: NotifiedEvent): Block[] {
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
function errorIn(run: Run, event: NotifiedEvent): Run['error'] {
  return event === 'success' || event === 'warning' || event === 'held' ? null : run.error
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

function factsOf(
  catalog: Catalog,
  run: Run,
  event: NotifiedEvent,
  { timeZone, said }: { timeZone: string; said: (phrase: Phrase) => string },
): Block[] {
  const { label } = catalog
  const { report } = run
  const durationMs = runDurationMs(run)
  const points = report?.restorePointIds ?? []
  const facts: [string, string | null][] = [
    [label.result, report && oneLine(said(report.summary))],
    [
      label.slot,
      event === 'missed' && run.slotAt !== null ? formatInstant(catalog, run.slotAt, timeZone) : null,
    ],
    [label.started, run.startedAt && formatInstant(catalog, run.startedAt, timeZone)],
    [label.duration, durationMs === null ? null : formatDuration(catalog, durationMs)],
    [label.amount, report && formatBytes(catalog, report.bytesMoved)],
    [
      formatPlural(catalog, label.restorePoints, points.length),
      points.length > 0 ? listedPoints(catalog, points) : null,
    ],
    [label.attempts, errorIn(run, event) && run.attempt > 1 ? formatNumber(catalog, run.attempt) : null],
  ]
  const rows = facts.flatMap(([name, value]) =>
    value === null ? [] : [{ label: `${name}${catalog.colon}`, value }],
  )
  return rows.length === 0 ? [] : [{ kind: 'fields', rows }]
}

function listedPoints(catalog: Catalog, points: readonly string[]): string {
  const listed = points.slice(0, LISTED_POINTS).join(', ')
  const rest = points.length - LISTED_POINTS
  return rest > 0 ? `${listed} ${formatPlural(catalog, catalog.more, rest)}` : listed
}

function commandsOf({ label, colon }: Catalog, run: Run, event: NotifiedEvent): Block {
  const command = (name: string, verb: string) => ({
    label: `${name}${colon}`,
    value: `holdfast runs ${verb} ${run.id}`,
    isCommand: true as const,
  })
  const decisions =
    event === 'held' ? [command(label.approve, 'approve'), command(label.refuse, 'refuse')] : []
  return { kind: 'fields', rows: [...decisions, command(label.lookUp, 'show')] }
}

export function linkTo({ label, colon }: Catalog, url: string): Block {
  return { kind: 'fields', rows: [{ label: `${label.lookUp}${colon}`, value: url, isLink: true }] }
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
