import { influxdbCases } from './influxdb/cases.ts'
import type { BenchCase } from './runner/bench-case.ts'

/**
 * Copies between two InfluxDB servers beside what the servers themselves need, the programs that InfluxDB brings, and a
 * loop with the Python client (Debian packages influxdb, influxdb-client and python3-influxdb). `HOLDFAST_BENCH_SCALE=0.1`
 * takes a tenth of the data; `HOLDFAST_BENCH_STEPS=1` shows more.
 */
export async function bench(): Promise<BenchCase[]> {
  return await influxdbCases()
}
