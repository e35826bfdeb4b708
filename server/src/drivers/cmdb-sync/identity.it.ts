import { expect, it } from 'vitest'
import { SyncBench } from './testkit/sync-bench.ts'

it('knows its cards again when the right to read who the server is comes and goes', async () => {
  await using bench = await SyncBench.start({ config: { backupsOfLast: '20000d' } })
  await bench.prepare()
  await bench.run()
  bench.veeam.faults.forbid('serverInfo')
  expect((await bench.run()).plan.changes).toEqual([])
  expect((await bench.plan()).changes).toEqual([])
})

it('tells two servers apart that do not say who they are, although both bear the same code', async () => {
  await using one = await SyncBench.start({ config: { backupsOfLast: '20000d' } })
  await using other = await SyncBench.start({ config: { backupsOfLast: '20000d' } })
  const keys = []
  for (const bench of [one, other]) {
    bench.veeam.faults.forbid('serverInfo')
    const [first] = (await bench.plan()).changes
    keys.push(first && 'key' in first ? first.key : null)
    expect(keys.at(-1)).toBe(
      `veeam:VEEAM-BACKUP@${new URL(bench.veeam.url).host}/infrastructure/VEEAM-BACKUP`,
    )
  }
  expect(keys[0]).not.toBe(keys[1])
})

it('takes the same server up again when it was installed anew', async () => {
  await using bench = await SyncBench.start({ config: { backupsOfLast: '20000d' } })
  await bench.prepare()
  await bench.run()
  const count = bench.cmdb.store.cards('VirtualServer').length
  bench.veeam.estate.serverInfo.vbrId = 'a1b2c3d4-0000-4000-8000-000000000000'
  for (const job of bench.veeam.estate.jobs.slice(0, 1)) job.name = 'called otherwise now'
  const { plan } = await bench.run()
  expect(plan.changes.filter(({ do: what }) => what === 'create')).toEqual([])
  expect(bench.cmdb.store.cards('VirtualServer')).toHaveLength(count)
  expect(Object.keys(bench.cards('BackupJob'))).toContain('called otherwise now')
  expect((await bench.run()).plan.changes).toEqual([])
})

it('asks before it makes a whole CMDB once more, when its user sees no cards any longer', async () => {
  await using bench = await SyncBench.start({ config: { backupsOfLast: '20000d' } })
  await bench.prepare()
  await bench.run()
  bench.cmdb.store.cards = () => []
  const { guards } = await bench.plan()
  expect(guards.map(({ code }) => code)).toContain('cards-vanished')
})
