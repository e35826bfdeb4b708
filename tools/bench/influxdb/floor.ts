import { InfluxServer } from '../../../server/src/clients/influxdb/connect.ts'
import { fieldKeys, retentionPolicies, shardGroups } from '../../../server/src/clients/influxdb/schema.ts'
import { selectWindow } from '../../../server/src/clients/influxdb/statements.ts'
import { batchesOf, createDatabase, type Dataset } from '../../lab/influxdb/dataset/dataset.ts'
import type { InfluxLab } from '../../lab/influxdb/influx-lab.ts'

/** Reads everything in the cheapest way known and throws it away: what the source cannot be spared. */
export async function readAll(lab: InfluxLab, db: string): Promise<void> {
  const { signal } = new AbortController()
  await using server = InfluxServer.connect(
    { url: lab.url, user: null, password: null, token: null, caFile: null, product: 'influxdb-1' },
    { readers: 2, writers: 2, timeoutMs: 60_000 },
  )
  const groups = await shardGroups(server, { db, signal })
  const statements: string[] = []
  for (const { name: rp } of await retentionPolicies(server, { db, signal }))
    for (const measurement of (await fieldKeys(server, { db, rp, signal })).keys())
      for (const group of groups.filter((one) => one.rp === rp))
        statements.push(selectWindow({ rp, measurement, startNs: group.startNs, endNs: group.endNs }))
  const read = async () => {
    for (let statement = statements.pop(); statement; statement = statements.pop())
      for await (const chunk of server.stream(statement, { db, signal })) void chunk
  }
  await Promise.all([read(), read()])
}

/** Writes bodies that were made before, two at a time: what the destination cannot be spared. */
export async function writePrepared(
  lab: InfluxLab,
  db: string,
  prepared: readonly Prepared[],
): Promise<void> {
  let next = 0
  const write = async () => {
    for (let one = prepared[next++]; one; one = prepared[next++]) {
      const { status, body } = await lab.write(one.bytes, db, one.rp)
      if (status !== 204) throw new Error(`${status} ${body.toString()}`)
    }
  }
  await Promise.all([write(), write()])
}

export interface Prepared {
  readonly rp: string
  readonly bytes: Buffer
}

export function prepare(dataset: Dataset): Prepared[] {
  return dataset.parts.flatMap((part) => [...batchesOf(part)].map(({ bytes }) => ({ rp: part.rp, bytes })))
}

export { createDatabase }
