import {
  appendFile,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { RestorePoint } from '@holdfast/contract'
import { afterAll, beforeAll, describe } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { type DriverFixture, describeDriverContract } from '../../contract-suite.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { influxdbCopy } from '../index.ts'
import { contentsOf } from '../testkit/contents.ts'
import { nodeOf, VaultBench } from '../testkit/vault-bench.ts'

const CANARY = 'canary-in-a-string'
const DAY_NS = 86_400_000_000_000n
const START_NS = 1_794_000_000_000_000_000n

/** Three windows of a few points each. */
function linesOf(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => {
    const time = START_NS + BigInt(n) * (DAY_NS / 4n)
    return `m\\ 1,host=a\\,b n=${n}i,f=${n / 3},s="${CANARY} ${n}",ok=true ${time}`
  })
  return lines.join('\n')
}

let databases = 0

async function makeFixture(server: InfluxLab): Promise<DriverFixture<InfluxdbCopyConfig>> {
  databases += 1
  const database = `db ${databases}, "x"`
  const quoted = `"${database.replaceAll('"', '\\"')}"`
  const days = 'DURATION INF REPLICATION 1 SHARD DURATION 1d'
  await server.query(`CREATE DATABASE ${quoted} WITH ${days} NAME "days"`)
  await server.write(linesOf(12), database, 'days')
  const bench = await VaultBench.open(server, { config: { databases: [{ name: database }] } })
  const at = (point: RestorePoint, name: string) => join(bench.directoryOf(point), name)
  const firstFile = async (point: RestorePoint) => {
    const [name = ''] = await bench.dataFiles(point)
    return at(point, join('data', name))
  }
  let [changes, targets] = [0, 0]
  return {
    job: bench.job,
    canary: CANARY,
    async snapshot() {
      return { source: await contentsOf(server, database), vault: await treeOf(bench.vault.path) }
    },
    async change() {
      changes += 1
      await server.write(`m\\ 1,host=new f=${changes} ${START_NS + BigInt(changes)}`, database, 'days')
    },
    async leftovers() {
      return (await readdir(bench.jobDirectory)).filter((name) => name.startsWith('.'))
    },
    damages: {
      'a flipped byte': async (point) => {
        await using handle = await open(await firstFile(point), 'r+')
        const byte = Buffer.alloc(1)
        await handle.read(byte, 0, 1, 40)
        await handle.write(Buffer.of((byte[0] ?? 0) ^ 4), 0, 1, 40)
      },
      'a file that was cut off': async (point) => {
        const path = await firstFile(point)
        await truncate(path, (await stat(path)).size - 3)
      },
      'a missing file': async (point) => rm(await firstFile(point)),
      'an extra file': async (point) => writeFile(`${await firstFile(point)}.bak`, ''),
      'another value in a file': async (point) => {
        const path = await firstFile(point)
        const text = gunzipSync(await readFile(path)).toString()
        if (!text.includes('n=0i')) throw new Error('the file holds other points')
        await writeFile(path, gzipSync(text.replace('n=0i', 'n=7i')))
      },
      'a file that is a link': async (point) => {
        const path = await firstFile(point)
        await rename(path, join(bench.directory, 'elsewhere'))
        await symlink(join(bench.directory, 'elsewhere'), path)
      },
      'a line more in WINDOWS': (point) => appendFile(at(point, 'WINDOWS.jsonl'), '\n'),
      'a lost WINDOWS': (point) => rm(at(point, 'WINDOWS.jsonl')),
      'a changed SCHEMA': (point) => replaceIn(at(point, 'SCHEMA.json'), '"INF"', '"1d"'),
      'a changed SOURCE': (point) => replaceIn(at(point, 'SOURCE.json'), '"writes"', '"writs"'),
      'a changed SHA256SUMS': (point) => writeFile(at(point, 'SHA256SUMS'), ''),
      'a changed manifest': (point) =>
        replaceIn(at(point, 'restore-point.json'), '"points": 12', '"points": 11'),
      'a lost manifest': (point) => rm(at(point, 'restore-point.json')),
    },
    async restoreTarget() {
      targets += 1
      return { target: `${database} restored ${targets}`, node: nodeOf('target', server) }
    },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  }
}

async function replaceIn(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`)
  await writeFile(path, text.replaceAll(from, to))
}

async function treeOf(directory: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const names = await readdir(directory, { recursive: true }).catch(() => [])
  for (const name of names.sort()) {
    const path = join(directory, name)
    const facts = await stat(path, { bigint: true })
    const content = facts.isFile() ? (await readFile(path)).toString('base64') : ''
    found[name] = `${facts.mode} ${facts.ino} ${facts.mtimeNs} ${facts.nlink} ${content}`
  }
  return found
}

describe.skipIf(requires('influxdb'))('with a vault', () => {
  let server: InfluxLab
  beforeAll(async () => {
    server = await InfluxLab.start()
  })
  afterAll(() => server[Symbol.asyncDispose]())
  describeDriverContract(influxdbCopy, () => makeFixture(server))
})
