import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { HoldfastError, type NotificationSpec, notificationSpec } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { type ReceivedMail, smtpRefusal, startSmtp } from '../clients/smtp/smtp.testkit.ts'
import { deliver } from './deliver.ts'
import { receiverRules } from './receiver-address.ts'
import type { NotifyEvent } from './run-event.ts'
import { SAMPLE_DISK, sampleEvent, sampleOverdue } from './sample-run.testkit.ts'

function mailSpec(port: number, rest: object = {}): NotificationSpec {
  return notificationSpec.parse({
    name: 'ops',
    kind: 'mail',
    from: 'holdfast@example.org',
    to: ['anna@example.org'],
    smtp: { host: 'localhost', port, tls: 'none' },
    ...rest,
  })
}

async function send(spec: NotificationSpec, event: NotifyEvent): Promise<void> {
  const signal = new AbortController().signal
  await deliver(spec, event, { resolveSecret: async () => '', receivers: receiverRules([]), signal })
}

const header = (mail: ReceivedMail | undefined, name: string) =>
  new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'm').exec(mail?.source ?? '')?.[1]?.replace(/\r\n\s+/g, ' ')

/** Decoded where it is not ASCII (RFC 2047). */
function subjectOf(mail: ReceivedMail | undefined): string {
  const subject = (header(mail, 'Subject') ?? '').replace(/\?= =\?/g, '?==?')
  const words = subject.match(/=\?UTF-8\?[BQ]\?[^?]*\?=/gi) ?? []
  const decoded = words.map((word) => {
    const [, , encoding = '', text = ''] = word.split('?')
    if (encoding.toUpperCase() === 'B') return Buffer.from(text, 'base64')
    const bytes = text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, (_, hex: string) => {
      return String.fromCharCode(Number.parseInt(hex, 16))
    })
    return Buffer.from(bytes, 'latin1')
  })
  return `${subject.split('=?')[0]}${Buffer.concat(decoded)}`
}

/** The attached file, decoded; null without one. */
function attached(mail: ReceivedMail | undefined): { name: string; type: string; content: Buffer } | null {
  const part = mail?.source
    .split(/\r\n--[^\r\n]+\r\n/)
    .find((each) => /^Content-Disposition: attachment/m.test(each))
  const [head = '', ...body] = part?.split('\r\n\r\n') ?? []
  if (part === undefined) return null
  const isBase64 = /^Content-Transfer-Encoding: base64/m.test(head)
  const text = body.join('\r\n\r\n')
  return {
    name: /filename="?([^";\r\n]+)/.exec(head)?.[1] ?? '',
    type: /^Content-Type: ([^;\r\n]+)/m.exec(head)?.[1] ?? '',
    content: isBase64 ? Buffer.from(text, 'base64') : Buffer.from(text.replaceAll('\r\n', '\n')),
  }
}

describe('a mail about a disk', () => {
  it('goes to the receivers and to whoever carries the disk, each once, with copies', async () => {
    await using smtp = await startSmtp('unused')
    const alsoTo = ['Bruno@example.org', 'ANNA@example.org', 'clara@example.org']
    const cc = ['bruno@example.org', 'boss@example.org']
    await send(mailSpec(smtp.port, { cc }), { ...sampleEvent('success', { disk: SAMPLE_DISK }), alsoTo })
    const [mail, ...others] = smtp.mails
    expect(others).toEqual([])
    expect(mail?.to).toEqual([
      ...['anna@example.org', 'Bruno@example.org', 'clara@example.org', 'boss@example.org'],
    ])
    expect(header(mail, 'To')).toBe('anna@example.org, Bruno@example.org, clara@example.org')
    expect(header(mail, 'Cc')).toBe('boss@example.org')
    expect(subjectOf(mail)).toBe('[Holdfast] documents: succeeded, disk "Monday"')
  })

  it('names a disk with letters of every language in subject and text', async () => {
    await using smtp = await startSmtp('unused')
    const disk = { ...SAMPLE_DISK, label: 'Größe 2 – 東京' }
    await send(mailSpec(smtp.port, { language: 'de' }), sampleEvent('failed', { disk }))
    expect(subjectOf(smtp.mails[0])).toBe(
      '[Holdfast] documents: fehlgeschlagen, vault-full, Platte „Größe 2 – 東京“',
    )
  })

  it('tells of an overdue disk', async () => {
    await using smtp = await startSmtp('unused')
    await send(mailSpec(smtp.port), sampleOverdue())
    expect(smtp.mails).toMatchObject([{ to: ['anna@example.org', 'bruno@example.org'] }])
    expect(header(smtp.mails[0], 'X-Holdfast-Event')).toBe('disk-overdue')
  })
})

