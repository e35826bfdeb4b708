import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { isPortOf, isPortThere } from '../copying/relay.ts'
import type { InfluxNode } from '../servers.ts'
import { say } from '../texts/texts.ts'
import { isEverything } from './select.ts'
import type { RelayAnswer } from './way.ts'

export interface RelayEnds {
  readonly from: InfluxNode
  readonly to: InfluxNode
  readonly source: InfluxServer
  readonly destination: InfluxServer
}

/** Whether both nodes let whole shards be copied just now. */
export async function relayAnswer(
  { from, to, source, destination }: RelayEnds,
  config: InfluxdbCopyConfig,
  signal: AbortSignal,
): Promise<RelayAnswer> {
  const no = (why: Extract<RelayAnswer, { isPossible: false }>['why']): RelayAnswer => ({
    isPossible: false,
    why,
  })
  if (config.relay === 'never') return no(say('why.never'))
  if (!isEverything(config)) return no(say('why.selection'))
  if (config.maxPointsPerSecond !== undefined) return no(say('why.limited'))
  for (const [node, server] of [
    [from, source],
    [to, destination],
  ] as const) {
    if (node.snapshotAddress === undefined) return no(say('why.noPort'))
    if (!(await isPortThere(node, signal))) return no(say('why.portSilent', { node: node.name }))
    if (!(await isPortOf(node, server, signal))) return no(say('why.otherServer', { node: node.name }))
  }
  return { isPossible: true }
}
