import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDataset, writeAll } from '../../../../tools/lab/influxdb/dataset/dataset.ts'
import { InfluxLab } from '../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { InfluxServer } from './connect.ts'
import * as schema from './schema.ts'
import { countWindow, quoteName, selectWindow, selectWindowFlat } from './statements.ts'

const { signal } = new AbortController()
const DAY_NS = 86_400_000_000_000n
const ODD = 'a "b", c=d \'é\' ☃ $x; DROP'

describe.skipIf(requires('influxdb'))('what a server holds', () => {
  let lab: InfluxLab
  let server: InfluxServer
  const dataset = makeDataset({ scale: 0.001 })
  const d = { db: 'd', signal }

  beforeAll(async () => {
    lab = await InfluxLab.start()
    const address = {
      url: lab.url,
      user: null,
      password: null,
      token: null,
      caFile: null,
      product: 'influxdb-1',
    } as const
    server = InfluxServer.connect(address, { readers: 2, writers: 2, timeoutMs: 10_000 })
    await writeAll(lab, 'd', dataset)
  })

  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await lab[Symbol.asyncDispose]()
  })

  it('is databases and retention policies', async () => {
    const policies = await schema.retentionPolicies(server, d)
    expect(
      policies.map(({ name, duration, shardDuration, isDefault }) => [
        name,
        duration,
        shardDuration,
        isDefault,
      ]),
    ).toEqual([
      ['autogen', 'INF', '7d', true],
      ['rp 90d', 'INF', '1d', false],
      ['short', 'INF', '1d', false],
      ['rollup', '3640d', '30d', false],
    ])
    expect(policies[3]).toMatchObject({
      durationNs: 3640n * DAY_NS,
      shardDurationNs: 30n * DAY_NS,
      replication: 1,
    })
    await expect(schema.retentionPolicies(server, { db: 'nope', signal })).rejects.toMatchObject({
      code: 'database-absent',
    })
  })

  it('is groups of shards that cover every point, also at the ends of time', async () => {
    const groups = await schema.shardGroups(server, d)
    expect(groups.flatMap(({ shardIds }) => shardIds)).toHaveLength(70)
    for (const { rp, measurement } of dataset.parts) {
      const from = `${quoteName(rp)}.${quoteName(measurement)}`
      const whole = await server.query(`SELECT count(*) FROM ${from}`, { db: 'd', signal })
      let sum = 0
      for (const { startNs, endNs } of groups.filter((group) => group.rp === rp)) {
        const window = { rp, measurement, startNs, endNs }
        // Types that differ between shards: only windows see all values.
        const [counts] = await server.query(countWindow(window), { db: 'd', signal })
        sum += (counts?.values[0] ?? []).slice(1).reduce<number>((total, count) => total + Number(count), 0)
      }
      const seen = (whole[0]?.values[0] ?? [])
        .slice(1)
        .reduce<number>((total, count) => total + Number(count), 0)
      const size = [
        ...(dataset.parts.find((part) => part.rp === rp && part.measurement === measurement)?.lines() ?? []),
      ].reduce((total, [, values]) => total + values, 0)
      expect([measurement, sum]).toEqual([measurement, size])
      expect(seen < size).toBe(measurement === 'events')
    }
    const rollup = groups.find(({ rp }) => rp === 'rollup')
    expect(rollup?.expiresNs).toBe((rollup?.endNs ?? 0n) + 3640n * DAY_NS)
    expect(groups.find(({ rp }) => rp === 'autogen')?.expiresNs).toBeNull()
  })

  it('has points at the first and the last instant there is', async () => {
    await schema.createDatabase(server, 'ends', { policy: null, signal })
    const lines = ['9223372036854775806', '9223372036854775000', '-9223372036854775806'].map(
      (t) => `m v=1i ${t}\n`,
    )
    await server.write(Buffer.from(lines.join('')), { db: 'ends', rp: 'autogen', signal })
    const groups = await schema.shardGroups(server, { db: 'ends', signal })
    const counts = await Promise.all(
      groups.map(({ rp, startNs, endNs }) =>
        server.query(countWindow({ rp, measurement: 'm', startNs, endNs }), { db: 'ends', signal }),
      ),
    )
    expect(counts.map((answer) => answer[0]?.values[0]?.[1])).toEqual([1, 2])
    expect([groups[0]?.startNs, groups[1]?.endNs]).toEqual([-(2n ** 63n) + 2n, 2n ** 63n - 1n])
  })

  it('is fields with all their types, by retention policy, and tags', async () => {
    const autogen = await schema.fieldKeys(server, { ...d, rp: 'autogen' })
    const rollup = await schema.fieldKeys(server, { ...d, rp: 'rollup' })
    const short = await schema.fieldKeys(server, { ...d, rp: 'short' })
    expect([...autogen.keys()].sort()).toEqual(
      ['cpu', 'disk', 'edge', 'm "quoted" it\'s', 'weather station, Ñ'].sort(),
    )
    expect(autogen.get('cpu')?.get('procs')).toEqual(['integer'])
    expect(rollup.get('cpu')?.get('procs')).toEqual(['float'])
    expect([...(short.get('events')?.get('status') ?? [])].sort()).toEqual(['integer', 'string'])
    expect([...(autogen.get('edge')?.keys() ?? [])]).toEqual(
      expect.arrayContaining(['"q"', 'a\\b', 'dup', '/re/']),
    )
    await expect(schema.fieldKeys(server, { ...d, rp: 'nope' })).rejects.toMatchObject({
      code: 'node-refused',
    })
    const tags = await schema.tagKeys(server, { ...d, rp: 'autogen' })
    expect(tags.get('weather station, Ñ')).toEqual(['city', 'id', 'site name'])
    const [only] = await schema.tagKeys(server, { ...d, rp: 'autogen', measurement: 'm "quoted" it\'s' })
    expect(only).toEqual(['m "quoted" it\'s', ['k']])
    const groups = (await schema.shardGroups(server, d)).filter(({ rp, endNs, startNs }) => {
      return rp === 'autogen' && endNs > dataset.startNs && startNs < dataset.endNs
    })
    const count = (measurement: string) => schema.seriesCount(server, { ...d, rp: 'autogen', measurement })
    expect([await count('cpu'), await count('nope')]).toEqual([20 * groups.length, 0])
  })

  it('is read by window: some fields, some tags, a tag and a field of one name', async () => {
    const window = { rp: 'autogen', measurement: 'edge', startNs: dataset.startNs, endNs: dataset.endNs }
    const read = async (statement: string) => await server.query(statement, { db: 'd', signal })
    const tags = [{ tag: 'dup', include: ['tag*'], exclude: [] }]
    const [series, ...others] = await read(selectWindow({ ...window, fields: ['f', 'dup'] }, { tags }))
    expect([series?.tags.dup, series?.values.map(([, ...row]) => row), others]).toEqual([
      'tagval',
      [[3, 'fieldval']],
      [],
    ])
    const flat = selectWindowFlat(window, { tags: ['case', 'dup'], fields: ['dup'] })
    expect((await read(flat))[0]?.values.map(([, ...row]) => row)).toEqual([
      ['same', 'tagval', 'fieldval'],
      ['same2', null, 'only field'],
    ])
    const path = [{ tag: 'tv', include: ['C:\\dir\\*', 'a?b'], exclude: ['a=b'] }]
    const values = (await read(selectWindow(window, { tags: path }))).map((one) => one.tags.tv)
    expect(values.sort()).toEqual(['C:\\dir\\file', 'a b', 'a,b', 'a\\b'].sort())
  })

  it('is made, with any name, and changed', async () => {
    const [policy] = await schema.retentionPolicies(server, { db: 'd', signal })
    if (!policy) throw new Error('there is a policy')
    const own = { ...policy, name: ODD, duration: '36h', shardDuration: '2h' }
    await schema.createDatabase(server, ODD, { policy: own, signal })
    expect(await schema.listDatabases(server, { signal })).toContain(ODD)
    const other = { ...own, name: 'other', duration: 'INF', isDefault: true }
    await schema.createRetentionPolicy(server, { db: ODD, policy: other, signal })
    await schema.alterRetentionPolicy(server, {
      db: ODD,
      policy: { ...own, duration: '3d', isDefault: false },
      signal,
    })
    const there = await schema.retentionPolicies(server, { db: ODD, signal })
    expect(
      there.map(({ name, duration, shardDuration, isDefault }) => [name, duration, shardDuration, isDefault]),
    ).toEqual([
      [ODD, '3d', '2h', false],
      ['other', 'INF', '2h', true],
    ])
    const different = { ...other, shardDuration: '3h' }
    await expect(
      schema.createRetentionPolicy(server, { db: ODD, policy: different, signal }),
    ).rejects.toMatchObject({ code: 'node-refused' })
    await server.write(Buffer.from('m v=1i 1\n'), { db: ODD, rp: 'other', signal })
    const [group] = await schema.shardGroups(server, { db: ODD, signal })
    await schema.dropShard(server, { id: group?.shardIds[0] ?? '', signal })
    expect(await schema.shardGroups(server, { db: ODD, signal })).toEqual([])
    await expect(schema.dropShard(server, { id: '1; DROP', signal })).rejects.toMatchObject({
      code: 'invariant-broken',
    })
  })

  it('has continuous queries, which go to a database of another name', async () => {
    const there = `${ODD} too`
    await schema.createDatabase(server, there, { policy: null, signal })
    const text = `CREATE CONTINUOUS QUERY "5 min" ON "d" RESAMPLE EVERY 10m BEGIN SELECT mean(usage_user) / 2 AS u INTO "d"."autogen"."x y" FROM "cpu" WHERE host =~ /srv-.*\\/x/ GROUP BY time(5m), * END`
    await server.query(text, { signal })
    const [query] = await schema.continuousQueries(server, d)
    if (!query) throw new Error('there is a continuous query')
    await schema.createContinuousQuery(server, { from: 'd', db: there, query, signal })
    const [copy] = await schema.continuousQueries(server, { db: there, signal })
    expect(copy?.name).toBe('5 min')
    expect(copy?.statement).toBe(
      query.statement.replace('ON d ', `ON ${quoteName(there)} `).replaceAll(' d.', ` ${quoteName(there)}.`),
    )
    await schema.createContinuousQuery(server, { from: 'd', db: 'd', query, signal })
    const changed = { ...query, statement: query.statement.replace('/ 2', '/ 3') }
    await expect(
      schema.createContinuousQuery(server, { from: 'd', db: 'd', query: changed, signal }),
    ).rejects.toMatchObject({ code: 'node-refused' })
    for (const db of ['d', there])
      await server.query(`DROP CONTINUOUS QUERY "5 min" ON ${quoteName(db)}`, { signal })
  })

  it('counts what is written, until it is started anew', async () => {
    const before = await schema.shardStats(server, d)
    const started = await schema.startedAt(server, { signal })
    expect(before.size).toBe(70)
    await server.write(Buffer.from(`cpu,host=late procs=1i ${dataset.startNs}\n`), {
      db: 'd',
      rp: 'autogen',
      signal,
    })
    const after = await schema.shardStats(server, d)
    const changed = [...after].filter(([id, { writes }]) => writes !== before.get(id)?.writes)
    const [group] = (await schema.shardGroups(server, d)).filter(
      ({ rp, startNs, endNs }) => rp === 'autogen' && startNs <= dataset.startNs && dataset.startNs < endNs,
    )
    expect(changed.map(([id]) => [id])).toEqual([group?.shardIds])
    await lab.stop()
    await lab.startAgain()
    expect(await schema.startedAt(server, { signal })).not.toBe(started)
    expect([...(await schema.shardStats(server, d)).values()].every(({ writes }) => writes === 0)).toBe(true)
  })
})
