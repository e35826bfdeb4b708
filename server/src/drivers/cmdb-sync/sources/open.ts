import type { Context } from '../../driver.ts'
import type { CmdbSyncConfig } from '../config.ts'
import type { InventorySource } from '../model/inventory.ts'
import { holdfastSource } from './holdfast/source.ts'
import { veeamSource } from './veeam/source.ts'

/** Every source there is, by the name that settings have for it. */
const SOURCES: Readonly<
  Record<CmdbSyncConfig['source']['system'], (cx: Context<CmdbSyncConfig>) => InventorySource>
> = { veeam: veeamSource, holdfast: holdfastSource }

/** Logs in to nothing yet. */
export function openSource(cx: Context<CmdbSyncConfig>): InventorySource {
  return SOURCES[cx.job.config.source.system](cx)
}
