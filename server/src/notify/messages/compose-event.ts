import type { NotifyEvent } from '../run-event.ts'
import { formatInstant } from './amounts.ts'
import { CATALOGS } from './catalog.ts'
import { composeMessage, linkTo, type Message, type MessageStyle } from './compose.ts'
import { composeDigest } from './compose-digest.ts'

/** The message for people about whatever is told. */
export function composeEvent(event: NotifyEvent, style: MessageStyle): Message {
  if (event.subject === 'run') return composeMessage(event, style)
  if (event.subject === 'digest') return composeDigest(event, style)
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
      ...(url === null ? [] : [linkTo(catalog, url)]),
    ],
  }
}
