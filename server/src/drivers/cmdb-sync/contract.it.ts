import { expect } from 'vitest'
import { type DriverFixture, describeDriverContract } from '../contract-suite.ts'
import type { CmdbSyncConfig } from './config.ts'
import { cmdbSync } from './index.ts'
import { SyncBench } from './testkit/sync-bench.ts'

const makeFixture = async (): Promise<DriverFixture<CmdbSyncConfig>> => {
  const bench = await SyncBench.start({ config: { backupsOfLast: '20000d' } })
  const { veeam, cmdb } = bench
  await prepare(bench)
  let changes = 0
  return {
    job: bench.job,
    canary: 'canary of a person',
    secrets: bench.secrets,
    snapshot: async () => ({ veeam: JSON.parse(JSON.stringify(veeam.estate)), cmdb: cmdb.snapshot() }),
    change: async () => {
      changes += 1
      for (const job of veeam.estate.jobs) job.name = `${job.name} ${changes}`
    },
    leftovers: async () => (cmdb.openSessions > 0 || veeam.openSessions > 0 ? ['a session'] : []),
    prove: async () => {
      expect((await bench.plan()).changes).toEqual([])
      expect(cmdb.store.cards('BackupJob').length).toBeGreaterThan(0)
    },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  }
}

/** What the CMDB lacks is made, and a person has written something that nobody else is to see or touch. */
async function prepare(bench: SyncBench): Promise<void> {
  const cx = bench.context()
  const { preparation } = cmdbSync
  await preparation?.run(cx, await preparation.plan(cx))
  bench.cmdb.store.addCard('VirtualServer', { Code: 'VS1', Hostname: 'mail', Notes: 'canary of a person' })
}

describeDriverContract(cmdbSync, makeFixture, { vault: false })
