import { destinationOf, durationMs, HoldfastError } from '@holdfast/contract'
import { type CmdbuildAddress, CmdbuildServer } from '../../clients/cmdbuild/connect.ts'
import { type VeeamAddress, VeeamServer } from '../../clients/veeam/connect.ts'
import type { Context, Node } from '../driver.ts'
import type { CmdbSyncConfig } from './config.ts'

type VeeamNode = Extract<Node, { kind: 'veeam' }>
type CmdbuildNode = Extract<Node, { kind: 'cmdbuild' }>

/** The CMDB that a job keeps true. Throws `config-invalid`. */
export function cmdbNode({ job }: Pick<Context, 'job'>): CmdbuildNode {
  if (job.node?.kind === 'cmdbuild') return job.node
  throw new HoldfastError('config-invalid', `the job "${job.name}" needs a node of kind cmdbuild to write to`)
}

/** The Veeam server that a job reads. Throws `config-invalid`. */
export function veeamNode({ job }: Pick<Context<CmdbSyncConfig>, 'job'>): VeeamNode {
  const name = job.config.source.node ?? ''
  const node = job.nodes[name]
  if (node?.kind === 'veeam') return node
  throw new HoldfastError('config-invalid', `the source "${name}" is no node of kind veeam`)
}

/** Logs in. */
export async function openCmdb(cx: Context): Promise<CmdbuildServer> {
  const node = cmdbNode(cx)
  const address: CmdbuildAddress = {
    ...(await trusted(cx, node)),
    role: node.role ?? null,
    pageSize: node.pageSize,
  }
  const limits = { connections: node.writers, timeoutMs: durationMs(node.timeout) }
  return await CmdbuildServer.open(address, limits, cx.signal)
}

/** Signs in. */
export async function openVeeam(cx: Context<CmdbSyncConfig>): Promise<VeeamServer> {
  const node = veeamNode(cx)
  const address: VeeamAddress = {
    ...(await trusted(cx, node)),
    apiVersion: node.apiVersion,
    pageSize: node.pageSize,
  }
  const limits = { connections: node.parallelRequests, timeoutMs: durationMs(node.timeout) }
  return await VeeamServer.open(address, limits, cx.signal)
}

/** What both are addressed by; the password is asked for. */
async function trusted(cx: Context, node: VeeamNode | CmdbuildNode) {
  const { url, user, caFile, fingerprint } = node
  const password = await cx.secret(node.password, destinationOf(node))
  return { url, user, password, caFile: caFile ?? null, fingerprint: fingerprint ?? null }
}
