import { describe, expect, it } from 'vitest'
import { notificationSpec } from './notification.ts'

const hook = { name: 'chat', kind: 'webhook', url: 'https://example.org/x' }
const smtp = { host: 'mail.example.org' }
const mail = { name: 'ops', kind: 'mail', from: 'a@example.org', to: ['b@example.org'], smtp }
const isValid = (spec: object) => notificationSpec.safeParse(spec).success

describe('notificationSpec', () => {
  it('speaks English, gives times in UTC and asks for STARTTLS unless told otherwise', () => {
    expect(notificationSpec.parse(mail)).toMatchObject({
      language: 'en',
      timeZone: 'UTC',
      smtp: { tls: 'starttls', port: 587 },
    })
  })

  it('knows five languages and the zones of the IANA list', () => {
    for (const language of ['en', 'it', 'de', 'fr', 'es']) expect(isValid({ ...hook, language })).toBe(true)
    expect(isValid({ ...hook, language: 'nl' })).toBe(false)
    expect(isValid({ ...hook, timeZone: 'Europe/Rome' })).toBe(true)
    expect(isValid({ ...hook, timeZone: 'Europe/Roma' })).toBe(false)
  })

  it('takes the address of a webhook as a reference to a secret', () => {
    expect(isValid({ ...hook, url: { env: 'CHAT_URL' } })).toBe(true)
    expect(isValid({ ...hook, url: 'ftp://example.org' })).toBe(false)
  })

  it('wants user and password together, and a CA file by its absolute path', () => {
    const password = { env: 'SMTP_PASSWORD' }
    expect(isValid({ ...mail, smtp: { ...smtp, user: 'ops', password, caFile: '/etc/ca.pem' } })).toBe(true)
    expect(isValid({ ...mail, smtp: { ...smtp, user: 'ops' } })).toBe(false)
    expect(isValid({ ...mail, smtp: { ...smtp, password } })).toBe(false)
    expect(isValid({ ...mail, smtp: { ...smtp, caFile: 'ca.pem' } })).toBe(false)
  })
})
