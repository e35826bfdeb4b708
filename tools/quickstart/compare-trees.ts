import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Compares two folders by rsync's own eyes, independently of Holdfast: names, types, contents by checksum, times, modes,
 * owners, hard links, ACLs and extended attributes.
 */
export async function compareTrees(
  expected: string,
  actual: string,
  exclude: string[],
): Promise<{ isEqual: boolean; words: string }> {
  const patterns = exclude.flatMap((pattern) => ['--exclude', pattern])
  const args = ['-aHAXnc', '--delete', '--itemize-changes', ...patterns, `${expected}/`, `${actual}/`]
  const { stdout } = await run('rsync', args, { maxBuffer: 64 * 1024 * 1024 })
  const differences = stdout.split('\n').filter((line) => line !== '' && !line.endsWith(' ./'))
  if (differences.length === 0) return { isEqual: true, words: 'equal' }
  return { isEqual: false, words: `${differences.length} differences, the first: ${differences[0]}` }
}
