import type { ConfigDocument, Control } from '@holdfast/contract'
import type { Foreign, ImportedFile } from '../config-files/foreign.ts'
import { configInvalid } from '../config-files/problem.ts'
import { readConfig } from '../config-files/read-config.ts'

/**
 * Reads files and folders, with `foreign` those of other programs too, and checks what only the control plane knows.
 * Throws `config-invalid` with every problem.
 */
export async function checkedConfig(
  control: Control,
  paths: readonly string[],
  foreign?: Foreign,
): Promise<{ document: ConfigDocument; imports: readonly ImportedFile[] }> {
  const { document, sources, imports } = await readConfig(paths, foreign)
  const problems = await control.checkConfig(document)
  if (problems.length > 0) throw configInvalid(problems.map((problem) => sources.place(problem)))
  return { document, imports }
}
