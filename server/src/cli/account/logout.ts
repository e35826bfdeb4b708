import { asHoldfastError } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { createCaller } from '../remote/call.ts'
import { readCa } from '../remote/choose-server.ts'
import { readSavedLogin, removeSavedLogin, type SavedLogin } from '../remote/saved-login.ts'

export function logoutCommand(cx: CommandContext): Command {
  return new Command('logout')
    .description('Forget the server and the token that `holdfast login` saved; revokes a token that it made')
    .addOption(jsonOption('{server, revoked: boolean}; server is null where nobody was signed in'))
    .action(async (options: JsonFlag) => {
      const saved = await readSavedLogin(cx.deps.io.env)
      if (saved === null) {
        if (options.json) return cx.json({ server: null, revoked: false })
        return cx.line('Nobody was signed in.')
      }
      const problem = await revoke(saved)
      await removeSavedLogin(cx.deps.io.env)
      const revoked = saved.tokenId !== null && problem === null
      if (problem !== null) {
        cx.note(
          `The token was forgotten here and is still valid on the server: ${problem} Revoke it on the page of your account.`,
        )
      }
      if (options.json) return cx.json({ server: saved.url, revoked })
      const what = revoked
        ? ', its token is revoked'
        : saved.tokenId === null
          ? ', your token stays valid'
          : ''
      cx.line(`Signed out of ${saved.url}${what}`)
    })
}

/** Null when no token is left behind; a token that a person brought stays theirs. */
async function revoke({ url, token, tokenId, caFile }: SavedLogin): Promise<string | null> {
  if (tokenId === null) return null
  try {
    const caller = createCaller({ url, token, ca: await readCa(caFile ?? undefined) })
    await caller.call('POST /api/auth/logout', {})
    return null
  } catch (thrown) {
    const { code, message } = asHoldfastError(thrown)
    // Expired or revoked before.
    return code === 'not-signed-in' ? null : `${message}.`
  }
}
