import type { NotifyEvent } from '../run-event.ts'
import { formatInstant } from './amounts.ts'
import { composeMessage, linkRow } from './compose.ts'
import { composeLockTimeout, composeOverdue } from './compose-alarm.ts'
import { composeDigest } from './compose-digest.ts'
import type { Message, MessageStyle } from './message.ts'
import { CATALOGS } from './texts/catalog.ts'

/** The message for people about whatever is told. */
export function composeEvent(event: NotifyEvent, style: MessageStyle): Message {
  if (event.subject === 'run') return composeMessage(event, style)
  if (event.subject === 'digest') return composeDigest(event, style)
  if (event.subject === 'disk-overdue') return composeOverdue(event, style)
  if (event.subject === 'lock-timeout') return composeLockTimeout(event, style)
  const catalog = CATALOGS[style.language]
  const { title, text, sent } = catalog.test
  const value = formatInstant(catalog, event.at, style.timeZone)
  const { holdfastUrl: url } = event
  return {
    headline: title,
    url,
    blocks: [
      { kind: 'sentence', text },
      { kind: 'fields', rows: [{ label: `${sent}${catalog.colon}`, value }] },
      ...(url === null ? [] : [{ kind: 'fields' as const, rows: [linkRow(catalog, url)] }]),
    ],
  }
}
