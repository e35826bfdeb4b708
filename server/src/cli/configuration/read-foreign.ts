import { HoldfastError } from '@holdfast/contract'
import { type Foreign, type ImportedFile, importText, requireText } from '../config-files/foreign.ts'
import { configInvalid } from '../config-files/problem.ts'

/**
 * Reads the configuration of another program. Throws `config-unreadable`, and `config-invalid` with the mistakes at their
 * places or for a file that none of the importers knows.
 */
export async function readForeign(file: string, foreign: Foreign): Promise<ImportedFile> {
  const found = await importText(file, await requireText(file), foreign)
  if (found === null) {
    throw new HoldfastError('config-invalid', `${file} is no configuration that can be taken over`, {
      hint: `Name one of these: ${foreign.importers.map(({ title }) => title).join(', ')}.`,
    })
  }
  if ('problems' in found) throw configInvalid(found.problems)
  return found
}
