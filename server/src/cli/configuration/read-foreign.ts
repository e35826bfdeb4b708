import { basename, dirname, join } from 'node:path'
import { HoldfastError, type ImportedConfig, type Importer, timeZone } from '@holdfast/contract'
import { readConfigText } from '../config-files/find-files.ts'
import { configInvalid } from '../config-files/problem.ts'
import type { CliIo } from '../deps.ts'

/**
 * Reads the configuration of another program. Throws `config-unreadable`, and `config-invalid` with the mistakes at their
 * places or for a file that none of the importers knows.
 */
export async function readForeign(
  file: string,
  importers: readonly Importer[],
  env: CliIo['env'],
): Promise<{ importer: Importer; imported: ImportedConfig }> {
  const text = await readText(file)
  const importer = importers.find((candidate) => candidate.recognise(text))
  if (!importer) {
    throw new HoldfastError('config-invalid', `${file} is no configuration that can be taken over`, {
      hint: `Name one of these: ${importers.map(({ title }) => title).join(', ')}.`,
    })
  }
  const imported = await importer.read({
    text,
    beside: (name) => readBeside(join(dirname(file), basename(name))),
    timeZone: timeZoneOf(env),
  })
  if ('problems' in imported) throw configInvalid(imported.problems.map((problem) => ({ file, ...problem })))
  return { importer, imported }
}

async function readText(file: string): Promise<string> {
  const read = await readConfigText(file)
  if ('text' in read) return read.text
  throw configInvalid([{ file, line: 1, column: 1, path: '', message: read.mistake, hint: read.hint }])
}

async function readBeside(file: string): Promise<string | null> {
  try {
    return await readText(file)
  } catch (thrown) {
    const cause = thrown instanceof HoldfastError ? thrown.cause : null
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw thrown
  }
}

/** That of the person who calls, as other programs on the machine take it. */
function timeZoneOf({ TZ }: CliIo['env']): string {
  return timeZone.safeParse(TZ).data ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
}
