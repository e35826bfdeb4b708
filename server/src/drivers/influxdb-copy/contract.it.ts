import { afterAll, beforeAll, describe, expect } from 'vitest'
import { requires } from '../../../../tools/lab/requires.ts'
import { type DriverFixture, describeDriverContract } from '../contract-suite.ts'
import type { InfluxdbCopyConfig } from './config.ts'
import { influxdbCopy } from './index.ts'
import { contentsOf } from './testkit/contents.ts'
import { CopyBench } from './testkit/copy-bench.ts'

describe.skipIf(requires('influxdb'))('influxdb-copy between two servers', () => {
  let bench: CopyBench
  beforeAll(async () => {
    bench = await CopyBench.start({ source: { auth: true }, destination: { auth: true } })
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  let count = 0
  const FIRST = 1_794_000_000_000_000_000n
  const makeFixture = async (): Promise<DriverFixture<InfluxdbCopyConfig>> => {
    count += 1
    const db = `fixture_${count}`
    await bench.source.query(`CREATE DATABASE "${db}" WITH SHARD DURATION 1d`)
    const write = (lines: string[]) => bench.source.write(lines.join('\n'), db, 'autogen')
    const points = Array.from({ length: 40 }, (_, n) => {
      const time = FIRST + BigInt(n) * 3_600_000_000_000n
      return [`m,k=v${n % 3} f=${n},s="canary in a field ${n}" ${time}`, `other i=${n}i ${time}`]
    })
    await write(points.flat())
    bench.begin({ databases: [{ name: db }] })
    const { job } = bench
    let changes = 0
    const there = async () => {
      const names = (await bench.destination.query('SHOW DATABASES')) as [{ values?: string[][] }]
      return (names[0].values ?? []).flat().includes(db) ? await contentsOf(bench.destination, db) : null
    }
    return {
      job,
      canary: 'canary in a field',
      secrets: bench.passwords(),
      snapshot: async () => ({ source: await contentsOf(bench.source, db), destination: await there() }),
      change: async () => {
        changes += 1
        await write([`m,k=new f=${changes} ${FIRST + BigInt(changes)}`])
      },
      leftovers: async () => [],
      prove: async () => expect(await there()).toEqual(await contentsOf(bench.source, db)),
      [Symbol.asyncDispose]: async () => {
        for (const server of [bench.source, bench.destination]) await server.query(`DROP DATABASE "${db}"`)
      },
    }
  }

  describeDriverContract(influxdbCopy, makeFixture, { vault: false })
})
