import { basename, dirname, join } from 'node:path'
import { HoldfastError, type ImportedConfig, type Importer, timeZone } from '@holdfast/contract'
import type { CliIo } from '../deps.ts'
import { readConfigText } from './find-files.ts'
import { configInvalid, type FileProblem } from './problem.ts'

/** What is needed to read the configurations of other programs. */
export interface Foreign {
  importers: readonly Importer[]
  env: CliIo['env']
}

/** A file of another program. */
export interface ImportedFile {
  file: string
  importer: Importer
  imported: ImportedConfig
}

/** What the text of a file becomes, or its mistakes; null when none of the importers knows it. */
export async function importText(
  file: string,
  text: string,
  { importers, env }: Foreign,
): Promise<ImportedFile | { problems: FileProblem[] } | null> {
  const importer = importers.find((candidate) => candidate.recognise(text))
  if (!importer) return null
  const imported = await importer.read({
    fileName: basename(file),
    text,
    beside: (name) => readBeside(join(dirname(file), basename(name))),
    timeZone: timeZoneOf(env),
  })
  if ('problems' in imported) return { problems: imported.problems.map((problem) => ({ file, ...problem })) }
  return { file, importer, imported }
}

/** The text of a file. Throws `config-unreadable`, and `config-invalid` for one that is no text. */
export async function requireText(file: string): Promise<string> {
  const read = await readConfigText(file)
  if ('text' in read) return read.text
  throw configInvalid([{ file, line: 1, column: 1, path: '', message: read.mistake, hint: read.hint }])
}

async function readBeside(file: string): Promise<string | null> {
  try {
    return await requireText(file)
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
