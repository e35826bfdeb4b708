import { withDiskErrors } from '../../clients/disks/disk-error.ts'
import type { Driver } from '../driver.ts'
import { checkInfluxdbCopy } from './check.ts'
import { type InfluxdbCopyConfig, influxdbCopyConfig } from './config.ts'
import { runInfluxdbCopy } from './copying/run.ts'
import { influxdbToolkit } from './import/influxdb-toolkit.ts'
import { type InfluxdbCopyPlan, planInfluxdbCopy } from './planning/plan.ts'
import { jobLock } from './points/layout.ts'
import { influxdbPoints } from './points/points.ts'
import { influxdbRestore } from './restore/restore.ts'
import { influxdbCopyPhrases, influxdbCopyTexts } from './texts/texts.ts'
import { planToVault } from './to-vault/plan.ts'
import { runToVault } from './to-vault/run.ts'
import { isToVault } from './to-vault/vault-of.ts'

/** Copies databases of InfluxDB 1.x to another server or saves them in a vault, and proves that they are the same there. */
export const influxdbCopy: Driver<InfluxdbCopyConfig, InfluxdbCopyPlan> = {
  info: {
    kind: 'influxdb-copy',
    collection: 'influxdb-jobs',
    title: 'Copy databases of InfluxDB',
    protects: ['influxdb-database'],
    vaultKinds: ['directory', 'disk-set'],
    vaultOptional: true,
    insteadOfVault: 'destination',
    nodeKinds: ['influxdb'],
    resources: [jobLock],
    texts: influxdbCopyTexts,
    phrases: influxdbCopyPhrases,
  },
  config: influxdbCopyConfig,
  check: checkInfluxdbCopy,
  plan: (cx) => (isToVault(cx.job) ? withDiskErrors(() => planToVault(cx)) : planInfluxdbCopy(cx)),
  run: (cx, plan) =>
    isToVault(cx.job) ? withDiskErrors(() => runToVault(cx, plan)) : runInfluxdbCopy(cx, plan),
  nodeNames: ({ destination }) => (destination ? [destination.node] : []),
  points: influxdbPoints,
  restore: influxdbRestore,
  importers: [influxdbToolkit],
}
