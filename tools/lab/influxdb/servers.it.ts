import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requires } from '../requires.ts'
import { makeDataset, writeAll } from './dataset/dataset.ts'
import { InfluxLab } from './influx-lab.ts'
import { VictoriaMetrics } from './victoria-metrics.ts'

let parent: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'holdfast-lab-test-'))
})

afterAll(async () => {
  expect(await readdir(parent)).toEqual([])
  await rm(parent, { recursive: true })
})

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

async function count(lab: InfluxLab, from: string): Promise<unknown> {
  return await lab.query(`SELECT count(*) FROM ${from}`, 'd')
}

describe.skipIf(requires('influxdb', 'openssl'))('InfluxDB of the lab', () => {
  it('keeps what was written over a kill and a stop, and leaves nothing behind', async () => {
    await using lab = await InfluxLab.start({ parent })
    await lab.query('CREATE DATABASE d')
    expect((await lab.write('m v=1i 1\nm v=2i 2\n', 'd', 'autogen')).status).toBe(204)
    const before = await count(lab, 'm')
    await lab.kill()
    expect(await isListening(lab.port)).toBe(false)
    await lab.startAgain()
    expect(await count(lab, 'm')).toEqual(before)
    await lab.stop()
    await lab.startAgain()
    expect(await count(lab, 'm')).toEqual(before)
    const { directory, port } = lab
    await lab[Symbol.asyncDispose]()
    expect([existsSync(directory), await isListening(port)]).toEqual([false, false])
  })

  it('asks for a login, speaks TLS, and answers at the port of snapshots', async () => {
    await using lab = await InfluxLab.start({ parent, auth: true, tls: true, snapshot: true })
    expect(lab.url).toMatch(/^https:/)
    expect(await lab.query('SHOW USERS')).toMatchObject([{ values: [['admin', true]] }])
    expect(await isListening(lab.snapshotPort ?? 0)).toBe(true)
    await expect(fetch(`${lab.url}/ping`)).rejects.toThrow()
  })

  it('says why it did not start', async () => {
    const settings = { INFLUXDB_DATA_INDEX_VERSION: 'none-such' }
    await expect(InfluxLab.start({ parent, settings })).rejects.toThrow(/none-such/)
  })

  it('takes the whole dataset, small, with all its shards', async () => {
    await using lab = await InfluxLab.start({ parent, maxSelectPoints: 5000 })
    const size = await writeAll(lab, 'd', makeDataset({ scale: 0.001 }))
    expect(size).toEqual({ points: 2995, values: 8118 })
    expect(await lab.query('SHOW SHARDS')).toMatchObject([{ values: { length: 70 } }])
    expect(await count(lab, '"rp 90d"."mem"')).toMatchObject([{ values: [[0, 300, 300, 300]] }])
    expect(await lab.query("SHOW DIAGNOSTICS FOR 'config-coordinator'")).toMatchObject([
      { columns: expect.arrayContaining(['max-select-point']), values: [expect.arrayContaining([5000])] },
    ])
  })
})

describe.skipIf(requires('victoria-metrics'))('VictoriaMetrics of the lab', () => {
  it('gives back what it took, also after a new start, and leaves nothing behind', async () => {
    await using lab = await VictoriaMetrics.start()
    const now = BigInt(Date.now()) * 1_000_000n
    expect((await lab.write(`m,host=a v=1.5 ${now}\n`, 'd')).status).toBe(204)
    const before = await lab.export('{__name__="m_v"}')
    expect(before).toMatchObject([{ metric: { host: 'a', db: 'd' }, values: [1.5] }])
    await lab.stop()
    await lab.startAgain()
    expect(await lab.export('{__name__="m_v"}')).toEqual(before)
    await lab[Symbol.asyncDispose]()
    expect([existsSync(lab.directory), await isListening(lab.port)]).toEqual([false, false])
  })
})
