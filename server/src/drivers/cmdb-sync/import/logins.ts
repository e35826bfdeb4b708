import type { Section } from '../../../kit/foreign-config/section.ts'

/** Names of the secrets that the passwords become. */
export const SECRETS = { veeam: 'veeam-password', cmdb: 'cmdbuild-password' } as const

export interface VeeamLogin {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly attempts: number | null
}
export type CmdbLogin = VeeamLogin

const NO_GRANT =
  'Veeam Backup & Replication has no sign-in by client_id and client_secret (no grant "client_credentials"): it lets users in by name and password'
const NO_GRANT_HINT =
  'Make a user of the role Backup Viewer in Veeam, and write "username" and "password" beside "server"; take "client_id" and "client_secret" out.'
const REST_PORT = '9419'
/** As many as a job may have. */
const MOST_ATTEMPTS = 20

/** Null after a mistake that was told. */
export function readVeeamLogin(root: Section): VeeamLogin | null {
  const section = root.section('veeam', 'Name the Veeam server: "veeam": { "server": "https://…" }.')
  if (!section) return null
  const attempts = readRetry(section, null)
  const grants = ['client_id', 'client_secret'].filter((key) => section.text(key) !== null)
  const secret = section.text('client_secret')
  if (secret !== null) section.hide(secret)
  if (grants.length > 0 && section.text('username') === null) {
    section.mistake(grants[0] ?? 'client_id', NO_GRANT, NO_GRANT_HINT)
    return null
  }
  for (const key of grants)
    section.tell(key, 'unneeded', 'Veeam has no such sign-in: user and password are used')
  const url = readUrl(section, 'server', 'https://veeam.example.com:9419')
  const login = readPassword(section, 'veeam')
  tellTrust(section)
  if (!url || !login) return null
  const bare = url.replace(/\/api(\/v1)?$/, '')
  if (bare !== url) section.tell('server', 'changed', `${bare}: the path of the API is known`)
  return { url: withPort(section, bare), ...login, attempts }
}

/** Null after a mistake that was told. */
export function readCmdbLogin(root: Section, decided: number | null): CmdbLogin | null {
  const section = root.section('cmdbuild', 'Name the CMDB: "cmdbuild": { "url": "https://…" }.')
  if (!section) return null
  const attempts = readRetry(section, decided)
  const url = readUrl(section, 'url', 'https://cmdb.example.com/cmdbuild')
  const login = readPassword(section, 'cmdb')
  tellTrust(section)
  if (!url || !login) return null
  // The connector was shown with `/api`, where CMDBuild answers nothing.
  const bare = url.replace(/\/api\/?$/, '')
  if (bare !== url)
    section.tell(
      'url',
      'changed',
      `${bare}: nothing answers at /api; add the path of the application, /cmdbuild as a rule`,
    )
  return { url: bare, ...login, attempts }
}

function readUrl(section: Section, key: string, example: string): string | null {
  const text = section.required(key, `Write the address of the server, such as ${example}.`)
  if (text === null) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    section.mistake(key, 'this is no address of a server', `Write an address such as ${example}.`)
    return null
  }
  if (url.username !== '' || url.password !== '') {
    section.mistake(
      key,
      'the address holds a user or a password',
      'Write them under "username" and "password".',
    )
    return null
  }
  section.tell(key, 'taken', 'the address of the node')
  return text.replace(/\/+$/, '')
}

/** Its interface listens at a port of its own, which the connector did not know. */
function withPort(section: Section, url: string): string {
  const parsed = new URL(url)
  if (parsed.port !== '') return url
  parsed.port = REST_PORT
  const changed = parsed.href.replace(/\/+$/, '')
  section.tell('server', 'changed', `${changed}: the REST API of Veeam listens at port ${REST_PORT}`)
  return changed
}

function readPassword(section: Section, of: keyof typeof SECRETS): { user: string; password: string } | null {
  const hint = 'Write "username" and "password"; Holdfast keeps the password encrypted.'
  const [user, password] = [section.required('username', hint), section.required('password', hint)]
  if (password !== null) section.hide(password)
  if (user === null || password === null) return null
  section.tell('username', 'taken', 'the login name')
  section.tell('password', 'taken', `the secret "${SECRETS[of]}", kept encrypted; it is written to no file`)
  return { user, password }
}

function tellTrust(section: Section): void {
  const isChecked = section.flag('verify_ssl')
  if (isChecked === true) section.tell('verify_ssl', 'unneeded', 'certificates are always checked')
  if (isChecked === false)
    section.tell(
      'verify_ssl',
      'open',
      'not taken over: name the authority (`caFile`) or the fingerprint of the certificate (`fingerprint`) at the node; `holdfast doctor` shows the one that the server presents',
    )
}

/** `decided` are the attempts that the other system has asked for: a job has one number for both. */
function readRetry(section: Section, decided: number | null): number | null {
  const retry = section.section('retry')
  if (!retry) return decided
  if (retry.number('delay_seconds', 0) !== null)
    retry.tell('delay_seconds', 'unneeded', 'the pauses between attempts grow by themselves')
  const attempts = retry.number('max_attempts', 1)
  if (attempts === null) return decided
  const used = decided ?? Math.min(Math.round(attempts), MOST_ATTEMPTS)
  const remark = 'the attempts of the job'
  if (used === attempts) retry.tell('max_attempts', 'taken', remark)
  else retry.tell('max_attempts', 'changed', `${used}: ${remark}, which has one number for both systems`)
  return used
}
