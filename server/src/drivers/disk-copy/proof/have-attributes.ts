import type { BytePath } from '../../../clients/disks/byte-path.ts'
import { exec } from '../../../kit/exec.ts'
import { answerOf, canAsk, questionOf } from './attributes.ts'

/** What a listing tells of an entry: its path, and the hash of its attributes. */
export interface ToldAttributes {
  readonly path: BytePath
  readonly attributes: string
}

/**
 * Whether entries below `root`, a path, have the attributes that a listing tells of. Blocks nothing. What is too long for a
 * line of output counts as not so.
 */
export async function haveAttributes(
  root: BytePath,
  told: readonly ToldAttributes[],
  scope: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (told.length === 0) return true
  if (!canAsk()) return false
  const { args, input } = questionOf(
    root,
    told.map(({ path }) => path),
  )
  const found: (string | null)[] = []
  // Nothing is said of an entry that has none: then there are too few lines.
  const onStdout = (line: string) => found.push(answerOf(line, scope))
  await exec('perl', args, { stdin: input, signal, onStdout })
  return found.length === told.length && told.every(({ attributes }, index) => attributes === found[index])
}
