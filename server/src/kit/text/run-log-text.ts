import type { RunLogLine } from '@holdfast/contract'

/** A line of a run's log as text, with its line break. */
export function runLogText({ at, level, message, fields }: RunLogLine): string {
  const more = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
  return `${at} ${level.padEnd(7)} ${visible(`${message}${more}`)}\n`
}

/** One line stays one line, and nothing in it commands a terminal that shows the file. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\t' ? character : `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  )
}
