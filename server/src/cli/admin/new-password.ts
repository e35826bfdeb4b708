import { HoldfastError } from '@holdfast/contract'
import { Option } from 'commander'
import type { CommandContext } from '../context.ts'

export interface PasswordFlag {
  passwordStdin?: boolean
}

/** There is no way to give a password as an argument or in the environment: other users of the machine could read it. */
export function passwordOption(): Option {
  return new Option('--password-stdin', 'read the new password from standard input instead of asking twice')
}

/** Asked twice, since nobody sees what is typed. Throws `config-invalid`, and `change-declined` on Ctrl-C. */
export async function newPassword(cx: CommandContext, name: string, flags: PasswordFlag): Promise<string> {
  const { io } = cx.deps
  if (flags.passwordStdin) return await io.readStdin()
  if (!io.isTty) {
    throw new HoldfastError('config-invalid', 'there is no terminal to ask for the password on', {
      hint: 'Say --password-stdin and hand the password over on standard input.',
    })
  }
  const password = await io.askHidden(`New password of ${name}`)
  if ((await io.askHidden('Once more')) === password) return password
  throw new HoldfastError('config-invalid', 'the two passwords are not the same', {
    hint: 'Nothing was changed. Call the command again.',
  })
}
