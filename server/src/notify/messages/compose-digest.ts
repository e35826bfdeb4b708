import { type Digest, type DigestProblem, type Phrase, type RunOutcome, runOutcome } from '@holdfast/contract'
import type { DigestEvent } from '../run-event.ts'
import { filled, formatDuration, formatInstant, formatNumber, formatPlural } from './amounts.ts'
import { jobText, linkRow, oneLine, sayer } from './compose.ts'
import type { Block, Message, MessageStyle, Row } from './message.ts'
import { CATALOGS, type Catalog } from './texts/catalog.ts'

const DAY_MS = 86_400_000

/**
 * The time since the last digest. A good day is three lines, and the subject says so; otherwise what needs somebody
 * follows, the worst first. Errors and hints are English in every language, as in the messages about runs.
 */
export function composeDigest(told: DigestEvent, style: MessageStyle): Message {
  const { digest, holdfastUrl } = told
  const catalog = CATALOGS[style.language]
  const { title, good, attention } = catalog.digest
  const count = attentionCount(digest)
  const state = count === 0 ? good : formatPlural(catalog, attention, count)
  const blocks: Block[] = [
    factsOf(catalog, digest, style.timeZone),
    ...selfBackupOf(catalog, digest),
    ...listOf(
      catalog,
      catalog.digest.problems,
      digest.problemCount,
      problemLines(catalog, digest, sayer(told, style)),
    ),
    ...listOf(catalog, catalog.digest.uncovered, digest.uncoveredCount, gapLines(catalog, digest)),
    ...listOf(catalog, catalog.digest.held, digest.heldCount, heldLines(catalog, digest, style.timeZone)),
    ...listOf(
      catalog,
      catalog.digest.overdue,
      digest.overdueDiskCount,
      overdueLines(catalog, digest, style.timeZone),
    ),
    ...listOf(catalog, catalog.digest.vaults, digest.vaults.length, vaultLines(catalog, digest)),
    ...listOf(
      catalog,
      catalog.digest.restores,
      digest.restoreCount,
      restoreLines(catalog, digest, style.timeZone),
    ),
  ]
  if (count > 0) {
    const row = holdfastUrl === null ? statusCommand(catalog) : linkRow(catalog, holdfastUrl)
    blocks.push({ kind: 'fields', rows: [row] })
  }
  return { headline: `${title}${catalog.colon} ${state}`, blocks, url: holdfastUrl }
}

function attentionCount(digest: Digest): number {
  const { problemCount, uncoveredCount, heldCount, overdueDiskCount, vaults, selfBackupProblem } = digest
  const counts = problemCount + uncoveredCount + heldCount + overdueDiskCount + vaults.length
  return counts + (selfBackupProblem === null ? 0 : 1)
}

function factsOf(catalog: Catalog, digest: Digest, timeZone: string): Block {
  const { label, span, none, covered, nothingToCover, outcome } = catalog.digest
  const { colon } = catalog
  const ends = runOutcome.options.flatMap((each) => {
    const count = digest.runs[each] ?? 0
    return count === 0 ? [] : [`${outcome[each]} ${formatNumber(catalog, count)}`]
  })
  const from = formatInstant(catalog, digest.from, timeZone)
  const to = formatInstant(catalog, digest.to, timeZone)
  const { protectedCount, uncoveredCount } = digest
  const coverage =
    protectedCount === 0
      ? nothingToCover
      : filled(formatPlural(catalog, covered, protectedCount), {
          covered: formatNumber(catalog, protectedCount - uncoveredCount),
        })
  const rows = [
    { label: `${label.period}${colon}`, value: filled(span, { from, to }) },
    { label: `${label.runs}${colon}`, value: ends.length === 0 ? none : ends.join(', ') },
    { label: `${label.coverage}${colon}`, value: coverage },
  ]
  return { kind: 'fields', rows }
}

