import { durationMs, type Finding } from '@holdfast/contract'
import type { Context } from '../../../driver.ts'
import type { CmdbSyncConfig } from '../../config.ts'
import { infrastructureOf } from '../../mapping-of.ts'
import type { InventorySource } from '../../model/inventory.ts'
import { openVeeam, veeamNode } from '../../nodes.ts'
import { readMemory } from '../../planning/memory.ts'
import { readVeeam } from './veeam-source.ts'

/** Stands for a server that does not tell its id: two of them may well bear the same code. */
function identityOf(code: string, url: string): string {
  return `${code}@${new URL(url).host}`
}

/** A server of Veeam Backup & Replication. */
export function veeamSource(cx: Context<CmdbSyncConfig>): InventorySource {
  const { config } = cx.job
  return {
    async check() {
      await using server = await openVeeam(cx)
      const info = await server.serverInfo(cx.signal)
      const subject = 'source'
      const version = info ? `Veeam Backup & Replication ${info.buildVersion}` : 'Veeam Backup & Replication'
      const answers: Finding = {
        ...{ level: 'ok', subject },
        message: `${version} answers at ${server.at} by its API ${server.version}`,
      }
      if (info) return [answers]
      const hint =
        'Nothing is wrong: the code of the infrastructure and the address of the node stand for it. The role Backup Administrator lets the user read it.'
      return [answers, { level: 'ok', subject, message: 'the user may not read the id of the server', hint }]
    },

    async read() {
      await using server = await openVeeam(cx)
      return await readVeeam(server, {
        infrastructureCode: identityOf(infrastructureOf(config).code, veeamNode(cx).url),
        knownAs: readMemory(cx.remembered).identities[veeamNode(cx).id] ?? [],
        backupsOfLastMs: durationMs(config.backupsOfLast),
        withProxiesOfJobs: config.relations.includes('machine-by-proxy'),
        signal: cx.signal,
        now: cx.now(),
      })
    },
  }
}
