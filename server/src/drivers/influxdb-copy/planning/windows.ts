import type { FieldTypes, RetentionPolicy, ShardGroup } from '../../../clients/influxdb/schema.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { isSelected, selectFields } from './select.ts'

/** The unit of reading, proof, progress and resume: one measurement in one group of shards. Types are the same all through it. */
export interface Window {
  readonly database: string
  /** Name of the database at the destination. */
  readonly as: string
  readonly rp: string
  readonly measurement: string
  /** Names it among the windows of its measurement. */
  readonly groupId: string
  /** The groups of shards in which its points lie: one, unless the length of shards was changed. */
  readonly groupIds: readonly string[]
  readonly shardIds: readonly string[]
  /** Its points lie in several groups, which may have other types for a field: no statement reads them without a loss. */
  readonly isMixed: boolean
  readonly startNs: bigint
  /** The first instant that is not in it any more. */
  readonly endNs: bigint
  /** Null for all. */
  readonly fields: readonly string[] | null
}

/** What there is to copy in one retention policy of a database. */
export interface PolicyContents {
  readonly policy: RetentionPolicy
  readonly groups: readonly ShardGroup[]
  readonly measurements: ReadonlyMap<string, FieldTypes>
}

/** Of one database, as it is at the source. */
export interface DatabaseContents {
  readonly name: string
  readonly as: string
  readonly policies: readonly PolicyContents[]
}

type Selecting = Pick<InfluxdbCopyConfig, 'retentionPolicies' | 'measurements' | 'fields' | 'range'>

const NS_PER_MS = 1_000_000n

/** Every window of a database that the settings select, by retention policy, group and measurement. */
export function* windowsOf(contents: DatabaseContents, config: Selecting): Generator<Window> {
  const { name: database, as } = contents
  const from = config.range.from === undefined ? null : BigInt(Date.parse(config.range.from)) * NS_PER_MS
  const to = config.range.to === undefined ? null : BigInt(Date.parse(config.range.to)) * NS_PER_MS
  for (const { policy, groups, measurements } of contents.policies) {
    if (!isSelected(policy.name, config.retentionPolicies)) continue
    const wanted = [...measurements].flatMap(([measurement, types]) => {
      const fields = isSelected(measurement, config.measurements)
        ? selectFields(config, measurement, types)
        : []
      return fields?.length === 0 ? [] : [{ measurement, fields }]
    })
    for (const stretch of stretchesOf(groups)) {
      const startNs = from !== null && from > stretch.startNs ? from : stretch.startNs
      const endNs = to !== null && to < stretch.endNs ? to : stretch.endNs
      if (startNs >= endNs) continue
      const { groupId, groupIds, shardIds } = stretch
      const common = { database, as, rp: policy.name, groupId, groupIds, shardIds, startNs, endNs }
      for (const { measurement, fields } of wanted) {
        const isMixed = groupIds.length > 1 && hasSeveralTypes(measurements.get(measurement))
        yield { ...common, measurement, fields, isMixed }
      }
    }
  }
}

interface Stretch {
  readonly groupId: string
  readonly groupIds: readonly string[]
  readonly shardIds: readonly string[]
  readonly startNs: bigint
  readonly endNs: bigint
}

/**
 * Time in parts that lie in the same groups of shards all through. Groups overlap where the length of shards was changed:
 * InfluxDB makes new groups as long as it says then, over those that are there.
 */
export function stretchesOf(groups: readonly ShardGroup[]): Stretch[] {
  const edges = [...new Set(groups.flatMap(({ startNs, endNs }) => [startNs, endNs]))].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  )
  return edges.slice(0, -1).flatMap((startNs, index) => {
    const endNs = edges[index + 1] ?? startNs
    const around = groups.filter((group) => group.startNs <= startNs && endNs <= group.endNs)
    const [first] = around
    if (!first) return []
    const isWhole = around.length === 1 && first.startNs === startNs && first.endNs === endNs
    const groupIds = around.map(({ id }) => id)
    return [
      {
        groupId: isWhole ? first.id : `${groupIds.join('-')}.${startNs}`,
        groupIds,
        shardIds: around.flatMap(({ shardIds }) => shardIds),
        startNs,
        endNs,
      },
    ]
  })
}

/** Whether the length of shards was changed: then a window is no group of shards, and counters tell nothing of it alone. */
export function hasOverlaps({ policies }: DatabaseContents): boolean {
  return policies.some(({ groups }) => stretchesOf(groups).some(({ groupIds }) => groupIds.length > 1))
}

export function hasSeveralTypes(fields: FieldTypes | undefined): boolean {
  return fields !== undefined && [...fields.values()].some((types) => types.length > 1)
}

/** Fields that have several types: each shard has its own, and keeps it. */
export function fieldsOfSeveralTypes(contents: DatabaseContents): {
  rp: string
  measurement: string
  field: string
  types: readonly string[]
}[] {
  return contents.policies.flatMap(({ policy, measurements }) =>
    [...measurements].flatMap(([measurement, fields]) =>
      [...fields].flatMap(([field, types]) =>
        types.length > 1 ? [{ rp: policy.name, measurement, field, types }] : [],
      ),
    ),
  )
}
