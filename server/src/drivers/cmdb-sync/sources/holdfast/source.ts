import type { Context } from '../../../driver.ts'
import type { InventorySource } from '../../model/inventory.ts'
import { inventoryOf } from './inventory.ts'

/** What this installation itself looks after. */
export function holdfastSource(cx: Pick<Context, 'estate'>): InventorySource {
  return {
    async check() {
      const { nodes, jobs, assets } = await cx.estate()
      const message = `Holdfast looks after ${assets.length} assets on ${nodes.length} nodes by ${jobs.length} jobs`
      return [{ level: 'ok', subject: 'source', message }]
    },
    read: async () => inventoryOf(await cx.estate()),
  }
}
