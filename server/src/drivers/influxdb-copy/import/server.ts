import type { Section } from '../../../kit/foreign-config/section.ts'

/** One of the two servers of a process. */
export interface Server {
  url: string
  login: { user: string; password: string } | null
}

const URL_HINT = 'Write the address of the server, such as http://influxdb:8086.'
const LOGIN_HINT = 'Write them under `user` and `password`; Holdfast keeps the password encrypted.'

/**
 * Address and login of a server. `node` is the name of the node that it becomes, `secret` that of its password. Null
 * after a mistake that was told.
 */
export function readServer(section: Section, node: string, secret: string): Server | null {
  const url = readUrl(section, node)
  const login = readLogin(section, secret)
  return url === null ? null : { url, login }
}

function readUrl(section: Section, node: string): string | null {
  const text = section.required('url', URL_HINT)
  if (text === null) return null
  const mistake = urlMistake(text)
  if (mistake) {
    section.mistake('url', mistake.message, mistake.hint)
    return null
  }
  section.tell('url', 'taken', `the address of the node "${node}"`)
  return text
}

/** Words without the address: it may hold a password. */
function urlMistake(text: string): { message: string; hint: string } | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    return { message: 'this is no address of a server', hint: URL_HINT }
  const { username, password } = new URL(text)
  if (username !== '' || password !== '')
    return { message: 'the address holds a user or a password', hint: LOGIN_HINT }
  if (/[?#]/.test(text))
    return { message: 'the address goes on with a question mark or #', hint: 'Leave out what begins there.' }
  return null
}

/** As the toolkit did it: without a user or without a password nobody logs in. */
function readLogin(section: Section, secret: string): Server['login'] {
  const user = section.text('user')
  const password = section.text('password')
  if (password !== null) section.hide(password)
  if (user !== null && password !== null) {
    section.tell('user', 'taken', 'the login name')
    section.tell('password', 'taken', `the secret "${secret}", kept encrypted; it is written to no file`)
    return { user, password }
  }
  const given = user === null ? 'password' : 'user'
  const lacking = user === null ? 'user' : 'password'
  if (user !== null || password !== null)
    section.tell(given, 'open', `not taken over: nobody logs in without "${lacking}", as it was before`)
  return null
}

/** What the toolkit asked for beside the address, whose scheme alone decides about TLS. */
export function tellTls(section: Section, server: Server | null): void {
  const ssl = section.flag('ssl')
  const verify = section.flag('verify_ssl')
  const isTls = server?.url.toLowerCase().startsWith('https:') === true
  if (ssl === true && !isTls)
    section.tell(
      'ssl',
      'open',
      'not taken over: the address begins with http://, and that is what counted; write https:// there for TLS',
    )
  else if (ssl !== null)
    section.tell('ssl', 'unneeded', 'the address says whether the connection is encrypted')
  if (verify === false && isTls)
    section.tell(
      'verify_ssl',
      'open',
      'not taken over: certificates are always checked; name the file of the certificate authority as `caFile` of the node',
    )
  else if (verify !== null)
    section.tell(
      'verify_ssl',
      'unneeded',
      isTls ? 'certificates are always checked' : 'the connection has no certificate',
    )
}
