import { describe, expect, test } from 'vitest'
import type { CatalogPoint } from '../ports.ts'
import { retentionOf } from './prune.ts'

const now = new Date('2026-11-20T12:00:00Z')
const policy = {
  id: 'pol_000000000000',
  name: 'p',
  retention: { keepLast: 1 },
  verification: { afterRun: 'none' as const, samplePercent: 5, maxAge: '30d' },
}

function point(name: string, takenAt: string, changes: Partial<CatalogPoint> = {}): CatalogPoint {
  return {
    id: `rp_${name}`,
    jobId: 'job_a',
    jobName: 'a',
    jobKind: 'x',
    vaultId: 'vlt_a',
    disk: null,
    runId: 'run_a',
    nodeId: null,
    asset: { kind: 'folder', key: '/a', name: 'a' },
    takenAt,
    finishedAt: takenAt,
    sizeBytes: 1,
    addedBytes: 1,
    itemCount: 1,
    details: { complete: true },
    location: name,
    protected: false,
    verifiedAt: null,
    verifiedLevel: null,
    verifiedOk: null,
    confirmedAt: takenAt,
    state: 'present',
    inUse: false,
    byHand: false,
    ...changes,
  }
}

const kept = (points: CatalogPoint[]) =>
  retentionOf({ policy }, points, now)
    .filter((line) => line.keep)
    .map((line) => line.restorePointId)
    .sort()

describe('retention of a job', () => {
  test('keeps the newest complete point beside what the rules want', () => {
    const lacking = { details: { complete: false } }
    const points = [
      point('old', '2026-11-17T00:00:00Z'),
      point('full', '2026-11-18T00:00:00Z'),
      point('new', '2026-11-19T00:00:00Z', lacking),
    ]
    expect(kept(points)).toEqual(['rp_full', 'rp_new'])
  })

  test('a point dated in the future stays and takes no place', () => {
    const points = [
      point('ahead', '2033-01-01T00:00:00Z'),
      point('today', '2026-11-20T11:00:00Z'),
      point('yesterday', '2026-11-19T11:00:00Z'),
    ]
    expect(kept(points)).toEqual(['rp_ahead', 'rp_today'])
  })

  test('every asset has its own rules', () => {
    const other = { asset: { kind: 'folder', key: '/b', name: 'b' } }
    expect(kept([point('a', '2026-11-19T00:00:00Z'), point('b', '2026-11-18T00:00:00Z', other)])).toEqual([
      'rp_a',
      'rp_b',
    ])
  })
})
