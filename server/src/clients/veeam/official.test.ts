import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { officialDescription } from '../../../../tools/lab/official-descriptions.ts'
import { longListsBy, type ReadEntry } from './long-lists.ts'
import * as models from './models.ts'
import { ServerClock } from './server-clock.ts'

const clock = new ServerClock('Europe/Prague')
const { jobState } = models.modelsWith(clock)
const { backupObject, restorePoint } = longListsBy(clock)

const by =
  (schema: z.ZodType): ReadEntry<unknown> =>
  (entry) =>
    schema.parse(entry)

/** Of the examples in the official descriptions, those of lists that are read. */
const READERS: Readonly<Record<string, ReadEntry<unknown>>> = {
  ProxiesResultExample: by(models.proxy),
  ProxiesStatesResultExample: by(models.proxy),
  RepositoryStatesResultExample: by(models.repository),
  ScaleOutRepositoriesResultExample: by(models.scaleOutRepository),
  ManagedServersResultExample: by(models.managedServer),
  JobStatesResultExample: by(jobState),
  JobsResultExample: by(models.job),
  BackupsResultExample: by(models.backup),
  BackupObjectsResultExample: backupObject,
  AllBackupObjectsResultExample: backupObject,
  ObjectRestorePointsResultExample: restorePoint,
}

/** Examples by their names, however deep they stand. */
function examplesIn(document: unknown): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>()
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (name in READERS && Array.isArray(inner?.data)) found.set(name, inner.data)
      else walk(inner)
    }
  }
  walk(document)
  return found
}

describe.each(['1.3-rev2', '1.2-rev1'])('the official examples of %s', (revision) => {
  const document = officialDescription(`veeam-official-examples-${revision}.json`)

  it('are understood, entry by entry', () => {
    const examples = examplesIn(document)
    expect(examples.size).toBeGreaterThan(6)
    for (const [name, entries] of examples)
      for (const entry of entries) expect([name, READERS[name]?.(entry)]).toEqual([name, expect.any(Object)])
  })

  it('give what is joined', () => {
    const examples = examplesIn(document)
    const proxies = examples.get('ProxiesResultExample')?.map((entry) => models.proxy.parse(entry))
    expect(proxies?.every(({ hostId }) => hostId !== null)).toBe(true)
    const backups = examples.get('BackupsResultExample')?.map((entry) => models.backup.parse(entry))
    expect(backups?.map(({ jobId }) => jobId === null)).toEqual([false, true])
    const objects = examples.get('AllBackupObjectsResultExample')?.map((entry) => backupObject(entry))
    expect(objects?.map((object) => `${object?.platformName} ${object?.type}`)).toEqual([
      'CloudDirector NfcDir',
      'HyperV VM',
      'CloudDirector NfcDir',
      'VMware Template',
      'VMware VM',
    ])
  })
})
