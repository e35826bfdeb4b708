import type { ServerClock } from './server-clock.ts'

export interface BackupObject {
  readonly id: string
  readonly name: string
  /** `VM`, `Computer`, `Directory` ... */
  readonly type: string | null
  readonly platformName: string
  /** Of the object at its platform, such as `vm-42`. */
  readonly objectId: string | null
  /** `vcenter\Datacenter\...`; its first part is the host that knows the object. */
  readonly path: string | null
  /** The chain; older revisions do not tell. */
  readonly backupId: string | null
  readonly restorePointsCount: number | null
}

export interface RestorePoint {
  readonly name: string
  readonly backupId: string
  readonly createdAt: string
  readonly guestOs: string | null
}

/** Null for an entry that lacks what identifies it. */
export type ReadEntry<Item> = (entry: unknown) => Item | null

export interface LongLists {
  readonly backupObject: ReadEntry<BackupObject>
  readonly restorePoint: ReadEntry<RestorePoint>
}

export const NIL = '00000000-0000-0000-0000-000000000000'

/** Names that newer revisions changed, by what they were before, in lower case. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['ddboost', 'DellDataDomain'],
  ['hpstoreonceintegration', 'HPEStoreOnce'],
  ['quantum', 'QuantumDXi'],
  ['smartobjects3', 'S3Integrated'],
  ['ec2', 'AWSEC2'],
  ['vcd', 'CloudDirector'],
])

/** A value of an enumeration as the newest revision writes it; what is unknown stays as it is, but for a small letter. */
export function kindOf(value: string): string {
  const renamed = RENAMED.get(value.toLowerCase())
  if (renamed !== undefined) return renamed
  return /^[a-z]/.test(value) ? value.charAt(0).toUpperCase() + value.slice(1) : value
}

/**
 * Reads the entries of lists that grow with the machines. By hand: a schema leaves several times the memory of an entry
 * behind. What says the same in many entries stands in memory once.
 */
export function longListsBy(clock: ServerClock): LongLists {
  const once = sharing()
  const kinds = new Map<string, string>()
  const kind = (value: unknown): string => {
    const written = textIn(value)
    const known = kinds.get(written)
    if (known !== undefined) return known
    const read = kindOf(written)
    kinds.set(written, read)
    return read
  }
  return {
    backupObject(entry) {
      if (!isRecord(entry)) return null
      const id = idIn(entry.id)
      if (id === null) return null
      const chain = idIn(entry.backupId)
      return {
        id,
        name: textIn(entry.name),
        type: once(maybeTextIn(entry.type)),
        platformName: kind(entry.platformName),
        objectId: maybeTextIn(entry.objectId),
        path: maybeTextIn(entry.path),
        backupId: chain === NIL ? null : once(chain),
        restorePointsCount: amountIn(entry.restorePointsCount),
      }
    },
    restorePoint(entry) {
      if (!isRecord(entry) || idIn(entry.id) === null || typeof entry.creationTime !== 'string') return null
      const backupId = once(idIn(entry.backupId))
      const createdAt = backupId === null ? null : clock.instant(entry.creationTime)
      if (backupId === null || createdAt === null) return null
      return {
        name: textIn(entry.name),
        backupId,
        createdAt,
        guestOs: once(maybeTextIn(entry.guestOsFamily)),
      }
    },
  }
}

/** The same text for texts that are equal: each entry of an answer brings its own otherwise. */
function sharing(): (text: string | null) => string | null {
  const known = new Map<string, string>()
  return (text) => {
    if (text === null) return null
    const shared = known.get(text)
    if (shared === undefined) known.set(text, text)
    return shared ?? text
  }
}

function isRecord(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return typeof entry === 'object' && entry !== null
}

function idIn(value: unknown): string | null {
  const id = textIn(value).toLowerCase()
  return id === '' ? null : id
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

function maybeTextIn(value: unknown): string | null {
  const text = textIn(value)
  return text === '' ? null : text
}

function amountIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}
