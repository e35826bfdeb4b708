import { join } from 'node:path'
import { HoldfastError, type JsonValue } from '@holdfast/contract'
import { z } from 'zod'
import { durationNs, durationText } from '../../../clients/influxdb/durations.ts'
import { listDatabases, type RetentionPolicy } from '../../../clients/influxdb/schema.ts'
import { openPoint, type PointDirectory } from '../../../point-directories/point-directory.ts'
import type { Context, RestoreInput } from '../../driver.ts'
import { ALL } from '../config.ts'
import { withinRetention } from '../copying/retention.ts'
import type { Destination, View } from '../destinations/destination.ts'
import { readContents } from '../planning/survey.ts'
import { holdsAnything } from '../planning/way.ts'
import type { DatabaseContents, Window } from '../planning/windows.ts'
import { type DatabaseSchema, readSchema, sha256Of } from '../points/files.ts'
import { type DatabaseDetails, databasePoints, WINDOWS_FILE } from '../points/layout.ts'
import { isAsRecorded } from '../points/verify.ts'
import type { InfluxNode } from '../servers.ts'
import type { FileFacts } from './check-files.ts'
import type { RestoreOptions } from './options.ts'
import { isWhole, selectedWindows } from './selected.ts'

export type Input = RestoreInput<RestoreOptions>

/** A retention policy that is needed, as it is created where it is not there. */
export interface NeededPolicy {
  readonly policy: RetentionPolicy
  /** Length of the shortest window: its shards must not be longer, or points of different types would meet in one. */
  readonly shortestNs: bigint
}

/** A restore point and what it is to be brought to. */
export interface Prepared {
  readonly point: PointDirectory<DatabaseDetails>
  readonly schema: DatabaseSchema
  /** None where the destination has no retention policies. */
  readonly policies: readonly NeededPolicy[]
  /** Null while the database is not there, or cannot be seen. */
  readonly there: DatabaseContents | null
  /** The destination holds data of that name: of somebody else, or of an attempt that was not finished. */
  readonly isFilled: boolean
}

/** An unfinished restore may go on in the database that it has begun to fill; the checkpoint is how it knows. */
const checkpoint = z.object({ restoring: z.string(), node: z.string(), target: z.string() })

export function checkpointOf({ point, node, target }: Input): JsonValue {
  return { restoring: point.id, node: node?.id ?? '', target }
}

/** Throws `config-invalid` for a node that is no database. */
export function targetNode({ node }: Pick<Input, 'node'>): InfluxNode {
  if (node?.kind === 'influxdb') return node
  throw new HoldfastError(
    'config-invalid',
    `restore points of databases go to nodes of kind influxdb, which "${node?.name ?? ''}" is not`,
  )
}

/**
 * Reads only. Throws `restore-point-damaged`, `restore-target-exists` for a database that may not be merged into, and
 * `config-invalid` for options that the destination cannot fulfil.
 */
export async function prepareRestore(cx: Context, destination: Destination, input: Input): Promise<Prepared> {
  refuseMeaningless(destination, input)
  const point = await openPoint(databasePoints, input.vault.path, input.point, cx.log)
  const windows = await sha256Of(join(point.directory, WINDOWS_FILE), cx.signal)
  const schema = await readSchema(point.directory, point.details.schemaSha256)
  if (!isAsRecorded(point, input.point) || windows !== point.details.windowsSha256 || !schema) {
    const message = 'the manifest and the lists of the restore point are not those that were recorded'
    throw new HoldfastError('restore-point-damaged', message, {
      details: { restorePointId: input.point.id, location: point.location },
    })
  }
  const found = await lookForData(cx, destination, input)
  if (found.isFilled && input.options.existing === 'refuse' && !isOurs(cx, input)) {
    const message = `the database "${input.target}" is on "${targetNode(input).name}" already and holds data`
    throw new HoldfastError('restore-target-exists', message, {
      hint: 'Name a database that does not exist yet, or say `existing: merge` to restore into this one.',
      details: { node: targetNode(input).name, database: input.target },
    })
  }
  const policies = destination.databases ? await policiesFor(point, schema, input) : []
  return { point, schema, policies, ...found }
}

