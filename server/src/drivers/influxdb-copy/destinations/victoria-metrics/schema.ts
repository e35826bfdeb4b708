import { metricName } from '../../../../clients/victoria-metrics/series-columns.ts'
import type { DatabaseContents, Window } from '../../planning/windows.ts'

/** What the databases of the source are made of. */
export interface Schema {
  readonly databases: Map<string, DatabaseContents>
  /** Keys of tags by database and measurement. */
  readonly ownLabels: Map<string, ReadonlyMap<string, readonly string[]>>
}

/** A window as series of VictoriaMetrics. */
export interface MetricWindow {
  readonly window: Window
  readonly fields: readonly string[]
  /** Fields by the name of their metric, one character a byte. */
  readonly metrics: ReadonlyMap<string, string>
  readonly labels: { readonly db: string; readonly rp: string | null }
  /** Series have tags of these names, which stay as they are. */
  readonly hasOwn: { readonly db: boolean; readonly rp: boolean }
}

/** The retention policy becomes a label unless it is the default one, which clients write to without naming it. */
export function metricWindow({ databases, ownLabels }: Schema, window: Window): MetricWindow {
  const { database, measurement, rp, as } = window
  const found = databases.get(database)?.policies.find(({ policy }) => policy.name === rp)
  const fields = window.fields ?? [...(found?.measurements.get(measurement)?.keys() ?? [])]
  const own = ownLabels.get(database)?.get(measurement) ?? []
  const nameOf = (field: string) =>
    metricName(Buffer.from(measurement), Buffer.from(field)).toString('latin1')
  return {
    window,
    fields,
    metrics: new Map(fields.map((field) => [nameOf(field), field])),
    labels: { db: as, rp: found?.policy.isDefault ? null : rp },
    hasOwn: { db: own.includes('db'), rp: own.includes('rp') },
  }
}

/** A selector of its series; it may find those of other windows as well. */
export function selectorOf({ window: { measurement }, fields, labels, hasOwn }: MetricWindow): string {
  const names = fields.map((field) => `${measurement}_${field}`.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'))
  const matchers = [`__name__=~${JSON.stringify(names.join('|'))}`]
  if (!hasOwn.db) matchers.push(`db=${JSON.stringify(labels.db)}`)
  return `{${matchers.join(',')}}`
}
