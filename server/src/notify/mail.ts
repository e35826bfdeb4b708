import { destinationOf, type NotificationSpec, type SecretReference } from '@holdfast/contract'
import { sendMail } from '../clients/smtp/send-mail.ts'
import { composeEvent } from './messages/compose-event.ts'
import { messageHtml, messageText } from './messages/render.ts'
import type { NotifyEvent } from './run-event.ts'

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
    to: spec.to,
    subject: `[Holdfast] ${message.headline}`,
    text: messageText(message.blocks),
    html: messageHtml(message, spec.language),
    headers: {
      // RFC 3834: keeps holiday replies and list servers from answering a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Holdfast-Event': event.subject === 'run' ? event.event : event.subject,
      ...(event.subject === 'run' ? { 'X-Holdfast-Run': event.run.id } : {}),
    },
  }
  await sendMail({ ...server, login }, mail, signal)
}
