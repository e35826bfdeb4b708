import { z } from 'zod'
import { vaultDisk } from './config/vault.ts'
import { givenName, idOf } from './ids.ts'
import { jsonValue } from './json.ts'
import { instant } from './units.ts'

/** A thing worth protecting, named the same way by every run: kind and key are its identity on its node. */
export const assetIdentity = z.object({
  kind: z.string(),
  /** Unique on its node: a path, a VM id, a database name. */
  key: z.string(),
  name: z.string(),
})
export type AssetIdentity = z.infer<typeof assetIdentity>

/** How thoroughly a restore point was or is to be checked. */
export const verifyLevel = z.enum(['sample', 'full'])
export type VerifyLevel = z.infer<typeof verifyLevel>

/** What can change about a restore point after it was made. Kept in the database and beside the data. */
export const restorePointMarks = z.object({
  protected: z.boolean(),
  verifiedAt: instant.nullable(),
  verifiedLevel: verifyLevel.nullable(),
  verifiedOk: z.boolean().nullable(),
})
export type RestorePointMarks = z.infer<typeof restorePointMarks>

export const NO_MARKS: RestorePointMarks = {
  protected: false,
  verifiedAt: null,
  verifiedLevel: null,
  verifiedOk: null,
}

/**
 * The small manifest that lies beside the data of every restore point. The catalog is rebuilt from these files,
 * so it names everything the database knows about the point.
 */
export const restorePointManifest = z.object({
  format: z.literal('holdfast-restore-point/1'),
  id: idOf('restorePoint'),
  jobId: idOf('job'),
  jobName: givenName,
  jobKind: z.string(),
  vaultId: idOf('vault'),
  /** Which disk of a disk set bears it; null on a vault of one place. */
  disk: vaultDisk.nullable().default(null),
  runId: idOf('run'),
  asset: assetIdentity,
  /** When the state was taken: the start of the copy, since nothing later is promised. */
  takenAt: instant,
  finishedAt: instant,
  sizeBytes: z.number().int(),
  /** Bytes this point added to the vault beyond what earlier ones already held. */
  addedBytes: z.number().int(),
  itemCount: z.number().int(),
  /** What only this kind of job knows. */
  details: z.record(z.string(), jsonValue),
})
export type RestorePointManifest = z.infer<typeof restorePointManifest>

/** A usable past state of an asset, as the catalog knows it. */
export const restorePoint = restorePointManifest
  .omit({ format: true })
  .extend(restorePointMarks.shape)
  .extend({
    /** Where in the vault: what the driver needs to find it again, readable by people. */
    location: z.string(),
    /** When its manifest was last seen on the vault. */
    confirmedAt: instant,
  })
export type RestorePoint = z.infer<typeof restorePoint>

/** Something in a restore point, as a file browser shows it. */
export const pointEntry = z.object({
  /** Relative to the asset, with what `paths` of a restore takes. */
  path: z.string(),
  name: z.string(),
  type: z.enum(['folder', 'file', 'link', 'other']),
  sizeBytes: z.number().nullable(),
  modifiedAt: instant.nullable(),
  /** Where a link points to. */
  target: z.string().nullable(),
})
export type PointEntry = z.infer<typeof pointEntry>
