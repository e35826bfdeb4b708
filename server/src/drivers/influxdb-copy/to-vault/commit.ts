import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HoldfastError, type RestorePointManifest } from '@holdfast/contract'
import { syncDirectory, syncFile, writeDurably } from '../../../clients/disks/durable-file.ts'
import { durationText } from '../../../clients/influxdb/durations.ts'
import { commitPoint } from '../../../point-directories/commit.ts'
import type { NewPoint, RunContext } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { withShortestShards } from '../copying/destination.ts'
import { isSelected } from '../planning/select.ts'
import type { DatabaseSchema } from '../points/files.ts'
import { sha256Of } from '../points/files.ts'
import {
  type DatabaseDetails,
  LISTED_FILES,
  SCHEMA_FILE,
  SOURCE_FILE,
  SUMS_FILE,
  WINDOWS_FILE,
} from '../points/layout.ts'
import { readRecords } from '../points/window-records.ts'
import type { Found } from './look.ts'
import type { Saved } from './saving/save-databases.ts'
import { vaultOf } from './vault-of.ts'

/** What the files of a restore point hold together. */
interface Listed {
  readonly windows: number
  readonly points: number
  readonly values: number
  readonly bytes: number
  readonly hashes: Pick<DatabaseDetails, 'windowsSha256' | 'schemaSha256' | 'sourceSha256' | 'sumsSha256'>
}

export interface Finished {
  readonly saved: Saved
  readonly listed: Listed
}

/** Writes what lies beside the data. */
export async function writeLists(
  cx: RunContext<InfluxdbCopyConfig>,
  saved: readonly Saved[],
): Promise<Finished[]> {
  const finished: Finished[] = []
  for (const one of saved) {
    const { found, unfinished, lacking } = one
    const { directory } = unfinished
    if (lacking.count > 0) await unfinished.writeSource(found, lacking.shardIds)
    const schema = `${JSON.stringify(schemaOf(found, cx.job.config), null, 2)}\n`
    await writeDurably(join(directory, SCHEMA_FILE), schema)
    finished.push({ saved: one, listed: await writeSums(directory) })
  }
  return finished
}

function schemaOf({ name, contents, queries }: Found, config: InfluxdbCopyConfig): DatabaseSchema {
  return {
    format: 'holdfast-influxdb-schema/1',
    database: name,
    retentionPolicies: contents.policies
      .filter(({ policy }) => isSelected(policy.name, config.retentionPolicies))
      .map((one) => {
        const { name, duration, shardDuration, replication, isDefault } = one.policy
        const finestShards = durationText(withShortestShards(one).shardDurationNs)
        return { name, duration, shardDuration, finestShards, replication, isDefault }
      }),
    continuousQueries: queries.map(({ name, statement }) => ({ name, statement })),
  }
}

const LINES_AT_ONCE = 1000

/** In the form of sha256sum(1); no name of ours needs an escape there. */
async function writeSums(directory: string): Promise<Listed> {
  const path = join(directory, SUMS_FILE)
  await rm(path, { force: true })
  const total = { windows: 0, points: 0, values: 0, bytes: 0 }
  {
    await using handle = await open(path, 'wx', 0o644)
    let lines: string[] = []
    for await (const record of readRecords(join(directory, WINDOWS_FILE))) {
      if (!record) throw new HoldfastError('invariant-broken', 'a line of the list of windows is not ours')
      total.windows += 1
      total.points += record.points
      total.values += record.values
      total.bytes += record.bytes
      lines.push(`${record.sha256}  ${record.path}\n`)
      if (lines.length < LINES_AT_ONCE) continue
      await handle.appendFile(lines.join(''))
      lines = []
    }
    for (const name of LISTED_FILES) lines.push(`${await hashOf(join(directory, name))}  ${name}\n`)
    await handle.appendFile(lines.join(''))
  }
  await syncFile(path)
  await syncDirectory(directory)
  const hashes = {
    windowsSha256: await hashOf(join(directory, WINDOWS_FILE)),
    schemaSha256: await hashOf(join(directory, SCHEMA_FILE)),
    sourceSha256: await hashOf(join(directory, SOURCE_FILE)),
    sumsSha256: await hashOf(path),
  }
  return { ...total, hashes }
}

async function hashOf(path: string): Promise<string> {
  const sha256 = await sha256Of(path)
  if (sha256 !== null) return sha256
  throw new HoldfastError('vault-foreign', `${path} on the vault is gone, or no file any more`, {
    details: { path },
  })
}

/** Turns what was saved of a database into a restore point. */
export async function commitDatabase(
  cx: RunContext<InfluxdbCopyConfig>,
  { jobDirectory, takenAt }: { jobDirectory: string; takenAt: Date },
  { saved, listed }: Finished,
): Promise<NewPoint> {
  const { found, unfinished, lacking } = saved
  const vault = vaultOf(cx)
  const details: DatabaseDetails = {
    layout: 'influxdb-database/1',
    ...listed.hashes,
    points: listed.points,
    values: listed.values,
    previous: found.previous?.point.location ?? null,
    selection: found.selection,
    complete: lacking.count === 0,
    lackingCount: lacking.count,
    lacking: lacking.named,
  }
  const manifest: RestorePointManifest = {
    format: 'holdfast-restore-point/1',
    id: cx.newPointId(),
    jobId: cx.job.id,
    jobName: cx.job.name,
    jobKind: cx.job.kind,
    vaultId: vault.id,
    disk: vault.disk,
    runId: cx.runId,
    asset: assetOf(cx, found),
    takenAt: takenAt.toISOString(),
    finishedAt: cx.now().toISOString(),
    sizeBytes: listed.bytes,
    addedBytes: unfinished.addedBytes,
    itemCount: listed.windows,
    details: { ...details },
  }
  return await commitPoint({ jobDirectory, partial: unfinished.directory, manifest })
}

export function assetOf(cx: RunContext, { name }: Found): RestorePointManifest['asset'] {
  return { kind: 'influxdb-database', key: name, name: `${cx.job.node?.name ?? ''}/${name}` }
}
