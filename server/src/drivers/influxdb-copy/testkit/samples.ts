import type { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import type { VictoriaMetrics } from '../../../../../tools/lab/influxdb/victoria-metrics.ts'

/** Numbers by time in ms, by series: its labels as text. */
export type Samples = Map<string, Map<number, number>>

interface Series {
  name: string
  tags?: Record<string, string>
  columns: string[]
  values: (string | number | boolean | null)[][]
}

const quote = (name: string) => `"${name.replace(/["\\]/g, '\\$&')}"`

async function query(server: InfluxLab, statement: string, db: string): Promise<Series[]> {
  const url = `${server.url}/query?${new URLSearchParams({ q: statement, db, epoch: 'ms' })}`
  const answer = (await (await fetch(url)).json()) as { results: { series?: Series[] }[] }
  return answer.results.flatMap(({ series }) => series ?? [])
}

function labelsText(labels: Record<string, string>): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** What a database becomes in VictoriaMetrics, worked out without the product. `as`: its name there. */
export async function expectedSamples(
  server: InfluxLab,
  db: string,
  { as = db, startMs = 0, endMs = Date.now() + 86_400_000 } = {},
): Promise<Samples> {
  const samples: Samples = new Map()
  const policies = await query(server, `SHOW RETENTION POLICIES ON ${quote(db)}`, db)
  const shards = (await query(server, 'SHOW SHARDS', db)).find(({ name }) => name === db)
  for (const row of shards?.values ?? []) {
    const [rp, from, to] = [String(row[2]), row[4], row[5]]
    const isDefault = policies[0]?.values.some(([name, , , , is]) => name === rp && is === true)
    // In ms the time just before 1970 would be 0.
    const where = `time >= 0 AND time >= '${from}' AND time < '${to}'`
    const statement = `SELECT * FROM ${quote(rp)}./.*/ WHERE ${where} GROUP BY *`
    for (const { name, tags = {}, columns, values } of await query(server, statement, db)) {
      const set = Object.entries(tags).filter(([, value]) => value !== '')
      const labels = { db: as, ...(isDefault ? {} : { rp }), ...Object.fromEntries(set) }
      for (const [time, ...numbers] of values)
        numbers.forEach((value, index) => {
          const timeMs = Number(time)
          if (value === null || typeof value === 'string' || timeMs < startMs || timeMs > endMs) return
          const key = labelsText({ ...labels, __name__: `${name}_${columns[index + 1]}` })
          const series = samples.get(key) ?? new Map<number, number>()
          samples.set(key, series.set(timeMs, Number(value)))
        })
    }
  }
  return samples
}

/** What a VictoriaMetrics holds. Throws when a sample is there twice. */
export async function heldSamples(server: VictoriaMetrics, match = '{__name__!=""}'): Promise<Samples> {
  const samples: Samples = new Map()
  for (const one of await server.export(match)) {
    const { metric, values, timestamps } = one as {
      metric: Record<string, string>
      values: number[]
      timestamps: number[]
    }
    const key = labelsText(metric)
    if (new Set(timestamps).size !== timestamps.length) throw new Error(`${key} has samples of one time`)
    samples.set(key, new Map(timestamps.map((time, index) => [time, values[index] ?? Number.NaN])))
  }
  return samples
}

export function countOf(samples: Samples): number {
  return [...samples.values()].reduce((sum, { size }) => sum + size, 0)
}

/** The series, and samples of them, in which two differ; numbers need to be the same to 11 digits. */
export function differencesOf(expected: Samples, held: Samples): string[] {
  const found: string[] = []
  for (const key of new Set([...expected.keys(), ...held.keys()])) {
    const [wanted, there] = [expected.get(key) ?? new Map(), held.get(key) ?? new Map()]
    const largest = Math.max(0, ...[...wanted.values()].map(Math.abs))
    for (const time of new Set([...wanted.keys(), ...there.keys()])) {
      const [one, other] = [wanted.get(time), there.get(time)]
      const isClose = Math.abs(one - other) <= 1e-11 * Math.abs(one) + 1e-16 * largest + 1e-290
      if (!isClose) found.push(`${key} at ${time}: ${one}, ${other}`)
    }
  }
  return found
}
