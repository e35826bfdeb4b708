import { styleText } from 'node:util'
import type { CoverageState, Finding, Run, RunOutcome, RunStatus } from '@holdfast/contract'
import type { CliIo } from '../deps.ts'

type Colour = Parameters<typeof styleText>[0]
interface Look {
  icon: string
  colour: Colour
}

const OUTCOMES: Record<RunOutcome, Look> = {
  success: { icon: '✔', colour: 'green' },
  warning: { icon: '!', colour: 'yellow' },
  failed: { icon: '✖', colour: 'red' },
  canceled: { icon: '⊘', colour: 'yellow' },
  skipped: { icon: '⤼', colour: 'gray' },
  missed: { icon: '✖', colour: 'red' },
  lost: { icon: '✖', colour: 'red' },
}

const STATUSES: Record<RunStatus, Look> = {
  queued: { icon: '◌', colour: 'gray' },
  planning: { icon: '●', colour: 'cyan' },
  held: { icon: '?', colour: 'magenta' },
  running: { icon: '●', colour: 'cyan' },
  verifying: { icon: '●', colour: 'cyan' },
  pruning: { icon: '●', colour: 'cyan' },
  finished: { icon: '✔', colour: 'gray' },
}

const COVERAGES: Record<CoverageState, Look> = {
  covered: { icon: '✔', colour: 'green' },
  late: { icon: '!', colour: 'yellow' },
  missed: { icon: '✖', colour: 'red' },
  never: { icon: '✖', colour: 'red' },
  'no-policy': { icon: '–', colour: 'gray' },
  unknown: { icon: '?', colour: 'gray' },
}

const LEVELS: Record<Finding['level'], Look> = {
  ok: { icon: '✔', colour: 'green' },
  warning: { icon: '!', colour: 'yellow' },
  error: { icon: '✖', colour: 'red' },
}

/** Icon and word, so that nothing depends on colour; colour only on a terminal, and never when NO_COLOR is set. */
export interface Style {
  readonly colours: boolean
  good(text: string): string
  warn(text: string): string
  bad(text: string): string
  hint(text: string): string
  bold(text: string): string
  dim(text: string): string
  outcome(outcome: RunOutcome): string
  /** The outcome of a finished run, else its status. */
  run(run: Pick<Run, 'status' | 'outcome'>): string
  coverage(state: CoverageState): string
  level(level: Finding['level']): string
}

export function createStyle(io: Pick<CliIo, 'isTty' | 'env'>): Style {
  const colours = io.isTty && !io.env.NO_COLOR && io.env.TERM !== 'dumb'
  const paint = (colour: Colour, text: string): string =>
    colours ? styleText(colour, text, { validateStream: false }) : text
  const look = ({ icon, colour }: Look, word: string): string => paint(colour, `${icon} ${word}`)
  return {
    colours,
    good: (text) => paint('green', text),
    warn: (text) => paint('yellow', text),
    bad: (text) => paint('red', text),
    hint: (text) => paint('yellow', text),
    bold: (text) => paint('bold', text),
    dim: (text) => paint('dim', text),
    outcome: (outcome) => look(OUTCOMES[outcome], outcome),
    run: ({ status, outcome }) =>
      outcome ? look(OUTCOMES[outcome], outcome) : look(STATUSES[status], status),
    coverage: (state) => look(COVERAGES[state], state === 'no-policy' ? 'no policy' : state),
    level: (level) => look(LEVELS[level], level),
  }
}
