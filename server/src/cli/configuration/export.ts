import { Command } from 'commander'
import { writeConfig } from '../config-files/write-config.ts'
import { writeConfigFolder } from '../config-files/write-folder.ts'
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
        const files = await writeConfigFolder(dir, document, {
          replace: options.replace === true,
          by: 'holdfast export',
        })
        if (!options.json) return cx.line(`${formatCount(files.length, 'file')} written to ${printable(dir)}`)
      }
      if (options.json) cx.json(document)
      else cx.deps.io.stdout.write(writeConfig(document, 'holdfast export'))
    })
}
