import { Argument, Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { printable } from '../output/printable.ts'
import { complete } from './candidates.ts'
import { COMPLETION_SCRIPTS, FILES_DIRECTIVE, SHELLS, type Shell } from './scripts.ts'

export function completionCommand(cx: CommandContext): Command {
  return new Command('completion')
    .description('Print a script that makes a shell complete commands, options and names')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell: Shell) => void cx.deps.io.stdout.write(COMPLETION_SCRIPTS[shell]))
}

/** Asked by the scripts while a person types; `program` gives the commands that exist. */
export function completeCommand(cx: CommandContext, program: () => Command): Command {
  return new Command('__complete')
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (args: string[]) => {
      // The scripts send two separators, because a program that starts this one may take the first for itself.
      const words = args[0] === '--' && args.length > 1 ? args.slice(1) : args
      const answer = await complete(program(), words, cx)
      if ('files' in answer) return cx.line(FILES_DIRECTIVE)
      for (const { word, meaning } of answer.words)
        cx.line(meaning ? `${printable(word)}\t${printable(meaning)}` : printable(word))
    })
}