function selfBackupOf(catalog: Catalog, { selfBackupProblem }: Digest): Block[] {
  if (selfBackupProblem === null) return []
  const text = `${catalog.digest.label.selfBackup}${catalog.colon} ${oneLine(selfBackupProblem)}`
  return [{ kind: 'sentence', text }]
}

function problemLines(catalog: Catalog, { problems }: Digest, said: (phrase: Phrase) => string): string[] {
  return problems.map((problem) => {
    const { message, hint } = problem
    const cause = message === null ? null : said(message)
    const parts = [problemHead(catalog, problem), cause, hint].filter((part) => part !== null)
    return parts.map(oneLine).join(' – ')
  })
}

function problemHead(catalog: Catalog, problem: DigestProblem): string {
  const { outcome, count, code } = problem
  const { colon } = catalog
  const times = count > 1 ? `, ${formatPlural(catalog, catalog.digest.times, count)}` : ''
  const cause = code === null ? '' : `, ${code}`
  return `${jobText(catalog, problem)}${colon} ${endText(catalog, outcome)}${cause}${times}`
}

function endText(catalog: Catalog, outcome: RunOutcome): string {
  return outcome === 'warning' ? catalog.digest.outcome.warning : catalog.result[outcome]
}

function gapLines(catalog: Catalog, { uncovered }: Digest): string[] {
  const { never, age } = catalog.digest
  return uncovered.map(({ jobName, ageMs }) => {
    const state = ageMs === null ? never : filled(age, { age: formatDuration(catalog, ageMs) })
    return `${jobName}${catalog.colon} ${state}`
  })
}

function heldLines(catalog: Catalog, { held }: Digest, timeZone: string): string[] {
  return held.map(({ jobName, runId, since }) => {
    const at = formatInstant(catalog, since, timeZone)
    return `${jobName}${catalog.colon} ${filled(catalog.digest.since, { at })}, ${runId}`
  })
}

function overdueLines(catalog: Catalog, { overdueDisks }: Digest, timeZone: string): string[] {
  const { overdueSince, overdueNever } = catalog.digest
  return overdueDisks.map(({ vault, label, dueAt, lastCopyAt }) => {
    const at = formatInstant(catalog, dueAt, timeZone)
    const copy = lastCopyAt && formatInstant(catalog, lastCopyAt, timeZone)
    const state = copy === null ? filled(overdueNever, { at }) : filled(overdueSince, { at, copy })
    return `${label} (${vault})${catalog.colon} ${state}`
  })
}

function vaultLines(catalog: Catalog, { vaults }: Digest): string[] {
  return vaults.map(({ name, earliestDays, latestDays }) => {
    return `${name}${catalog.colon} ${fillsText(catalog, earliestDays, latestDays)}`
  })
}

function fillsText(catalog: Catalog, earliestDays: number, latestDays: number | null): string {
  const { full, fillsWithin, fillsBetween, fillsNotBefore } = catalog.digest
  if (latestDays === 0) return full
  const early = formatDuration(catalog, earliestDays * DAY_MS)
  if (latestDays === null) return filled(fillsNotBefore, { early })
  const late = formatDuration(catalog, latestDays * DAY_MS)
  return earliestDays === 0 ? filled(fillsWithin, { late }) : filled(fillsBetween, { early, late })
}

function restoreLines(catalog: Catalog, { restores }: Digest, timeZone: string): string[] {
  return restores.map(({ jobName, outcome, at }) => {
    const when = formatInstant(catalog, at, timeZone)
    return `${jobName}${catalog.colon} ${endText(catalog, outcome)}, ${when}`
  })
}

function listOf(catalog: Catalog, title: string, count: number, lines: string[]): Block[] {
  if (lines.length === 0) return []
  const rest = count - lines.length
  const items = rest > 0 ? [...lines, formatPlural(catalog, catalog.more, rest)] : lines
  return [{ kind: 'list', title: `${title}${catalog.colon}`, items }]
}

function statusCommand({ label, colon }: Catalog): Row {
  return { label: `${label.lookUp}${colon}`, value: 'holdfast status', isCommand: true }
}
