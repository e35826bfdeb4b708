import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { destinationOf, type NotificationSpec, type SecretReference } from '@holdfast/contract'
import { type MailFile, sendMail } from '../clients/smtp/send-mail.ts'
import { composeEvent } from './messages/compose-event.ts'
import { messageHtml, messageText } from './messages/render.ts'
import type { NotifyEvent } from './run-event.ts'

const compressed = promisify(gzip)

const LONGEST_PLAIN_BYTES = 200 * 1024

type MailSpec = Extract<NotificationSpec, { kind: 'mail' }>

/** Sends the event as a mail with a plain and an HTML part. Throws what {@link sendMail} and `resolveSecret` throw. */
export async function mailEvent(
  spec: MailSpec,
  event: NotifyEvent,
  resolveSecret: (reference: SecretReference, destination: string | null) => Promise<string>,
  signal: AbortSignal,
): Promise<void> {
  const message = composeEvent(event, spec)
  const { user, password, ...server } = spec.smtp
  const login =
    user === undefined || password === undefined
      ? undefined
      : { user, password: await resolveSecret(password, destinationOf(spec)) }
  const mail = {
    from: spec.from,
    ...receivers(spec, event),
    subject: `[Holdfast] ${message.headline}`,
    text: messageText(message.blocks),
    html: messageHtml(message, spec.language),
    headers: {
      // RFC 3834: keeps holiday replies and list servers from answering a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Holdfast-Event': event.subject === 'run' ? event.event : event.subject,
      ...(event.subject === 'run' ? { 'X-Holdfast-Run': event.run.id } : {}),
    },
    attachments: await attachments(event),
  }
  await sendMail({ ...server, login }, mail, signal)
}

/**
 * One mail for all: who carries the disk sees who else knows, and can answer them. Nobody is named twice; upper and lower
 * case make no other address.
 */
function receivers(spec: MailSpec, event: NotifyEvent): { to: string[]; cc: string[] } {
  const seen = new Set<string>()
  const fresh = (addresses: readonly string[]) =>
    addresses.filter((address) => {
      const isNew = !seen.has(address.toLowerCase())
      seen.add(address.toLowerCase())
      return isNew
    })
  const alsoTo = event.subject === 'run' || event.subject === 'disk-overdue' ? event.alsoTo : []
  return { to: fresh([...spec.to, ...alsoTo]), cc: fresh(spec.cc) }
}

/** The log as it is while a mail program shows it at once, compressed when it is long. */
async function attachments(event: NotifyEvent): Promise<MailFile[]> {
  if (event.subject !== 'run' || event.log === null) return []
  const content = Buffer.from(event.log)
  const filename = `${event.run.id}.log`
  if (content.length <= LONGEST_PLAIN_BYTES) {
    return [{ filename, contentType: 'text/plain; charset=utf-8', content }]
  }
  return [{ filename: `${filename}.gz`, contentType: 'application/gzip', content: await compressed(content) }]
}
