import { ERROR_CODES, ERROR_KINDS, type ErrorCode, type ErrorKind, runOutcome } from '@holdfast/contract'
import {
  HELD_EXIT_CODE,
  OTHER_EXIT_CODES,
  OUTCOME_EXIT_CODES,
  WORST_FIRST,
} from '../../server/src/cli/exit-codes.ts'
import { cell, page, table } from './page.ts'

const KINDS = Object.keys(ERROR_KINDS) as ErrorKind[]
const CODES = (Object.keys(ERROR_CODES) as ErrorCode[]).toSorted()

export function errorsPage(): string {
  const sections = CODES.flatMap((code) => {
    const { kind, meaning, hint } = ERROR_CODES[code]
    return [`### ${code}`, `${meaning}\n\n- Kind: [${kind}](#kinds)\n- What to do: ${hint}`]
  })
  return page('Errors', [
    'Every error has a code, a message with the facts of the case, and a hint that says what to do. The kind of the code says who must act, and decides exit code and HTTP status.',
    '## Kinds',
    table(
      ['Kind', 'Who acts', 'Exit code', 'HTTP status'],
      KINDS.map((kind) => {
        const { who, exitCode, httpStatus } = ERROR_KINDS[kind]
        return [kind, cell(who), String(exitCode), String(httpStatus)]
      }),
    ),
    '## Codes',
    ...sections,
  ])
}

export function exitCodesPage(): string {
  const kinds = KINDS.map((kind) => ({
    code: ERROR_KINDS[kind].exitCode,
    meaning: `An error of kind [${kind}](errors.md#kinds). Who must act: ${ERROR_KINDS[kind].who}.`,
  }))
  const all = [...OTHER_EXIT_CODES, ...kinds].toSorted((left, right) => left.code - right.code)
  return page('Exit codes', [
    'The exit code of `holdfast` says how it ended; scripts may rely on it.',
    table(
      ['Code', 'Meaning'],
      all.map(({ code, meaning }) => [String(code), cell(meaning)]),
    ),
    '## Commands that wait for runs',
    '`holdfast run`, `restore` and `verify` end with the code of the outcome of their run:',
    table(
      ['Outcome', 'Code'],
      [
        ...runOutcome.options.map((outcome) => [
          outcome,
          outcome === 'failed'
            ? `that of the kind of its error, else ${OUTCOME_EXIT_CODES.failed}`
            : String(OUTCOME_EXIT_CODES[outcome]),
        ]),
        ['held: a guard waits for a person', String(HELD_EXIT_CODE)],
      ],
    ),
    `When several runs end differently, the first of these that occurred is the exit code: ${WORST_FIRST.join(', ')}, 0.`,
    'A mistake on the command line itself is an error of kind config. With `--json` an error is printed on standard output as `{"error": {code, kind, message, hint, details}}`; without it on standard error, the hint first.',
  ])
}
