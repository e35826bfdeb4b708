import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { type BytePath, displayPath, tellPath } from '../../../clients/disks/byte-path.ts'
import type { HeldDirectory } from '../../../clients/disks/held-directory.ts'
import type { ItemKind } from '../../../clients/rsync/output.ts'
import { dryRun } from '../../../clients/rsync/rsync.ts'
import { mayGiveFilesAway } from '../../../kit/privileges.ts'
import type { RunContext } from '../../driver.ts'
import type { Generation } from '../on-vault/generations.ts'
import type { CompareRequest, CompareResult } from '../proof/compare.ts'
import type { Prover } from '../proof/prover.ts'
import { say } from '../texts/texts.ts'

export interface RestoredTree {
  readonly generation: Generation
  readonly target: HeldDirectory
  readonly only: readonly BytePath[] | null
}

/**
 * Holds what was restored against the listings, then against the restore point itself for what the listings do not
 * record (ACLs and extended attributes). Throws `restore-differs`, or `restore-point-damaged` when the fault lies there.
 */
export async function proveRestore(
  cx: RunContext,
  prover: Prover,
  restored: RestoredTree,
): Promise<CompareResult> {
  const { generation, target } = restored
  const keepsOwners = mayGiveFilesAway()
  const request: CompareRequest = {
    directory: generation.directory,
    root: target.inside,
    treeSha256: generation.details.treeSha256,
    sumsSha256: generation.details.sumsSha256,
    share: 1,
    only: restored.only,
    reportExtra: false,
    compareOwners: keepsOwners,
    attributes: generation.details.attributes,
  }
  const onProgress = (done: CompareResult) =>
    cx.progress({ doneItems: done.checkedItems, doneBytes: done.checkedBytes })
  const proof = await prover.compare(request, onProgress)
  if (!keepsOwners) cx.warn(say('restore.noOwners'))
  if (proof.checkedItems === 0) {
    throw new HoldfastError('restore-differs', 'the restore point holds nothing under the paths asked for', {
      hint: 'Paths are relative to the restore point; look at its TREE for the names.',
      details: { paths: (restored.only ?? []).map(tellPath) },
    })
  }
  const problems = proof.problemCount > 0 ? proof.problems : await attributeProblems(cx, restored)
  if (problems.length === 0) return proof
  const own = await prover.compare({ ...request, root: join(generation.directory, 'data') }, onProgress)
  const count = Math.max(proof.problemCount, problems.length)
  if (own.problemCount > 0) {
    throw new HoldfastError(
      'restore-point-damaged',
      `${own.problemCount} files of the restore point are damaged`,
      {
        details: { restorePointId: generation.manifest.id, problems: [...own.problems] },
      },
    )
  }
  throw new HoldfastError('restore-differs', `${count} restored files differ from the restore point`, {
    details: { target: target.path, problems: [...problems] },
  })
}

async function attributeProblems(cx: RunContext, restored: RestoredTree): Promise<string[]> {
  const problems: string[] = []
  const outcome = await dryRun(
    {
      source: join(restored.generation.directory, 'data'),
      target: restored.target,
      only: restored.only?.map((path) => Buffer.from(path, 'latin1')),
      keepExtra: true,
      // Where no hashes are kept, the contents are held against the vault itself.
      checksum: restored.generation.details.sumsSha256 === null,
      signal: cx.signal,
    },
    (item) => {
      if (item.entry !== 'directory' && problems.length < 100)
        problems.push(`${displayPath(item.path)}: ${differenceOf(item.kind)}`)
    },
  )
  // A folder that nobody may read was not readable when it was copied either: what the listings promise of it is there.
  const unread = outcome.leftOut.filter((name) => !outcome.leftOutFolders.includes(name))
  return [...problems, ...unread.map((name) => `${name}: could not be read`)]
}

function differenceOf(kind: ItemKind): string {
  return kind === 'attributes' ? 'its attributes differ' : 'it differs'
}
