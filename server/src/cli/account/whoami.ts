import type { Me } from '@holdfast/contract'
import { Command } from 'commander'
import { type CommandContext, tellServer } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { printable } from '../output/printable.ts'
import { createCaller } from '../remote/call.ts'
import { callerOptions, warnOfPlainHttp } from '../remote/choose-server.ts'

export function whoamiCommand(cx: CommandContext): Command {
  return new Command('whoami')
    .description('Which control plane the commands of this machine speak to, as whom, and what that allows')
    .addOption(
      jsonOption('{server, me: Me, by: null}, or on the machine itself {server: null, me: null, by}'),
    )
    .action(async (options: JsonFlag) => {
      const choice = await cx.server()
      if (choice === null) {
        if (options.json) return cx.json({ server: null, me: null, by: cx.by })
        return cx.line(printable(`${cx.by}, on the database of this machine`))
      }
      warnOfPlainHttp(cx.deps.io, choice.url)
      const caller = createCaller(callerOptions(choice, false))
      const me = await caller
        .call('GET /api/auth/me', {})
        .catch((thrown: unknown) => tellServer(thrown, choice.url))
      if (options.json) return cx.json({ server: choice.url, me, by: null })
      for (const line of meLines(cx, choice.url, me)) cx.line(line)
    })
}

export function meLines(cx: CommandContext, url: string, { user, permissions }: Me): string[] {
  const nodes = user.nodes === null ? [] : [`  on the nodes: ${printable(user.nodes.join(', '))}`]
  return [
    `${cx.style.good('✔')} ${printable(`${user.name} (${user.role}) at ${url}`)}`,
    `  may: ${permissions.join(', ')}`,
    ...nodes,
  ]
}
