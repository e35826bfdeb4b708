import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { InfluxLab } from '../../lab/influxdb/influx-lab.ts'
import type { VictoriaMetrics } from '../../lab/influxdb/victoria-metrics.ts'

const execute = promisify(execFile)

export interface Pair {
  readonly source: InfluxLab
  readonly destination: InfluxLab
}

async function timed(work: (directory: string) => Promise<unknown>): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-peer-'))
  try {
    const startedAt = performance.now()
    await work(directory)
    return performance.now() - startedAt
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** The programs that InfluxDB brings for it, with files in between. Milliseconds. */
export async function backupAndRestore(
  { source, destination }: Pair,
  db: string,
  as: string,
): Promise<number> {
  return await timed(async (directory) => {
    const at = (lab: InfluxLab) => `127.0.0.1:${lab.snapshotPort}`
    await execute('influxd', ['backup', '-portable', '-host', at(source), '-database', db, directory])
    const restore = ['restore', '-portable', '-host', at(destination), '-db', db, '-newdb', as, directory]
    await execute('influxd', restore)
  })
}

/** It asks nobody only on a terminal. Milliseconds. */
export async function vmctl(source: InfluxLab, destination: VictoriaMetrics, db: string): Promise<number> {
  const from = ['--influx-addr', source.url, '--influx-database', db, '--influx-concurrency', '2']
  const command = ['vmctl', 'influx', '-s', ...from, '--vm-addr', destination.url].join(' ')
  return await timed(
    async () => await execute('script', ['-qec', command, '/dev/null'], { maxBuffer: 2 ** 28 }),
  )
}

/** A loop as users write it: pages of a measurement through the client library, types set right by hand. */
const PYTHON = `
import sys
from influxdb import InfluxDBClient
source, destination, db, target, start, end, day = sys.argv[1:8]
a = InfluxDBClient(host='127.0.0.1', port=int(source), database=db, timeout=300)
b = InfluxDBClient(host='127.0.0.1', port=int(destination), database=target, timeout=300)
t = int(start)
while t < int(end):
    n = min(t + int(day), int(end))
    found = a.query('SELECT * FROM "autogen"."cpu" WHERE time >= %d AND time < %d GROUP BY *' % (t, n), epoch='ns')
    points = []
    for (name, tags), rows in found.items():
        for row in rows:
            fields = {k: (int(v) if k == 'procs' else v if isinstance(v, bool) else float(v))
                      for k, v in row.items() if k != 'time' and v is not None}
            points.append({'measurement': name, 'tags': tags, 'time': row['time'], 'fields': fields})
    if points:
        b.write_points(points, time_precision='n', batch_size=5000)
    t = n
`

const PYTHON3 = '/usr/bin/python3'

/** Throws at once what is to be installed, rather than after minutes when it is first used. */
export async function requirePeers(): Promise<void> {
  const attempts = [
    execute('influxd', ['version']),
    execute('vmctl', ['--help']),
    execute(PYTHON3, ['-c', 'import influxdb']),
  ]
  const isMissing = (await Promise.allSettled(attempts)).some(({ status }) => status === 'rejected')
  if (!isMissing) return
  throw new Error('install what is compared with: apt-get install influxdb python3-influxdb victoria-metrics')
}

export async function pythonLoop(
  { source, destination }: Pair,
  db: string,
  as: string,
  { startNs, endNs }: { startNs: bigint; endNs: bigint },
): Promise<number> {
  const dayNs = 86_400_000_000_000n
  const args = [source.port, destination.port, db, as, startNs, endNs, dayNs].map(String)
  return await timed(async () => await execute(PYTHON3, ['-c', PYTHON, ...args]))
}
