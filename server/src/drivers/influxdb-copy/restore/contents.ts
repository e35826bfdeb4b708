import { durationNs } from '../../../clients/influxdb/durations.ts'
import { nameOfText } from '../../../clients/influxdb/transcode/line/name-text.ts'
import type { DatabaseContents } from '../planning/windows.ts'
import type { DatabaseSchema } from '../points/files.ts'
import type { WindowRecord } from '../points/window-records.ts'

/** Gathers what the windows of a restore are made of. Types of fields are not recorded. */
export class Contents {
  readonly #policies = new Map<string, Map<string, Map<string, readonly string[]>>>()

  add({ retentionPolicy, measurement, fields }: WindowRecord): void {
    const measurements = this.#policies.get(retentionPolicy) ?? new Map()
    const known = measurements.get(measurement) ?? new Map()
    for (const { field } of fields) known.set(nameOfText(field), [])
    this.#policies.set(retentionPolicy, measurements.set(measurement, known))
  }

  /** `as`: the name of the database at the destination. */
  of({ database, retentionPolicies }: DatabaseSchema, as: string): DatabaseContents {
    const byName = [...this.#policies].sort(([one], [other]) => (one < other ? -1 : 1))
    const policies = byName.map(([name, measurements]) => {
      const found = retentionPolicies.find((one) => one.name === name)
      const { duration = 'INF', shardDuration = '', replication = 1, isDefault = false } = found ?? {}
      const [keptNs, shardNs] = [durationNs(duration), durationNs(shardDuration)]
      const lengths = { duration, durationNs: keptNs, shardDuration, shardDurationNs: shardNs ?? 0n }
      return { policy: { name, ...lengths, replication, isDefault }, groups: [], measurements }
    })
    return { name: database, as, policies }
  }
}
