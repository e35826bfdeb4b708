import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ConfigDocument, HoldfastError, OBJECT_KINDS } from '@holdfast/contract'
import { Command } from 'commander'
import { writeConfig, writeConfigFiles } from '../config-files/write-config.ts'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatCount } from '../output/format.ts'
import { printable } from '../output/printable.ts'

interface ExportOptions extends JsonFlag {
  replace?: boolean
}

export function exportCommand(cx: CommandContext): Command {
  return new Command('export')
    .description('Write the configuration in force as YAML that applies back to no change')
    .argument('[dir]', 'folder to write one file per kind of object to; standard output without it')
    .option('--replace', 'overwrite files of an earlier export in the folder')
    .addOption(jsonOption('ConfigDocument'))
    .action(async (dir: string | undefined, options: ExportOptions) => {
      const document = await cx.withControl((control) => control.exportConfig())
      if (dir !== undefined) {
        const files = await exportFolder(dir, document, options.replace === true)
        if (!options.json) return cx.line(`${formatCount(files.length, 'file')} written to ${printable(dir)}`)
      }
      if (options.json) cx.json(document)
      else cx.deps.io.stdout.write(writeConfig(document))
    })
}

async function exportFolder(dir: string, document: ConfigDocument, replace: boolean): Promise<string[]> {
  const files = writeConfigFiles(document)
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
