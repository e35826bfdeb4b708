import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { InfluxLab } from '../../lab/influxdb/influx-lab.ts'

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

/** The retention policies must be there: of the export's own statements to create them only the first succeeds. */
export async function exportAndImport({ source, destination }: Pair, db: string): Promise<number> {
  return await timed(async (directory) => {
    const file = join(directory, 'export')
    const [data, wal] = [join(source.directory, 'data'), join(source.directory, 'wal')]
    const from = ['-datadir', data, '-waldir', wal, '-database', db, '-out', file]
    await execute('influx_inspect', ['export', ...from])
    const to = ['-host', '127.0.0.1', '-port', String(destination.port), '-precision', 'ns']
    // It ends with 1 when some lines were refused.
    await execute('influx', ['-import', `-path=${file}`, ...to], { maxBuffer: 2 ** 28 }).catch(() => {})
  })
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

export async function pythonLoop(
  { source, destination }: Pair,
  db: string,
  as: string,
  { startNs, endNs }: { startNs: bigint; endNs: bigint },
): Promise<number> {
  const dayNs = 86_400_000_000_000n
  const args = [source.port, destination.port, db, as, startNs, endNs, dayNs].map(String)
  return await timed(async () => await execute('/usr/bin/python3', ['-c', PYTHON, ...args]))
}