describe('one address that is refused', () => {
  const to = ['anna@example.org', 'gone@example.org', 'slow@example.org']

  async function failureOf(delivery: Promise<void>): Promise<HoldfastError> {
    const thrown = await delivery.catch((error: unknown) => error)
    if (thrown instanceof HoldfastError) return thrown
    throw new Error('it was sent')
  }

  it('keeps nobody else from getting the mail, and those refused for now are tried again', async () => {
    await using smtp = await startSmtp('unused', {
      onRcptTo: ({ address }, _session, done) => {
        if (address.startsWith('gone')) return done(smtpRefusal(550, 'no such user'))
        done(address.startsWith('slow') ? smtpRefusal(451, 'greylisted') : null)
      },
    })
    const error = await failureOf(send(mailSpec(smtp.port, { to }), sampleEvent('failed')))
    expect(error).toMatchObject({
      code: 'notification-unreachable',
      details: { refused: ['gone@example.org'], later: ['slow@example.org'] },
    })
    expect(error.message).toContain('no such user')
    expect(error.message).toContain('refused for gone@example.org, slow@example.org, sent to 1 other')
    expect(smtp.mails).toMatchObject([{ to: ['anna@example.org'] }])
  })

  it('is not tried again when it is refused for good', async () => {
    await using smtp = await startSmtp('unused', {
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('gone') ? smtpRefusal(550, 'no such user') : null),
    })
    const error = await failureOf(send(mailSpec(smtp.port, { to }), sampleEvent('failed')))
    expect(error).toMatchObject({ code: 'notification-refused', details: { later: [] } })
    expect(smtp.mails).toMatchObject([{ to: ['anna@example.org', 'slow@example.org'] }])
  })
})

describe('the log of the run', () => {
  const log = '2026-08-20T00:30:02.000Z info    copied Größe {"count":3}\n'

  it('is attached as text', async () => {
    await using smtp = await startSmtp('unused')
    await send(mailSpec(smtp.port), { ...sampleEvent('failed'), log })
    const file = attached(smtp.mails[0])
    expect(file).toMatchObject({ name: 'run_0123456789ab.log', type: 'text/plain' })
    expect(file?.content.toString().trimEnd()).toBe(log.trimEnd())
    expect(smtp.mails[0]?.source).toMatch(/text\/plain.+Code: vault-full.+text\/html/s)
  })

  it('is attached compressed when it is long', async () => {
    await using smtp = await startSmtp('unused')
    const long = Array.from({ length: 6000 }, () => `${randomBytes(20).toString('hex')}\n`).join('')
    await send(mailSpec(smtp.port), { ...sampleEvent('failed'), log: long })
    const file = attached(smtp.mails[0])
    expect(file).toMatchObject({ name: 'run_0123456789ab.log.gz', type: 'application/gzip' })
    expect(gunzipSync(file?.content ?? Buffer.alloc(0)).toString()).toBe(long)
  })

  it('is not attached where there is none', async () => {
    await using smtp = await startSmtp('unused')
    await send(mailSpec(smtp.port), sampleEvent('failed'))
    expect(attached(smtp.mails[0])).toBeNull()
  })
})
