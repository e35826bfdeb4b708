import { phraseText } from '@holdfast/contract'
import { describe, expect, test } from 'vitest'
import { SyncBench } from './testkit/sync-bench.ts'

/** A machine of a vCenter goes out of Veeam with all that was saved of it; what was taken comes back when it is called. */
function takeAway({ veeam }: SyncBench, name: string): () => void {
  const { estate } = veeam
  const [objects, points] = [estate.backupObjects, estate.restorePoints]
  const gone = new Set(objects.filter((one) => one.name === name).map(({ id }) => id))
  estate.backupObjects = objects.filter(({ id }) => !gone.has(id))
  estate.restorePoints = points.filter(({ backupObjectId }) => !gone.has(backupObjectId))
  return () => Object.assign(estate, { backupObjects: objects, restorePoints: points })
}

describe('a machine that is gone', () => {
  test('is missed, then marked once its grace is over, and comes back as it was', async () => {
    await using bench = await SyncBench.prepared()
    await bench.run()
    const before = bench.cards('VirtualServer').erp01
    const bringBack = takeAway(bench, 'erp01')
    for (const run of [1, 2]) {
      const { plan } = await bench.run()
      expect(plan.changes).toEqual([])
      expect(plan.untouched).toMatchObject([{ what: 'waiting', name: 'erp01' }])
      expect(Object.values(plan.missing)).toMatchObject([{ runs: run }])
      expect(plan.tally.machine.orphaned).toBe(1)
    }
    // The third run in a row, but less than a day: both must have passed.
    expect((await bench.run()).plan.changes).toEqual([])
    bench.later(1)
    const { plan } = await bench.run()
    expect(plan.guards).toEqual([])
    expect(plan.changes).toMatchObject([{ do: 'update', why: 'gone', name: 'erp01' }])
    expect(bench.cards('VirtualServer').erp01).toEqual({
      ...before,
      BackupStatus: 'Removed',
      LastUpdate: '2026-11-21T10:00:00+02:00',
    })
    expect((await bench.run()).plan.changes).toEqual([])
    bringBack()
    const back = await bench.run()
    expect(back.plan.changes).toMatchObject([{ do: 'update', why: 'back', name: 'erp01' }])
    expect(back.plan.missing).toEqual({})
    expect(bench.cards('VirtualServer').erp01).toMatchObject({ BackupStatus: 'Protected' })
  })

  test('leaves a person’s card to the person, without what the source alone said of it', async () => {
    await using bench = await SyncBench.prepared({ config: { orphans: { afterRuns: 1, afterDays: 0 } } })
    const byHand = { Code: 'VS7', Hostname: 'erp01', Alias: 'the books', IPAddress: '198.51.100.7' }
    const id = bench.cmdb.store.addCard('VirtualServer', byHand)
    await bench.run()
    expect(bench.cmdb.store.shown(id)).toMatchObject({ ...byHand, BackupStatus: 'Protected' })
    takeAway(bench, 'erp01')
    await bench.run()
    const shown = bench.cmdb.store.shown(id)
    expect(shown).toMatchObject({ ...byHand, SourceKey: expect.stringContaining('vm-103') })
    for (const fact of ['BackupStatus', 'LastBackup', 'BackupJob', 'Repository'])
      expect(shown).not.toHaveProperty(fact)
    expect((await bench.run()).plan.changes).toEqual([])
  })

  test.each(['unlink', 'delete', 'ignore'] as const)('%s does what it says', async (action) => {
    await using bench = await SyncBench.prepared({
      config: { orphans: { action, afterRuns: 1, afterDays: 0 } },
    })
    const byHand = bench.cmdb.store.addCard('VirtualServer', { Code: 'VS7', Hostname: 'orphan01' })
    await bench.run()
    takeAway(bench, 'erp01')
    takeAway(bench, 'orphan01')
    await bench.run()
    const cards = bench.cards('VirtualServer')
    const related = bench.related('InfrastructureCI').join('\n')
    expect('erp01' in cards).toBe(action !== 'delete')
    expect(bench.cmdb.store.findCard(byHand)).toBeDefined()
    expect('SourceKey' in (cards.orphan01 ?? {})).toBe(action === 'ignore')
    expect(related.includes('orphan01')).toBe(action === 'ignore')
    expect(related.includes('erp01')).toBe(action === 'ignore')
    expect((await bench.run()).plan.changes).toEqual([])
  })
})

describe('when much is gone at once', () => {
  const config = { orphans: { afterRuns: 1, afterDays: 0, holdAbove: 3 } }

  test('the run waits for a person, and the same thing is asked again until then', async () => {
    await using bench = await SyncBench.prepared({ config })
    await bench.run()
    const { estate } = bench.veeam
    estate.backupObjects = estate.backupObjects.filter(({ name }) => name === 'web01')
    const { guards, changes } = await bench.plan()
    expect(guards.map(({ code }) => code)).toEqual(['many-orphans'])
    expect(guards.map(({ message }) => phraseText(message)).join()).toContain('12 machines')
    expect(changes.filter((one) => one.do === 'update' && one.why === 'gone')).toHaveLength(12)
    // Whoever approves, approves these words.
    expect((await bench.plan()).guards).toEqual(guards)
    await bench.run()
    expect(bench.cards('VirtualServer').erp01).toMatchObject({ BackupStatus: 'Removed' })
    expect((await bench.plan()).guards).toEqual([])
  })

  test('a source that lists nothing any more is asked about, however few those were', async () => {
    await using bench = await SyncBench.prepared({ config: { orphans: { afterRuns: 1, afterDays: 0 } } })
    await bench.run()
    bench.veeam.estate.jobs = []
    bench.veeam.estate.backups = []
    const { guards } = await bench.plan()
    expect(guards.map(({ code }) => code)).toContain('source-empty')
  })

  test('nothing is missed while a list cannot be read', async () => {
    await using bench = await SyncBench.prepared({ config })
    await bench.run()
    bench.veeam.faults.forbid('backupObjects')
    const { plan, cx } = await bench.run()
    expect(plan).toMatchObject({ changes: [], guards: [], missing: {} })
    expect(cx.warnings.join('\n')).toContain('backupObjects')
  })
})
