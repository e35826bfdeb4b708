import type { DiskOverdueEvent, LockTimeoutEvent } from '../run-event.ts'
import { filled, formatDuration, formatInstant } from './amounts.ts'
import { linkRow, oneLine } from './compose.ts'
import type { Message, MessageStyle, Row } from './message.ts'
import { CATALOGS, type Catalog } from './texts/catalog.ts'

/** That a disk is not back in time: which one, since when, what is on it, and who carries it. */
export function composeOverdue(told: DiskOverdueEvent, { language, timeZone }: MessageStyle): Message {
  const { disk, carriers, holdfastUrl } = told
  const catalog = CATALOGS[language]
  const { title, text, due, lastCopy, never, carriedBy } = catalog.overdue
  const at = formatInstant(catalog, disk.dueAt, timeZone)
  const copy = disk.lastCopyAt === null ? never : formatInstant(catalog, disk.lastCopyAt, timeZone)
  const url = holdfastUrl === null ? null : `${holdfastUrl}/vaults/${disk.vaultId}`
  const rows = [
    row(catalog, catalog.label.disk, `${disk.label} (${disk.vault})`),
    row(catalog, lastCopy, copy),
    row(catalog, due, at),
    ...(carriers.length > 0 ? [row(catalog, carriedBy, carriers.join(', '))] : []),
    lookUp(catalog, url, 'holdfast status'),
  ]
  return {
    headline: oneLine(`${disk.vault}${catalog.colon} ${filled(title, { disk: disk.label })}`),
    url,
    blocks: [
      { kind: 'sentence', text: oneLine(filled(text, { disk: disk.label, at })) },
      { kind: 'fields', rows },
    ],
  }
}

/** That somebody waited for a lock in vain: who, for how long, and who holds it. */
export function composeLockTimeout(told: LockTimeoutEvent, { language, timeZone }: MessageStyle): Message {
  const { lock, holdfastUrl } = told
  const catalog = CATALOGS[language]
  const { title, text, heldBy, startedBy, at, release } = catalog.lock
  const time = formatDuration(catalog, lock.waitedMs)
  const isRun = lock.jobName !== null
  const page = isRun ? `runs/${lock.heldBy}` : 'locks'
  const url = holdfastUrl === null ? null : `${holdfastUrl}/${page}`
  const rows = [
    row(catalog, heldBy, isRun ? `${lock.jobName} (${lock.heldBy})` : lock.heldBy),
    row(catalog, startedBy, lock.by),
    row(catalog, at, formatInstant(catalog, lock.at, timeZone)),
    ...(isRun ? [] : [command(catalog, release, ['lock', 'release', lock.name, '--holder', lock.heldBy])]),
    lookUp(catalog, url, isRun ? `holdfast runs show ${lock.heldBy}` : 'holdfast lock list'),
  ]
  return {
    headline: oneLine(filled(title, { lock: lock.name })),
    url,
    blocks: [
      { kind: 'sentence', text: oneLine(filled(text, { waiter: lock.waiter, time, lock: lock.name })) },
      { kind: 'fields', rows },
    ],
  }
}

function row({ colon }: Catalog, label: string, value: string): Row {
  return { label: `${label}${colon}`, value: oneLine(value) }
}

function lookUp(catalog: Catalog, url: string | null, command: string): Row {
  if (url !== null) return linkRow(catalog, url)
  return { ...row(catalog, catalog.label.lookUp, command), isCommand: true }
}

/** A command to copy: its arguments come from outside, so each is quoted for a shell where it needs to be. */
function command(catalog: Catalog, label: string, parts: readonly string[]): Row {
  const quoted = parts.map((part) =>
    /^[\w./:@-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`,
  )
  return { ...row(catalog, label, `holdfast ${quoted.join(' ')}`), isCommand: true }
}
