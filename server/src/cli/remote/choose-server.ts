import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { readOwnSecretFile } from '../../kit/secret/secret-files.ts'
import { rememberSecret } from '../../kit/secrets.ts'
import type { CliDeps } from '../deps.ts'
import type { CallerOptions } from './call.ts'
import { readRemoteEnvironment } from './environment.ts'
import { readSavedLogin } from './saved-login.ts'

/** Options that every command understands. */
export interface ServerFlags {
  server?: string
  caFile?: string
  local?: boolean
}

/** A server chosen to speak to. */
export interface ServerChoice {
  url: string
  token: string
  ca: string | undefined
  caFile: string | undefined
}

/**
 * Which server a command speaks to: that of `--server`, of HOLDFAST_SERVER, or of the last `holdfast login`. Null means the
 * database of this machine.
 */
export async function chooseServer(io: CliDeps['io'], flags: ServerFlags): Promise<ServerChoice | null> {
  if (flags.local) return null
  const env = readRemoteEnvironment(io.env)
  const named = flags.server ?? env.HOLDFAST_SERVER
  const given = env.HOLDFAST_TOKEN ?? tokenOfFile(env.HOLDFAST_TOKEN_FILE)
  if (named === undefined && given) {
    throw new HoldfastError(
      'environment-invalid',
      'there is a token but no server: HOLDFAST_SERVER is not set',
      {
        hint: 'Set HOLDFAST_SERVER to the address of the server, or say --local.',
      },
    )
  }
  const saved = given ? null : await readSavedLogin(io.env)
  if (named === undefined && saved === null) return null
  const url = cleanUrl(named ?? saved?.url ?? '')
  const isSaved = saved !== null && saved.url === url
  const token = given || (isSaved ? saved.token : undefined)
  if (token === undefined) {
    throw new HoldfastError('not-signed-in', `there is no token for ${url}`, {
      hint: `Sign in with \`holdfast login ${url}\`, or set HOLDFAST_TOKEN_FILE.`,
    })
  }
  const caFile = flags.caFile ?? env.HOLDFAST_CA_FILE ?? ((isSaved && saved.caFile) || undefined)
  return { url, token, ca: await readCa(caFile), caFile }
}

function tokenOfFile(file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  const token = readOwnSecretFile(file).trim()
  rememberSecret(token)
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new HoldfastError('secret-unavailable', `the file ${file} holds no API token`)
}

/** For what works on this machine only. Throws `config-invalid` when the person named a server. */
export function requireLocal(io: CliDeps['io'], flags: ServerFlags): void {
  const named = flags.local ? undefined : (flags.server ?? io.env.HOLDFAST_SERVER)
  if (named === undefined) return
  throw new HoldfastError(
    'config-invalid',
    'this command works only on the machine of the control plane itself',
    {
      hint: 'Run it there, without --server and HOLDFAST_SERVER (or with --local).',
    },
  )
}

/** An address without a slash at its end. Throws `config-invalid` for one that bears a user, a password or a query. */
export function cleanUrl(text: string): string {
  const url = URL.parse(text)
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash
  if (isPlain && (url.protocol === 'https:' || url.protocol === 'http:'))
    return (url.origin + url.pathname).replace(/\/+$/, '')
  throw new HoldfastError('config-invalid', 'the address of the server is not one that can be used', {
    hint: 'Write it as https://backup.example.org or http://127.0.0.1:8420, without user and password.',
  })
}

/** PEM text of a certificate authority. Throws `config-unreadable`. */
export async function readCa(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  try {
    return await readFile(path.resolve(file), 'utf8')
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    throw new HoldfastError('config-unreadable', `the certificate file ${file} cannot be read (${code})`, {
      cause: thrown,
    })
  }
}

/** Says so when everybody on the way can read the token. */
export function warnOfPlainHttp(io: CliDeps['io'], url: string): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return
  io.stderr.write(`Warning: ${url} is not encrypted: whoever is on the way can read the token. Use https.\n`)
}

export function callerOptions(choice: ServerChoice, isQuick: boolean): CallerOptions {
  const { url, token, ca } = choice
  return { url, token, ca, ...(isQuick ? { tries: 1, timeoutMs: 2000 } : {}) }
}
