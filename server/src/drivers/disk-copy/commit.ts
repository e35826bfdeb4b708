import { rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { NO_MARKS, type RestorePointManifest } from '@holdfast/contract'
import { setReadOnly } from '../../clients/block-devices/btrfs.ts'
import { syncDirectory, syncFile, writeDurably } from '../../clients/disks/durable-file.ts'
import type { NewPoint, RunContext } from '../driver.ts'
import type { Basis } from './building/basis.ts'
import type { DiskCopyConfig } from './config.ts'
import type { LeftOut } from './left-out.ts'
import type { GenerationDetails, SourceMount } from './on-vault/generations.ts'
import { stampOf } from './on-vault/layout.ts'
import {
  MANIFEST_FILE,
  MARKS_FILE,
  PARTIAL,
  REPLACED,
  SEEN_FILE,
  SUMS_FILE,
  TREE_FILE,
} from './on-vault/names.ts'
import { vaultOf } from './planning/plan.ts'
import type { BuildResult } from './proof/build.ts'

export interface FinishedCopy {
  readonly vaultPath: string
  readonly takenAt: Date
  readonly leftOut: LeftOut
  readonly listed: BuildResult
  readonly addedBytes: number
  readonly basis: Basis
  readonly sourceMount: SourceMount | null
  readonly exclude: readonly string[]
}

/** Turns a partial copy that is on the disk into a restore point. The rename is the moment it begins to exist. */
export async function commitGeneration(
  cx: RunContext<DiskCopyConfig>,
  copy: FinishedCopy,
): Promise<NewPoint> {
  const jobDirectory = join(copy.vaultPath, cx.job.id)
  const partial = join(jobDirectory, PARTIAL)
  const manifest = manifestOf(cx, copy)
  await syncFile(join(partial, TREE_FILE))
  if (copy.listed.sumsSha256 !== null) await syncFile(join(partial, SUMS_FILE))
  await writeDurably(join(partial, MARKS_FILE), `${JSON.stringify(NO_MARKS, null, 2)}\n`)
  await writeDurably(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  const data = join(partial, 'data')
  if (copy.basis.kind === 'snapshots') await setReadOnly(data, true, cx)
  else if (copy.basis.kind === 'mirror') {
    await syncFile(join(partial, SEEN_FILE))
    await rm(join(partial, REPLACED), { recursive: true, force: true })
  }
  const stamp = await freeStamp(jobDirectory, copy.takenAt)
  await rename(partial, join(jobDirectory, stamp))
  await syncDirectory(jobDirectory)
  return { manifest, location: `${cx.job.id}/${stamp}` }
}

/** Two runs of a job may begin within one second: the second one gets a number. */
async function freeStamp(jobDirectory: string, takenAt: Date): Promise<string> {
  const stamp = stampOf(takenAt)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stamp : `${stamp}-${number}`
    if ((await stat(join(jobDirectory, name)).catch(() => null)) === null) return name
  }
}

function manifestOf(cx: RunContext<DiskCopyConfig>, copy: FinishedCopy): RestorePointManifest {
  const { source } = cx.job.config
  const vault = vaultOf(cx.job.vault)
  const { leftOut } = copy
  const details = {
    layout: 'disk-copy/1',
    kind: copy.basis.kind,
    treeSha256: copy.listed.treeSha256,
    sumsSha256: copy.listed.sumsSha256,
    fileCount: copy.listed.fileCount,
    previous: copy.basis.kind === 'mirror' ? null : (copy.basis.previous?.location ?? null),
    complete: leftOut.complete,
    leftOut: [...leftOut.names],
    leftOutCount: leftOut.count,
    leftOutFolders: [...leftOut.folders],
    leftOutFolderCount: leftOut.folderCount,
    directoryCount: copy.listed.directoryCount,
    sourceMount: copy.sourceMount,
    exclude: [...copy.exclude],
    oneFileSystem: cx.job.config.oneFileSystem,
    attributes: copy.listed.attributes,
  } satisfies GenerationDetails
  return {
    format: 'holdfast-restore-point/1',
    id: cx.newPointId(),
    jobId: cx.job.id,
    jobName: cx.job.name,
    jobKind: cx.job.kind,
    vaultId: vault.id,
    disk: vault.disk,
    runId: cx.runId,
    asset: { kind: 'folder', key: source, name: basename(source) || source },
    takenAt: copy.takenAt.toISOString(),
    finishedAt: cx.now().toISOString(),
    sizeBytes: copy.listed.sizeBytes,
    addedBytes: copy.addedBytes,
    itemCount: copy.listed.itemCount,
    details,
  }
}
