import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { VictoriaMetrics } from '../../../clients/victoria-metrics/connect.ts'
import type { Context } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { addressOf, connectTo, destinationNode, type InfluxNode, sourceNode } from '../servers.ts'
import type { Destination } from './destination.ts'
import { influxdb1 } from './influxdb-1.ts'
import { influxdbApi } from './influxdb-api.ts'
import { victoriaMetrics } from './victoria-metrics/destination.ts'

/** Logs in to nothing yet. */
export async function openDestination(cx: Context, node: InfluxNode): Promise<Destination> {
  if (node.product === 'victoria-metrics')
    return victoriaMetrics(VictoriaMetrics.connect(...(await addressOf(cx, node))))
  const server = await connectTo(cx, node)
  return node.product === 'influxdb-1' ? influxdb1(server) : influxdbApi(server)
}

export interface OpenServers extends AsyncDisposable {
  readonly source: InfluxServer
  readonly destination: Destination
}

export async function openServers(cx: Context<InfluxdbCopyConfig>): Promise<OpenServers> {
  await using held = new AsyncDisposableStack()
  const source = held.use(await connectTo(cx, sourceNode(cx.job)))
  const destination = held.use(await openDestination(cx, destinationNode(cx.job)))
  const kept = held.move()
  return { source, destination, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
