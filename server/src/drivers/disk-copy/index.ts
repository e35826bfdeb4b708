import { withDiskErrors } from '../../clients/disks/disk-error.ts'
import type { Driver } from '../driver.ts'
import { checkCopy } from './check.ts'
import { type DiskCopyConfig, diskCopyConfig } from './config.ts'
import { configIni } from './import/config-ini.ts'
import { jobLock } from './on-vault/lock.ts'
import { type DiskCopyPlan, planCopy } from './planning/plan.ts'
import { diskCopyPoints } from './points/points.ts'
import { diskCopyRestore } from './points/restore.ts'
import { runCopy } from './run.ts'
import { diskCopyPhrases, diskCopyTexts } from './texts/texts.ts'

/** Copies a folder to a directory or a mounted disk: whole generations that share unchanged files by hard links. */
export const diskCopy: Driver<DiskCopyConfig, DiskCopyPlan> = {
  info: {
    kind: 'disk-copy',
    collection: 'copy-jobs',
    title: 'Copy a folder to a disk',
    protects: ['folder'],
    vaultKinds: ['directory', 'disk-set'],
    resources: [jobLock],
    texts: diskCopyTexts,
    phrases: diskCopyPhrases,
  },
  config: diskCopyConfig,
  check: (cx) => withDiskErrors(() => checkCopy(cx)),
  plan: (cx) => withDiskErrors(() => planCopy(cx)),
  run: (cx, plan) => withDiskErrors(() => runCopy(cx, plan)),
  sourcePaths: ({ source }) => [source],
  points: diskCopyPoints,
  restore: diskCopyRestore,
  importers: [configIni],
}
