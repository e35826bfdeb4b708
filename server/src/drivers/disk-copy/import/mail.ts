import type { ImportedSecret, NotificationSpec } from '@holdfast/contract'
import { notificationSpec, notifiedEvent } from '@holdfast/contract'
import { requireAddress } from './disks.ts'
import type { Setting, Settings } from './settings.ts'

export interface ImportedMail {
  notification: NotificationSpec
  secrets: ImportedSecret[]
}

const KEYS = ['server', 'from-mail-address', 'to-mail-addresses-sysop'] as const

/** The mails of the script. Null when it had no server, sender or receiver, so that nobody was told. */
export function readMail(
  settings: Settings,
  name: string,
  options: { job: string; timeZone: string },
): ImportedMail | null {
  const [server, from, to] = KEYS.map((key) => settings.find('Mail', key))
  const all = [
    server,
    from,
    to,
    ...['cc', 'port', 'username', 'password'].map((key) => settings.find('Mail', key)),
  ]
  if (!server || !from || !to) {
    const absent = KEYS.filter((_, index) => ![server, from, to][index]).join(', ')
    for (const setting of all) {
      if (setting) settings.tell(setting, 'open', `nobody is told by mail, for want of: ${absent}`)
    }
    return null
  }
  const receivers = addresses(settings, to)
  settings.tell(to, 'taken', `receivers of the notification "${name}", whatever disk was used`)
  const [sender = '', ...others] = addresses(settings, from)
  if (others.length > 0) settings.mistake(from, 'more than one sender', 'Name one address.')
  settings.tell(from, 'taken', 'sender of the mails')
  settings.tell(server, 'taken', 'the mail server')
  const { smtp, secrets } = readServer(settings, server, name)
  const spec = {
    ...{ name, kind: 'mail', on: notifiedEvent.options, jobs: [options.job], from: sender, to: receivers },
    ...{ cc: readCopies(settings), attachLog: 'always', language: 'de', timeZone: options.timeZone, smtp },
  }
  const checked = notificationSpec.safeParse(spec)
  if (checked.success) return { notification: checked.data, secrets }
  // Each address was told with its own words already.
  if (settings.problems.length === 0) {
    const [issue] = checked.error.issues
    settings.mistake(server, `the mail settings cannot be used: ${issue?.message}`, 'Correct the section.')
  }
  return null
}

function readCopies(settings: Settings): string[] {
  const cc = settings.find('Mail', 'cc')
  if (!cc) return []
  settings.tell(cc, 'taken', 'receivers of a copy')
  return addresses(settings, cc)
}

function readServer(settings: Settings, server: Setting, name: string) {
  const port = readPort(settings)
  const tls = port === 465 ? 'tls' : 'starttls'
  const user = settings.find('Mail', 'username')
  const password = settings.find('Mail', 'password')
  const login = user && password
  const secret = `${name}-password`
  if (login) {
    settings.tell(user, 'taken', 'login name at the mail server')
    settings.tell(password, 'taken', `the secret "${secret}"; it is written to no file`)
  } else if (user ?? password) {
    const [given, lacking] = user ? [user, 'password'] : [password, 'username']
    if (given) settings.tell(given, 'open', `nobody logs in at the mail server: "${lacking}" is missing`)
  }
  return {
    smtp: {
      ...{ host: server.value, port, tls },
      ...(login && { user: user.value, password: { secret } }),
    },
    secrets: login
      ? [{ name: secret, purpose: `the password at the mail server ${server.value}`, value: password.value }]
      : [],
  }
}

function readPort(settings: Settings): number {
  const setting = settings.find('Mail', 'port')
  if (!setting) return 25
  const port = Number(setting.value)
  if (!/^\d+$/.test(setting.value) || port < 1 || port > 65_535) {
    settings.mistake(setting, `"${setting.value}" is no port`, 'Usual ones are 25, 465 and 587.')
    return 25
  }
  if (port === 465) settings.tell(setting, 'taken', 'with TLS from the start, as usual at this port')
  else {
    settings.tell(
      setting,
      'changed',
      'with STARTTLS, so that nothing travels readable; `tls: none` allows a server without it, but then password and mails can be read on the way',
    )
  }
  return port
}

/** `a@example.org, IT <b@example.org>`: the addresses alone. */
function addresses(settings: Settings, setting: Setting): string[] {
  const found = setting.value
    .split(/[,;\n]/)
    .map((part) => (/<([^<>]*)>\s*$/.exec(part)?.[1] ?? part).trim())
    .filter((part) => part !== '')
  for (const address of found) requireAddress(settings, setting, address)
  return [...new Set(found)]
}
