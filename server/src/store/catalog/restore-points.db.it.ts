import { NO_MARKS, type PointFilter, type RestorePointManifest } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EVERYTHING } from '../../engine/control/scope.ts'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'
import { newId } from '../../kit/ids.ts'

const kept = scriptedDriver('kept')
const driver = { ...kept, info: { ...kept.info, vaultKinds: ['directory' as const] } }
const SEEN = new Date('2026-11-20T12:00:00Z')

let lab: EngineLab
let jobId: string
let vaultId: string

beforeEach(async () => {
  lab = await openEngineLab([driver])
  await lab.apply({
    vaults: ['v', 'w'].map((name) => ({ name, kind: 'directory', path: `/nowhere/${name}` })),
    policies: [{ name: 'p', rpo: '1d', retention: { keepLast: 1 } }],
    jobs: [
      { name: 'a', kind: 'kept', vault: 'v', policy: 'p' },
      { name: 'b', kind: 'kept', vault: 'v' },
    ],
  })
  jobId = (await lab.deps.store.objects.job('a'))?.id ?? ''
  vaultId = (await lab.deps.store.objects.vault('v'))?.id ?? ''
})
afterEach(() => lab[Symbol.asyncDispose]())

const store = () => lab.deps.store.points

function point(takenAt: string, changes: Partial<RestorePointManifest> = {}) {
  const manifest: RestorePointManifest = {
    format: 'holdfast-restore-point/1',
    id: newId('restorePoint'),
    jobId,
    jobName: 'a',
    jobKind: 'kept',
    vaultId,
    disk: null,
    runId: newId('run'),
    asset: { kind: 'folder', key: '/x', name: 'x' },
    takenAt,
    finishedAt: takenAt,
    sizeBytes: 5_000_000_000_000,
    addedBytes: 3_000_000_000,
    itemCount: 3,
    details: { note: 'a "quoted" \\ text', deep: [1, null, { a: true }] },
    ...changes,
  }
  return { manifest, location: `${jobId}/${takenAt}` }
}

const noon = '2026-11-20T12:00:00.000Z'
const eleven = '2026-11-20T11:00:00.000Z'
const ten = '2026-11-20T10:00:00.000Z'

