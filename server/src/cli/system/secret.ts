import { HoldfastError, secretName } from '@holdfast/contract'
import { Command, InvalidArgumentError } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatRelative } from '../output/format.ts'

export function secretCommand(cx: CommandContext): Command {
  return new Command('secret')
    .description('Passwords and tokens that Holdfast keeps encrypted, for `secret:` in a configuration')
    .addCommand(listCommand(cx))
    .addCommand(setCommand(cx))
    .addCommand(removeCommand(cx))
}

function nameOf(text: string): string {
  const parsed = secretName.safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(`Expected ${parsed.error.issues[0]?.message}.`)
}

function listCommand(cx: CommandContext): Command {
  return new Command('list')
    .description('Names of the secrets; nobody is told their values')
    .addOption(jsonOption('StoredSecret[]'))
    .action((options: JsonFlag) =>
      cx.withControl(async (control) => {
        const secrets = await control.listSecrets()
        if (options.json) return cx.json(secrets)
        if (secrets.length === 0) return cx.line('No secret is kept.')
        cx.table(
          [{ title: 'secret', whole: true }, { title: 'changed', whole: true }, { title: 'by' }],
          secrets.map((secret) => [
            secret.name,
            formatRelative(secret.updatedAt, cx.now()),
            secret.updatedBy,
          ]),
        )
      }),
    )
}

function setCommand(cx: CommandContext): Command {
  return new Command('set')
    .description('Keep a secret, or replace it; asks for the value, or reads it from standard input')
    .argument('<secret>', 'its name, such as smtp-password', nameOf)
    .addOption(jsonOption('{name}'))
    .action((name: string, options: JsonFlag) =>
      cx.withControl(async (control) => {
        const value = await cx.deps.io.askHidden(`Value of ${name}`)
        if (value === '') {
          throw new HoldfastError('config-invalid', 'a secret cannot be empty', {
            hint: `Type its value, or hand it over: holdfast secret set ${name} < FILE`,
          })
        }
        await control.putSecret(name, value, { by: cx.by })
        if (options.json) return cx.json({ name })
        cx.line(`${cx.style.good('✔')} ${name} is kept`)
      }),
    )
}

function removeCommand(cx: CommandContext): Command {
  return new Command('rm')
    .description('Forget a secret')
    .argument('<secret>', 'its name', nameOf)
    .addOption(jsonOption('{name}'))
    .action((name: string, options: JsonFlag) =>
      cx.withControl(async (control) => {
        await control.deleteSecret(name, { by: cx.by })
        if (options.json) return cx.json({ name })
        cx.line(`${name} is forgotten`)
      }),
    )
}
