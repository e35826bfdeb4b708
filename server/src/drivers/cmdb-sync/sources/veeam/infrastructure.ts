import type { Item } from '../../model/inventory.ts'
import type { VeeamEstate } from './estate.ts'
import { isHostName } from './host-names.ts'

/**
 * The installation itself. Its id and name are the code of the site, never what the server says of itself: that may be
 * forbidden at one time and not at another.
 */
export function infrastructureItem({ serverInfo }: VeeamEstate, code: string): Item {
  const hostname = serverInfo && isHostName(serverInfo.name) ? serverInfo.name : null
  return {
    kind: 'infrastructure',
    id: code,
    name: code,
    facts: {
      name: code,
      type: 'VeeamBackup',
      status: 'Online',
      ...(hostname === null ? {} : { hostname }),
      ...(serverInfo === null
        ? {}
        : { description: `Veeam Backup & Replication ${serverInfo.buildVersion}`.trim() }),
      ...(serverInfo?.platform ? { os: serverInfo.platform } : {}),
    },
    evidence: { names: [], addresses: [] },
    prefers: null,
  }
}