/** Who chooses an option counts on it. */
function refuseMeaningless({ databases, holds }: Destination, { node, options }: Input): void {
  const refuse = (option: string, why: string, hint: string) => {
    const message = `the restore to "${node?.name ?? ''}" cannot do what \`${option}\` says: ${why}`
    throw new HoldfastError('config-invalid', message, { hint, details: { option } })
  }
  if (databases) return
  if (options.keep === 'forever')
    refuse(
      'keep: forever',
      'only on InfluxDB 1.x does it create retention policies',
      'Leave the option out; how long points are kept, the destination itself is told.',
    )
  if (options.existing === 'refuse' && !holds)
    refuse(
      'existing: refuse',
      'whether InfluxDB 2.x and 3.x hold data of that name is not looked at',
      'Look yourself, then say `existing: merge`: points of the same series and time are overwritten.',
    )
}

async function lookForData(
  cx: Context,
  { databases, holds }: Destination,
  { target }: Input,
): Promise<Pick<Prepared, 'there' | 'isFilled'>> {
  if (!databases) return { there: null, isFilled: (await holds?.(target, cx.signal)) ?? false }
  const isThere = (await listDatabases(databases, cx)).includes(target)
  const there = isThere ? await readContents(databases, target, target, cx.signal) : null
  return { there, isFilled: there !== null && holdsAnything(there) }
}

/** The destination as it is for what is restored. Without facts nothing is known of tags: no window may be sent then. */
export async function viewFor(
  cx: Context,
  destination: Destination,
  { contents, tags }: Pick<FileFacts, 'contents'> & Partial<Pick<FileFacts, 'tags'>>,
): Promise<View> {
  const config = { retentionPolicies: ALL, measurements: ALL, fields: [] }
  const tagKeys = async () => tags ?? new Map()
  return await destination.look({
    databases: [contents],
    tagKeys,
    config,
    now: cx.now(),
    signal: cx.signal,
  })
}

/** The part of a window that the destination keeps, or null. */
export function keptPart(cx: Context, prepared: Prepared, view: View, window: Window): Window | null {
  const young = withinRetention(window, policyAt(prepared, window.rp), cx.now())
  return young && view.within ? view.within(young, cx.now()) : young
}

function isOurs(cx: Context, input: Input): boolean {
  const begun = checkpoint.safeParse(cx.checkpoint)
  return begun.success && JSON.stringify(begun.data) === JSON.stringify(checkpointOf(input))
}

async function policiesFor(
  point: PointDirectory<DatabaseDetails>,
  schema: DatabaseSchema,
  { options, paths }: Input,
): Promise<NeededPolicy[]> {
  const used = new Map<string, bigint>()
  for await (const { record } of selectedWindows(point, { options, paths })) {
    const lengthNs = BigInt(record.to) - BigInt(record.from)
    const shortest = used.get(record.retentionPolicy) ?? lengthNs
    used.set(record.retentionPolicy, lengthNs < shortest ? lengthNs : shortest)
  }
  const isEverything = isWhole({ options, paths })
  return schema.retentionPolicies
    .filter(({ name }) => isEverything || used.has(name))
    .map(({ name, duration, shardDuration, finestShards, replication, isDefault }) => {
      // What stands on the disk becomes part of no statement as it is: whoever wrote it there would say more by it.
      const ns = options.keep === 'forever' || duration === 'INF' ? null : nsOf(duration)
      const shardNs = nsOf(shardDuration)
      const policy: RetentionPolicy = {
        name,
        duration: ns === null ? 'INF' : durationText(ns),
        durationNs: ns,
        shardDuration: durationText(shardNs),
        shardDurationNs: shardNs,
        replication,
        isDefault,
      }
      // A time range cuts windows: only where nothing tells how long the shards really were, their lengths must do.
      const cutNs = used.get(name) ?? policy.shardDurationNs
      return { policy, shortestNs: finestShards === undefined ? cutNs : nsOf(finestShards) }
    })
}

function nsOf(text: string): bigint {
  const ns = durationNs(text)
  if (ns !== null) return ns
  throw new HoldfastError(
    'restore-point-damaged',
    'a retention policy of the restore point has no readable duration',
    {
      details: { duration: text.slice(0, 100) },
    },
  )
}

/** Of a retention policy at the target: the one that is there, else the one that is created. */
export function policyAt({ there, policies }: Prepared, name: string): RetentionPolicy[] {
  const found = there?.policies.find(({ policy }) => policy.name === name)?.policy
  if (found) return [found]
  return policies.map(({ policy }) => policy).filter((policy) => policy.name === name)
}
