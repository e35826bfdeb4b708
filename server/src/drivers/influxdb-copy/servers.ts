import { destinationOf, durationMs, HoldfastError } from '@holdfast/contract'
import { type InfluxAddress, type InfluxLimits, InfluxServer } from '../../clients/influxdb/connect.ts'
import type { Context, Job, Node } from '../driver.ts'
import type { InfluxdbCopyConfig } from './config.ts'

export type InfluxNode = Extract<Node, { kind: 'influxdb' }>

/** The node that a job reads from. Throws `config-invalid`. */
export function sourceNode({ node }: Pick<Job, 'node'>): InfluxNode {
  if (node?.kind !== 'influxdb')
    throw new HoldfastError(
      'config-invalid',
      'an influxdb-copy job needs a node of kind influxdb to read from',
    )
  if (node.product === 'influxdb-1') return node
  throw new HoldfastError(
    'config-invalid',
    `the node "${node.name}" is no InfluxDB 1.x: only that is read from`,
  )
}

/** The node that a job writes to. Throws `config-invalid`. */
export function destinationNode({
  nodes,
  config,
}: Pick<Job<InfluxdbCopyConfig>, 'nodes' | 'config'>): InfluxNode {
  const name = config.destination?.node ?? ''
  const node = nodes[name]
  if (node?.kind === 'influxdb') return node
  throw new HoldfastError('config-invalid', `the destination "${name}" is no node of kind influxdb`)
}

/** What a client of a node connects with; the secrets are asked for. */
export async function addressOf(cx: Context, node: InfluxNode): Promise<[InfluxAddress, InfluxLimits]> {
  const destination = destinationOf(node)
  const [password, token] = await Promise.all([
    node.password ? cx.secret(node.password, destination) : null,
    node.token ? cx.secret(node.token, destination) : null,
  ])
  const address = {
    url: node.url,
    user: node.user ?? null,
    password,
    token,
    caFile: node.caFile ?? null,
    product: node.product,
  }
  const { readers, writers } = node
  return [address, { readers, writers, timeoutMs: durationMs(node.timeout) }]
}

/** Logs in to nothing yet. */
export async function connectTo(cx: Context, node: InfluxNode): Promise<InfluxServer> {
  return InfluxServer.connect(...(await addressOf(cx, node)))
}
