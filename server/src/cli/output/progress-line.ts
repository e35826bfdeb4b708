import { phraseText, type Run, type RunProgress } from '@holdfast/contract'
import { formatBytes, formatDuration, formatElapsed, formatPercent, formatRate } from './format.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { truncate, visibleWidth } from './table.ts'

const BAR_WIDTH = 20
/** The longest word for the state of a run, with its icon: lines do not jump while it changes. */
const STATE_WIDTH = '● verifying'.length

/** `██████░░░░` for a share of the work; nothing while the total is unknown. */
export function progressBar(done: number | undefined, total: number | undefined, width = BAR_WIDTH): string {
  if (done === undefined || total === undefined || total <= 0) return ''
  const filled = Math.min(width, Math.floor((done / total) * width))
  return '█'.repeat(filled) + '░'.repeat(width - filled)
}

/** `62 %  1.2 GiB of 1.9 GiB  85 MiB/s  ETA 8m  copy files`: whatever is known, in this order. */
export function progressFacts(progress: RunProgress | null): string[] {
  if (!progress) return []
  const { doneBytes, totalBytes, doneItems, totalItems, bytesPerSecond, etaSeconds, step } = progress
  const bytes =
    doneBytes === undefined ? null : amount(formatBytes(doneBytes), totalBytes && formatBytes(totalBytes))
  const items = doneItems === undefined ? null : `${amount(String(doneItems), totalItems)} items`
  return [
    formatPercent(doneBytes, totalBytes) ?? formatPercent(doneItems, totalItems),
    bytes ?? items,
    bytesPerSecond === undefined ? null : formatRate(bytesPerSecond),
    etaSeconds === undefined ? null : `ETA ${formatDuration(etaSeconds * 1000)}`,
    step === undefined ? null : stepText(step),
  ].filter((fact) => fact !== null)
}

/** Names of steps are words with hyphens: `check-free-space`. */
export function stepText(name: string): string {
  return name.replaceAll('-', ' ')
}

function amount(done: string, total: string | number | undefined): string {
  return total ? `${done} of ${total}` : done
}

/** One line for a run, for a terminal of a width: never wraps, so that it can be painted over. */
export function progressLine(
  run: Run,
  options: { now: Date; width: number; nameWidth: number; style: Style },
): string {
  const { now, width, nameWidth, style } = options
  const state = style.run(run)
  const gap = ' '.repeat(Math.max(0, STATE_WIDTH - visibleWidth(state)))
  const head = `${state}${gap}  ${printable(run.jobName).padEnd(nameWidth)}`
  const { progress } = run
  const bar = progressBar(
    progress?.doneBytes ?? progress?.doneItems,
    progress?.totalBytes ?? progress?.totalItems,
  )
  const took = formatElapsed(run.startedAt, run.finishedAt, now)
  const facts = run.outcome
    ? [phraseText(run.report?.summary ?? run.error?.message ?? ''), took]
    : run.waitingFor && run.status === 'queued'
      ? [`waits for ${phraseText(run.waitingFor)}`]
      : [bar, ...progressFacts(progress), progress ? '' : took]
  const rest = printable(facts.filter((fact) => fact !== '').join('  '))
  return `${head}  ${truncate(rest, Math.max(0, width - visibleWidth(head) - 3))}`
}
