import { isTest } from '../repository.ts'
import type { Violation } from '../violation.ts'
import type { CodeFile } from './parse-code.ts'

const DECLARATION = 'contract/src/error-codes.ts'
export const ERRORS_PAGE = 'docs/reference/errors.md'

/** Codes that are declared and never used, thrown and never declared, or not on the reference page (and the reverse). */
export function errorCodeViolations(
  files: readonly CodeFile[],
  declared: readonly string[],
  errorsPage: string,
): Violation[] {
  const production = files.filter(
    ({ path }) => /^(server|contract)\/src\//.test(path) && !isTest(path) && path !== DECLARATION,
  )
  const used = new Set(production.flatMap((file) => file.strings.map(({ value }) => value)))
  const documented = [...errorsPage.matchAll(/^#+ ([a-z0-9-]+)$/gm)].map((match) => match[1] ?? '')
  return [
    ...declared
      .filter((code) => !used.has(code))
      .map((code) =>
        offence(DECLARATION, `${code} is used nowhere`, 'a code that cannot happen misleads its reader'),
      ),
    ...production.flatMap(({ path, thrownCodes }) =>
      thrownCodes
        .filter(({ value }) => !declared.includes(value))
        .map(({ value, line }) =>
          offence(`${path}:${line}`, `throws ${value}`, `a code is declared once, in ${DECLARATION}`),
        ),
    ),
    ...declared
      .filter((code) => !documented.includes(code))
      .map((code) =>
        offence(ERRORS_PAGE, `${code} is missing`, 'every code is explained to the person who must act'),
      ),
    ...documented
      .filter((code) => !declared.includes(code))
      .map((code) => offence(ERRORS_PAGE, `${code} is no error code`, 'the page explains what can happen')),
  ]
}

function offence(where: string, what: string, why: string): Violation {
  return { where, what, why }
}
