import { influxdbCases } from './influxdb/cases.ts'
import type { BenchCase } from './runner/bench-case.ts'

/**
 * Copies between two InfluxDB servers beside what the servers themselves need, the programs that InfluxDB brings, a
 * loop with the Python client, and vmctl (Debian packages influxdb, python3-influxdb and victoria-metrics). `HOLDFAST_BENCH_SCALE=0.1`
 * takes a tenth of the data; `HOLDFAST_BENCH_STEPS=1` shows more.
 */
export async function bench(): Promise<BenchCase[]> {
  return await influxdbCases()
}
