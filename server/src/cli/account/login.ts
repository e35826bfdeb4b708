import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { Command } from 'commander'
import { type CommandContext, tellServer } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { type Caller, createCaller } from '../remote/call.ts'
import { cleanUrl, readCa, warnOfPlainHttp } from '../remote/choose-server.ts'
import { readRemoteEnvironment } from '../remote/environment.ts'
import { writeSavedLogin } from '../remote/saved-login.ts'
import { meLines } from './whoami.ts'

interface LoginOptions extends JsonFlag {
  user?: string
  tokenStdin?: boolean
}

/** How long a token lives that `holdfast login --user` makes. */
const TOKEN_DAYS = 365

export function loginCommand(cx: CommandContext): Command {
  return new Command('login')
    .description('Sign in to a server, so that the commands of this machine speak to it')
    .argument('<url>', 'address of the server, such as https://backup.example.org')
    .option('--user <name>', 'ask for the password of this user and make a token for this machine')
    .option('--token-stdin', 'read the token from standard input')
    .addOption(jsonOption('{server, me: Me, file}'))
    .action(async (text: string, options: LoginOptions) => {
      if (options.user !== undefined && options.tokenStdin) {
        throw new HoldfastError('config-invalid', 'give either --user or --token-stdin', {
          hint: 'With --user the password is asked for and a token is made.',
        })
      }
      const url = cleanUrl(text)
      warnOfPlainHttp(cx.deps.io, url)
      await login(cx, url, options).catch((thrown) => tellServer(thrown, url))
    })
}

async function login(cx: CommandContext, url: string, options: LoginOptions): Promise<void> {
  const { io } = cx.deps
  const file = cx.flags().caFile ?? readRemoteEnvironment(io.env).HOLDFAST_CA_FILE
  const caFile = file === undefined ? null : resolve(file)
  const ca = await readCa(caFile ?? undefined)
  const made =
    options.user === undefined
      ? { value: await givenToken(cx, options), id: null }
      : await makeToken(
          createCaller({ url, ca }),
          options.user,
          await io.askHidden(`Password of ${options.user}`),
          cx.now(),
        )
  const me = await createCaller({ url, ca, token: made.value }).call('GET /api/auth/me', {})
  const saved = { url, token: made.value, tokenId: made.id, user: me.user.name, caFile }
  const savedIn = await writeSavedLogin(io.env, saved)
  if (options.json) return cx.json({ server: url, me, file: savedIn })
  for (const line of meLines(cx, url, me)) cx.line(line)
}

async function givenToken(cx: CommandContext, options: LoginOptions): Promise<string> {
  const { io } = cx.deps
  const token = (options.tokenStdin ? await io.readStdin() : await io.askHidden('API token')).trim()
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new HoldfastError('config-invalid', 'what was given is no API token', {
    hint: 'Make one on the page of your account, or sign in with `holdfast login URL --user NAME`.',
  })
}

/** Signs in for as long as it takes to make a token with all that the user may do. */
async function makeToken(
  caller: Caller,
  name: string,
  password: string,
  at: Date,
): Promise<{ value: string; id: string }> {
  // A request with a cookie must prove, as a browser does, that it comes from a page of the server.
  const origin = { origin: new URL(caller.origin).origin }
  const body = { name, password }
  const { value: me, cookie } = await caller.callForCookie('POST /api/auth/login', { body, headers: origin })
  const headers = { ...origin, cookie }
  try {
    const request = { name: tokenName(at), permissions: me.permissions, expiresInDays: TOKEN_DAYS }
    const { token, value } = await caller.call('POST /api/auth/tokens', { body: request, headers })
    return { value, id: token.id }
  } finally {
    await caller.call('POST /api/auth/logout', { headers })
  }
}

/** Names of one user's tokens differ, and a machine may sign in more than once: `cli on web01 2026-11-21 09.14.05`. */
function tokenName(at: Date): string {
  const when = at.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
  return `cli on ${hostname().slice(0, 70)} ${when}`
}
