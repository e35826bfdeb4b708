import type { Driver } from '../driver.ts'
import { checkCmdbSync } from './check.ts'
import { type CmdbSyncConfig, cmdbSyncConfig } from './config.ts'
import { connectorConfig } from './import/connector-config.ts'
import { type CmdbSyncPlan, planCmdbSync } from './planning/plan.ts'
import { cmdbPreparation } from './preparation.ts'
import { runCmdbSync } from './run.ts'
import { cmdbSyncPhrases, cmdbSyncTexts } from './texts/texts.ts'

/** Keeps a CMDB true to the inventory of a backup system, and writes nothing that it does not own. */
export const cmdbSync: Driver<CmdbSyncConfig, CmdbSyncPlan> = {
  info: {
    kind: 'cmdb-sync',
    collection: 'cmdb-jobs',
    title: 'Keep a CMDB true',
    protects: [],
    vaultKinds: [],
    nodeKinds: ['cmdbuild'],
    namedNodeKinds: ['veeam'],
    resources: [],
    texts: cmdbSyncTexts,
    phrases: cmdbSyncPhrases,
  },
  config: cmdbSyncConfig,
  check: checkCmdbSync,
  plan: planCmdbSync,
  run: runCmdbSync,
  nodeNames: ({ source: { node } }) => (node === undefined ? [] : [node]),
  preparation: cmdbPreparation,
  importers: [connectorConfig],
}
