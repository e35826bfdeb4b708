import { createHash } from 'node:crypto'
import { HoldfastError } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import {
  fieldKeys,
  listDatabases,
  retentionPolicies,
  shardGroups,
  shardStats,
  startedAt,
} from '../../../clients/influxdb/schema.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { ServerState } from './changed.ts'
import type { DatabaseContents } from './windows.ts'

/** InfluxDB keeps its own measurements there: they belong to the server, not to its users. */
const INTERNAL = '_internal'
const MOST_NAMED = 20

/** What a database of the job is at both ends. */
export interface Surveyed {
  readonly source: DatabaseContents
  readonly sourceState: ServerState
  /** Null while the database is not there, or cannot be looked at. */
  readonly destination: DatabaseContents | null
  readonly destinationState: ServerState | null
  /** There is one, made by an attempt that died while it filled it with whole shards: it is deleted and made anew. */
  readonly isLeftover: boolean
  /** It is copied to another name on the same server. */
  readonly isOneServer: boolean
}

/** The databases that the settings name, with what they are called at the destination. Throws `database-absent`. */
export function chosenDatabases(
  config: InfluxdbCopyConfig,
  there: readonly string[],
): { name: string; as: string }[] {
  const { prefix = '', suffix = '' } = config.destination ?? {}
  const nameOf = (name: string) => `${prefix}${name}${suffix}`
  if (config.databases.length === 0)
    return there.filter((name) => name !== INTERNAL).map((name) => ({ name, as: nameOf(name) }))
  const missing = config.databases.find(({ name }) => !there.includes(name))
  if (missing) {
    const names = there.filter((name) => name !== INTERNAL).slice(0, MOST_NAMED)
    const message = `the source has no database "${missing.name}"; the user sees ${names.join(', ') || 'none'}`
    throw new HoldfastError('database-absent', message, {
      details: { database: missing.name, there: there.slice(0, 50) },
    })
  }
  const chosen = config.databases.map(({ name, as }) => ({ name, as: as ?? nameOf(name) }))
  refuseRepeated(chosen)
  return chosen
}

function refuseRepeated(chosen: readonly { name: string; as: string }[]): void {
  for (const key of ['name', 'as'] as const) {
    const repeated = chosen.find(
      (one, index) => chosen.findIndex((other) => other[key] === one[key]) !== index,
    )
    if (!repeated) continue
    const where = key === 'name' ? 'of the source' : 'of the destination'
    throw new HoldfastError('config-invalid', `the database "${repeated[key]}" ${where} is named twice`, {
      hint: 'Name each database once, and copy it to another destination with a job of its own.',
    })
  }
}

/** Two addresses may be of one server: it says when it was started, to the nanosecond. */
async function refuseOntoItself(
  { source, destination }: Servers,
  chosen: readonly { name: string; as: string }[],
  config: InfluxdbCopyConfig,
  signal: AbortSignal,
): Promise<boolean> {
  if (!destination) return false
  const [there, here] = await Promise.all([startedAt(source, { signal }), startedAt(destination, { signal })])
  if (there !== here) return false
  if (config.databases.length === 0) {
    throw new HoldfastError(
      'config-invalid',
      'source and destination are the same server, and no database is named',
      {
        hint: 'Name the databases to copy: else each run would copy the copies of the one before.',
      },
    )
  }
  const itself = chosen.find(({ name, as }) => name === as)
  if (!itself) return true
  throw new HoldfastError('config-invalid', `the database "${itself.name}" would be copied onto itself`, {
    hint: 'Source and destination are the same server: give the copy another name, by `as`, a prefix or a suffix.',
  })
}

export async function readContents(
  server: InfluxServer,
  name: string,
  as: string,
  signal: AbortSignal,
): Promise<DatabaseContents> {
  const at = { db: name, signal }
  const [policies, groups] = await Promise.all([retentionPolicies(server, at), shardGroups(server, at)])
  const contents = policies.map(async (policy) => {
    const measurements = await fieldKeys(server, { ...at, rp: policy.name })
    return { policy, groups: groups.filter(({ rp }) => rp === policy.name), measurements }
  })
  return { name, as, policies: await Promise.all(contents) }
}

export async function readState(
  server: InfluxServer,
  database: string,
  signal: AbortSignal,
): Promise<ServerState> {
  const [stats, started] = await Promise.all([
    shardStats(server, { db: database, signal }),
    startedAt(server, { signal }),
  ])
  return { startedAt: started, shards: Object.fromEntries(stats) }
}

export interface Servers {
  readonly source: InfluxServer
  /** Null for one whose databases cannot be looked at. */
  readonly destination: InfluxServer | null
}

/** Reads only. The counters of the source are read before anything else: what is written from then on counts as new next time. */
export async function survey(
  { source, destination }: Servers,
  config: InfluxdbCopyConfig,
  signal: AbortSignal,
): Promise<Surveyed[]> {
  const nothing: string[] = []
  const [there, here] = await Promise.all([
    listDatabases(source, { signal }),
    destination ? listDatabases(destination, { signal }) : nothing,
  ])
  const found: Surveyed[] = []
  const chosen = chosenDatabases(config, there)
  const isOneServer = await refuseOntoItself({ source, destination }, chosen, config, signal)
  for (const { name, as } of chosen) {
    const sourceState = await readState(source, name, signal)
    const holder = destination && here.includes(as) ? destination : null
    const [contents, destinationContents, destinationState] = await Promise.all([
      readContents(source, name, as, signal),
      holder ? readContents(holder, as, as, signal) : null,
      holder ? readState(holder, as, signal) : null,
    ])
    found.push({
      source: contents,
      sourceState,
      destination: destinationContents,
      destinationState,
      isLeftover: false,
      isOneServer,
    })
  }
  return found
}

/** Of where a job copies what to: what is remembered of one setting says nothing about another. */
export function fingerprintOf(sourceUrl: string, destinationUrl: string, config: InfluxdbCopyConfig): string {
  const { destination, databases, retentionPolicies, measurements, fields, tags, range, verify } = config
  const names = { prefix: destination?.prefix, suffix: destination?.suffix }
  const parts = { sourceUrl, destinationUrl, names, databases }
  // What was not compared is not known to be there.
  const selection = { retentionPolicies, measurements, fields, tags, range, verify }
  return createHash('sha256')
    .update(JSON.stringify({ ...parts, ...selection }))
    .digest('hex')
}
