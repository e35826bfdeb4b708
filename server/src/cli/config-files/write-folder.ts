import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ConfigDocument, HoldfastError, OBJECT_KINDS } from '@holdfast/contract'
import { writeConfigFiles } from './write-config.ts'

/**
 * Writes one file for each kind of object and returns their names. `by` is the command that did it, for their first lines.
 * Throws `export-target-exists` where other configuration files lie; with `replace`, earlier ones of its own may.
 */
export async function writeConfigFolder(
  dir: string,
  document: ConfigDocument,
  { replace, by }: { replace: boolean; by: string },
): Promise<string[]> {
  const files = writeConfigFiles(document, by)
  try {
    await mkdir(dir, { recursive: true })
    const present = await readdir(dir)
    const ours = OBJECT_KINDS.map((kind) => `${kind}.yaml`)
    // A file left over from elsewhere would be read together with the export and change what it means.
    const foreign = present.filter((name) => /\.ya?ml$/.test(name) && !(replace && ours.includes(name)))
    if (foreign.length > 0) {
      throw new HoldfastError('export-target-exists', `${dir} already holds ${foreign.sort().join(', ')}`)
    }
    for (const { name, text } of files) {
      const partial = join(dir, `.${name}.partial`)
      // For the owner only: the address of a webhook can be as good as a password.
      await writeFile(partial, text, { mode: 0o600, flush: true })
      await rename(partial, join(dir, name))
    }
    const written = files.map((file) => file.name)
    for (const name of ours) if (!written.includes(name)) await rm(join(dir, name), { force: true })
    return written
  } catch (thrown) {
    if (thrown instanceof HoldfastError) throw thrown
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown'
    const kind =
      code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'permission-denied' : 'write-failed'
    throw new HoldfastError(kind, `cannot write the configuration to ${dir} (${code})`, { cause: thrown })
  }
}
