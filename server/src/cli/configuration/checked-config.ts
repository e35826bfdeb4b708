import type { ConfigDocument, Control } from '@holdfast/contract'
import { configInvalid } from '../config-files/problem.ts'
import { readConfig } from '../config-files/read-config.ts'

/** Reads files and folders and checks what only the control plane knows. Throws `config-invalid` with every problem. */
export async function checkedConfig(control: Control, paths: readonly string[]): Promise<ConfigDocument> {
  const { document, sources } = await readConfig(paths)
  const problems = await control.checkConfig(document)
  if (problems.length > 0) throw configInvalid(problems.map((problem) => sources.place(problem)))
  return document
}
