import type { Lanes } from '../influxdb/transcode/digest/hash.ts'
import { SeriesHash, tagKeyLanes } from '../influxdb/transcode/digest/series-hash.ts'
import { jsonText } from './json-text.ts'
import type { Metric, SampleDigest } from './sample-digest.ts'

export const NAME_LABEL = '__name__'

/** Rows of a series that are put together before its samples are written. */
export const ROWS = 2048

/** A field of a measurement, which is a metric here. */
export interface Column {
  /** `{"metric":{"__name__":"cpu_usage"`. */
  readonly head: Buffer
  /** The name of the metric, one character a byte. */
  readonly name: string
  readonly nameLanes: Lanes
  readonly metric: Metric
  /** Of each row; NaN where the row has none. */
  readonly values: Float64Array
}

/** The name of a metric as bytes: what clients of InfluxDB get from VictoriaMetrics as well. */
export function metricName(measurement: Uint8Array, field: Uint8Array): Buffer {
  return Buffer.concat([measurement, Buffer.from('_'), field])
}

export function columnOf(measurement: Uint8Array, field: Uint8Array, digest: SampleDigest): Column {
  const bytes = metricName(measurement, field)
  const name = bytes.toString('latin1')
  const hash = new SeriesHash()
  hash.measurement(bytes)
  return {
    head: Buffer.concat([Buffer.from('{"metric":{"__name__":'), jsonText(bytes)]),
    name,
    nameLanes: Int32Array.of(hash.a, hash.b),
    metric: digest.metric(name),
    values: new Float64Array(ROWS),
  }
}

/** The hash of a series, as {@link columnOf} and the encoder reckon it, of labels with one character a byte. */
export function seriesLanes(labels: Readonly<Record<string, string>>): Lanes {
  const hash = new SeriesHash()
  hash.measurement(Buffer.from(labels[NAME_LABEL] ?? '', 'latin1'))
  for (const [key, value] of Object.entries(labels)) {
    if (key === NAME_LABEL) continue
    const bytes = Buffer.from(value, 'latin1')
    hash.tag(tagKeyLanes(Buffer.from(key, 'latin1')), bytes, 0, bytes.length)
  }
  return Int32Array.of(hash.a, hash.b)
}
