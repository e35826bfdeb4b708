import type { NodemailerError } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../kit/secrets.ts'
import { smtpFailure } from './smtp-failure.ts'

const failure = (fields: Partial<NodemailerError>) =>
  smtpFailure(Object.assign(new Error('from the library'), fields), 'mail.example.org:587')

describe('who must act', () => {
  it.each([
    ['a refused connection', { code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'notification-unreachable'],
    ['an unknown host', { code: 'EDNS', originalCode: 'ENOTFOUND' }, 'notification-unreachable'],
    ['a cut connection', { code: 'ECONNECTION' }, 'notification-unreachable'],
    ['a handshake that broke off', { code: 'ETLS' }, 'notification-unreachable'],
    ['a busy server', { code: 'EPROTOCOL', responseCode: 421, permanent: false }, 'notification-unreachable'],
    [
      'a login that is down',
      { code: 'EAUTH', responseCode: 454, permanent: false },
      'notification-unreachable',
    ],
    [
      'a greylisted recipient',
      { code: 'EENVELOPE', responseCode: 450, permanent: false },
      'notification-unreachable',
    ],
    ['a wrong password', { code: 'EAUTH', responseCode: 535, permanent: true }, 'notification-refused'],
    [
      'an unknown recipient',
      { code: 'EENVELOPE', responseCode: 550, permanent: true },
      'notification-refused',
    ],
    ['a blocked client', { code: 'EPROTOCOL', responseCode: 554, permanent: true }, 'notification-refused'],
    ['an address that is none', { code: 'EENVELOPE' }, 'notification-refused'],
    ['an old certificate', { code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, 'notification-refused'],
    [
      'plain text where TLS was expected',
      { code: 'ESOCKET', originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' },
      'notification-refused',
    ],
  ])('for %s', (_name, fields, code) => {
    const error = failure(fields)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/^the mail server mail\.example\.org:587 /)
    expect(error.cause).toBeUndefined()
  })
})

describe('the reply of the server', () => {
  const refused = { code: 'EENVELOPE', responseCode: 550, permanent: true }

  it('is told in one line of bearable length', () => {
    expect(failure({ ...refused, response: '550-no\r\n550 such user' }).message).toMatch(
      /: 550-no 550 such user$/,
    )
    expect(failure({ ...refused, response: `550 ${'x'.repeat(5000)}` }).message.length).toBeLessThan(300)
  })

  it('loses the secrets in it', () => {
    const secret = 'canary-masked'
    rememberSecret(secret)
    expect(failure({ ...refused, response: `550 not ${secret}` }).message).toMatch(/: 550 not \*\*\*$/)
  })

  it('is not told after a login', () => {
    const echo = Buffer.from('\0ops\0canary').toString('base64')
    const error = failure({ code: 'EAUTH', responseCode: 535, permanent: true, response: `535 ${echo}` })
    expect(JSON.stringify(error.report())).not.toContain(echo)
    expect(error.message).toMatch(/did not accept the login \(535\)$/)
  })
})