describe('the catalog', () => {
  test('gives back every fact of a manifest, newest first', async () => {
    const points = [point(ten), point(noon), point(eleven)]
    expect(await store().add(points, SEEN)).toEqual({ added: 3, confirmed: 0 })
    const listed = await store().list({ jobId })
    expect(listed.map((found) => found.takenAt)).toEqual([noon, eleven, ten])
    const { format, ...facts } = points[1]?.manifest ?? point(noon).manifest
    expect(format).toBe('holdfast-restore-point/1')
    expect(listed[0]).toEqual({
      ...facts,
      ...NO_MARKS,
      location: points[1]?.location,
      confirmedAt: SEEN.toISOString(),
      nodeId: null,
      state: 'present',
      inUse: false,
      byHand: false,
    })
    expect(await store().list({ vaultId, limit: 2 })).toHaveLength(2)
    expect(await store().list({ vaultId: 'vlt_000000000000' })).toEqual([])
  })

  test('confirms what it knows: a later sight moves place and time, and leaves the marks alone', async () => {
    const known = point(noon)
    await store().add([known], SEEN)
    const marks = { protected: true, verifiedAt: noon, verifiedLevel: 'full', verifiedOk: true } as const
    await store().setVerified(known.manifest.id, marks)
    await store().setProtected(known.manifest.id, marks.protected)
    const later = new Date('2026-11-21T12:00:00Z')
    const found = { ...known, location: 'elsewhere', marks: NO_MARKS }
    expect(await store().add([found, point(ten)], later)).toEqual({ added: 1, confirmed: 1 })
    expect(await store().get(known.manifest.id)).toMatchObject({
      ...marks,
      location: 'elsewhere',
      confirmedAt: later.toISOString(),
    })
  })

  test('takes the marks that lie beside a point which it does not know', async () => {
    const marks = { protected: true, verifiedAt: noon, verifiedLevel: 'sample', verifiedOk: false } as const
    const found = { ...point(noon), marks }
    await store().add([found], SEEN)
    expect(await store().get(found.manifest.id)).toMatchObject(marks)
  })

  test('a missing point that is seen again is back, one that is being removed stays so', async () => {
    const [missing, removing] = [point(noon), point(ten)]
    await store().add([missing, removing], SEEN)
    await store().setMissing(missing.manifest.id)
    await store().beginRemoval(removing.manifest.id)
    expect(await store().list({ jobId })).toEqual([])
    expect(await store().list({ jobId, anyState: true })).toHaveLength(2)
    await store().add([missing, removing], SEEN)
    expect(await store().get(missing.manifest.id)).toMatchObject({ state: 'present' })
    expect(await store().get(removing.manifest.id)).toMatchObject({ state: 'removing' })
  })

  test('forgets only what is being removed', async () => {
    const [stays, goes] = [point(noon), point(ten)]
    await store().add([stays, goes], SEEN)
    await store().beginRemoval(goes.manifest.id)
    for (const { manifest } of [stays, goes]) await store().remove(manifest.id)
    expect((await store().list({ anyState: true })).map(({ id }) => id)).toEqual([stays.manifest.id])
  })

  test('refuses a manifest that is none, and adds nothing of the batch', async () => {
    const wrong = point(noon, { id: 'nonsense' })
    await expect(store().add([point(ten), wrong], SEEN)).rejects.toThrow()
    expect(await store().list({ anyState: true })).toEqual([])
  })

  test('knows which points a run is using', async () => {
    const used = point(noon)
    await store().add([used, point(ten)], SEEN)
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const owner = { claim: 'c', workerId: 'wrk_000000000000', now: new Date() }
    const lock = { name: `point:${used.manifest.id}`, mode: 'shared' as const }
    await lab.deps.store.runs.claim(id, owner, () => ({ action: 'start', locks: [lock] }))
    expect((await store().list({ jobId })).map(({ inUse }) => inUse)).toEqual([true, false])
  })

  test('sums up each vault: all of the oldest point, and what each later one added', async () => {
    const gone = point(ten)
    await store().add([point(noon), gone], SEEN)
    expect(await store().vaultTotals(EVERYTHING)).toMatchObject([
      { name: 'v', kind: 'directory', pointCount: 2, sizeBytes: 5_003_000_000_000 },
      { name: 'w', pointCount: 0, sizeBytes: 0 },
    ])
    await store().setMissing(gone.manifest.id)
    expect(await store().vaultTotals(EVERYTHING)).toMatchObject([
      { pointCount: 1, sizeBytes: 5_000_000_000_000 },
      {},
    ])
  })
})

describe('a page of restore points', () => {
  const takenAt = async (filter: PointFilter, nodeIds: string[] | null = null) =>
    (await store().page(filter, { nodeIds })).items.map((found) => found.takenAt)

  test('goes from the newest to the oldest, and leaves out and repeats none of the same time', async () => {
    const points = [ten, noon, eleven, noon, noon, ten].map((at) => point(at))
    await store().add(points, SEEN)
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await store().page({ limit: 2, after }, EVERYTHING)
      seen.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    const sorted = points
      .map(({ manifest }) => manifest)
      .toSorted((a, b) => b.takenAt.localeCompare(a.takenAt) || (a.id < b.id ? 1 : -1))
    expect(seen).toEqual(sorted.map(({ id }) => id))
  })

  test('holds what the filter names', async () => {
    const otherJob = (await lab.deps.store.objects.job('b'))?.id ?? ''
    const asset = { kind: 'folder', key: '/srv/Photos', name: 'album_1' }
    const gone = point('2026-11-20T09:00:00.000Z')
    await store().add([point(noon), point(eleven, { asset }), point(ten, { jobId: otherJob }), gone], SEEN)
    await store().setMissing(gone.manifest.id)
    expect(await takenAt({})).toEqual([noon, eleven, ten])
    expect(await takenAt({ job: jobId })).toEqual([noon, eleven])
    expect(await takenAt({ vault: 'vlt_000000000000' })).toEqual([])
    expect(await takenAt({ from: eleven })).toEqual([noon, eleven])
    expect(await takenAt({ to: eleven })).toEqual([ten])
    expect(await takenAt({ q: 'photos' })).toEqual([eleven])
    expect(await takenAt({ q: 'ALBUM_' })).toEqual([eleven])
    expect(await takenAt({ q: 'm%1' })).toEqual([])
    expect(await takenAt({}, ['nod_000000000000'])).toEqual([])
    await expect(takenAt({ after: 'x' })).rejects.toMatchObject({ code: 'request-invalid' })
  })
})
