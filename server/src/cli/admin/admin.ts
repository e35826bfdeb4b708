import { ROLES, type Role, type User, userName } from '@holdfast/contract'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatRelative } from '../output/format.ts'
import { newPassword, type PasswordFlag, passwordOption } from './new-password.ts'

/** Users of the server, for who administers its machine: works without a server and without anybody signed in. */
export function adminCommand(cx: CommandContext): Command {
  return new Command('admin')
    .description('Users of the server, on its own machine: the way in when nobody can sign in')
    .addCommand(createCommand(cx))
    .addCommand(resetCommand(cx))
    .addCommand(listCommand(cx))
}

function nameOf(text: string): string {
  const parsed = userName.safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(`Expected ${parsed.error.issues[0]?.message}.`)
}

function createCommand(cx: CommandContext): Command {
  return new Command('create')
    .description('Make a user; asks for the password')
    .argument('<name>', 'lower-case letters, digits and . _ @ -', nameOf)
    .addOption(
      new Option('--role <role>', 'what the user may do').choices(Object.keys(ROLES)).default('admin'),
    )
    .addOption(passwordOption())
    .addOption(jsonOption('User'))
    .action(async (name: string, options: { role: Role } & PasswordFlag & JsonFlag) => {
      cx.requireLocal()
      const password = await newPassword(cx, name, options)
      const rest = { nodes: null, language: 'en', timeZone: 'UTC' } as const
      const { admin } = await cx.deps.local()
      const user = await admin.create({ name, password, role: options.role, ...rest }, cx.by)
      if (options.json) return cx.json(user)
      cx.line(`${cx.style.good('✔')} ${user.name} can sign in (${user.role})`)
    })
}

function resetCommand(cx: CommandContext): Command {
  return new Command('reset-password')
    .description(
      'Give a user a new password, end all their sessions, and let them in however they were locked out',
    )
    .argument('<name>', 'name of the user', nameOf)
    .addOption(passwordOption())
    .addOption(jsonOption('{name}'))
    .action(async (name: string, options: PasswordFlag & JsonFlag) => {
      cx.requireLocal()
      const password = await newPassword(cx, name, options)
      const { admin } = await cx.deps.local()
      await admin.resetPassword(name, password, cx.by)
      if (options.json) return cx.json({ name })
      cx.line(`${cx.style.good('✔')} ${name} can sign in with the new password; all sessions have ended`)
    })
}

function listCommand(cx: CommandContext): Command {
  return new Command('list')
    .description('All users')
    .addOption(jsonOption('User[]'))
    .action(async (options: JsonFlag) => {
      cx.requireLocal()
      const { admin } = await cx.deps.local()
      const users = await admin.list()
      if (options.json) return cx.json(users)
      if (users.length === 0) return cx.line('No user yet. Make one: holdfast admin create NAME')
      cx.table(
        [
          { title: 'user', whole: true },
          { title: 'role', whole: true },
          { title: 'state', whole: true },
          { title: 'nodes' },
          { title: 'last sign-in', whole: true },
        ],
        users.map((user) => [
          user.name,
          user.role,
          user.isDisabled ? 'disabled' : 'enabled',
          nodesText(user),
          formatRelative(user.lastSignInAt, cx.now()),
        ]),
      )
    })
}

function nodesText({ nodes }: User): string {
  if (nodes === null) return 'all'
  return nodes.length === 0 ? 'none: those that were named are gone' : nodes.join(', ')
}
