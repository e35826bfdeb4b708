import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RestorePointManifest } from '@holdfast/contract'
import { setReadOnly } from '../../clients/block-devices/btrfs.ts'
import { syncFile } from '../../clients/disks/durable-file.ts'
import { commitPoint } from '../../point-directories/commit.ts'
import { DATA, PARTIAL } from '../../point-directories/names.ts'
import type { NewPoint, RunContext } from '../driver.ts'
import type { Basis } from './building/basis.ts'
import type { DiskCopyConfig } from './config.ts'
import type { LeftOut } from './left-out.ts'
import type { GenerationDetails, SourceMount } from './on-vault/generations.ts'
import { REPLACED, SEEN_FILE, SUMS_FILE, TREE_FILE } from './on-vault/names.ts'
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
  const seal = async () => {
    if (copy.basis.kind === 'snapshots') await setReadOnly(join(partial, DATA), true, cx)
    if (copy.basis.kind !== 'mirror') return
    await syncFile(join(partial, SEEN_FILE))
    await rm(join(partial, REPLACED), { recursive: true, force: true })
  }
  return await commitPoint({ jobDirectory, partial, manifest, seal })
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
