import { Readable } from 'node:stream'
import type { Control, RunLogLine } from '@holdfast/contract'
import { runLogText } from '../../kit/text/run-log-text.ts'

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
    yield page.map(runLogText).join('')
    const last = page.at(-1)
    if (page.length < PAGE || !last || signal.aborted) return
    page = await control.readLog(runId, last.position, PAGE)
  }
}
