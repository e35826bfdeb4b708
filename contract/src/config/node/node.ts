import { z } from 'zod'
import { cmdbuild } from './cmdbuild.ts'
import { host } from './host.ts'
import { influxdb } from './influxdb.ts'
import { veeam } from './veeam.ts'

/** A managed system. Further kinds arrive with the job kinds that log in to them. */
export const nodeSpec = z.discriminatedUnion('kind', [host, influxdb, veeam, cmdbuild])
export type NodeSpec = z.infer<typeof nodeSpec>
export type NodeKind = NodeSpec['kind']
export type HostSpec = Extract<NodeSpec, { kind: 'host' }>
export type InfluxNodeSpec = Extract<NodeSpec, { kind: 'influxdb' }>
