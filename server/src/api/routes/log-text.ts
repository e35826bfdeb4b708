import { Readable } from 'node:stream'
import type { Control, RunLogLine } from '@holdfast/contract'

const PAGE = 2000

/** The whole log of a run as text, read page by page as the client takes it. */
export async function logText(
  control: Pick<Control, 'readLog'>,
  runId: string,
  signal: AbortSignal,
): Promise<Readable> {
  // The first page is read before the answer begins, so that what fails still becomes a proper answer.
  const first = await control.readLog(runId, -1, PAGE)
  return Readable.from(pages(control, runId, first, signal))
}

async function* pages(
  control: Pick<Control, 'readLog'>,
  runId: string,
  first: RunLogLine[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  let page = first
  while (page.length > 0) {
    yield page.map(lineText).join('')
    const last = page.at(-1)
    if (page.length < PAGE || !last || signal.aborted) return
    page = await control.readLog(runId, last.position, PAGE)
  }
}

function lineText({ at, level, message, fields }: RunLogLine): string {
  const more = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
  return `${at} ${level.padEnd(7)} ${visible(`${message}${more}`)}\n`
}

/** One line stays one line, and nothing in it commands a terminal that shows the file. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\t' ? character : `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  )
}
