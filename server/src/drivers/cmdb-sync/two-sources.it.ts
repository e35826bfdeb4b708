import type { JsonValue } from '@holdfast/contract'
import { expect, test } from 'vitest'
import type { Estate } from '../driver.ts'
import { SyncBench } from './testkit/sync-bench.ts'

const at = '2026-11-20T05:00:00.000Z'
const seen = { lastSeenAt: at, newestGoodAt: at, coverage: 'covered' } as const

function estateOf(): Estate {
  const asset = (id: string, kind: string, name: string) => ({
    ...{ id, kind, name, key: id, nodeId: 'node_1', jobId: 'job_1', ...seen },
  })
  return {
    installationId: 'ins_1',
    nodes: [
      { id: 'node_1', name: 'pve', kind: 'influxdb', host: 'px-multi.office.example' },
      { id: 'node_2', name: 'here', kind: 'host', host: null },
    ],
    vaults: [{ id: 'vault_1', name: 'shelf', kind: 'directory', usedBytes: 2 ** 40, freeBytes: 2 ** 39 }],
    jobs: [
      {
        ...{ id: 'job_1', name: 'guests', kind: 'guest-replication', enabled: true, nodeId: 'node_1' },
        ...{ vaultId: 'vault_1', nextRunAt: null, lastRun: { finishedAt: at, outcome: 'success' } },
      },
    ],
    assets: [
      asset('asset_1', 'vm', 'web01'),
      asset('asset_2', 'container', 'dns1'),
      asset('asset_3', 'influxdb-database', 'metrics'),
      asset('asset_4', 'folder', '/srv'),
    ],
  }
}

/** Two jobs on one CMDB, each with what it remembers. */
class Both {
  readonly bench: SyncBench
  readonly #remembered = new Map<string, JsonValue>()

  constructor(bench: SyncBench) {
    this.bench = bench
    bench.world.estate = estateOf()
  }

  as(system: 'veeam' | 'holdfast'): void {
    const node = system === 'veeam' ? { node: 'vbr' } : {}
    this.bench.set({ source: { system, ...node } })
    this.bench.world.remembered = this.#remembered.get(system) ?? null
  }

  async run(system: 'veeam' | 'holdfast') {
    this.as(system)
    this.bench.cmdb.forgetRequests()
    const ran = await this.bench.run()
    this.#remembered.set(system, this.bench.world.remembered)
    return { ...ran, writes: this.bench.cmdb.writeRequests }
  }
}

async function prepared(): Promise<Both> {
  const both = new Both(await SyncBench.start({ cmdb: { fixture: 'ready2use' } }))
  for (const system of ['veeam', 'holdfast'] as const) {
    both.as(system)
    await both.bench.prepare()
  }
  return both
}

test('Holdfast’s own estate is kept in the same way', async () => {
  const both = await prepared()
  await using bench = both.bench
  const { result } = await both.run('holdfast')
  expect(result.counts).toMatchObject({ failed: 0, sourceCalls: 0 })
  expect(bench.cards('Infrastructure').Holdfast).toMatchObject({ Code: 'HOLDFAST', Type: 'Holdfast' })
  expect(bench.cards('VirtualServer')).toMatchObject({
    dns1: { Code: 'asset_2', BackupStatus: 'Protected', Coverage: 'covered', BackupJob: 'job_1' },
  })
  expect(bench.cards('Storage').shelf).toMatchObject({
    Type: 'HoldfastVault',
    Capacity: 1536,
    FreeSpace: 512,
  })
  expect(bench.cards('Database').metrics).toMatchObject({ BackupStatus: 'Protected', Repository: 'shelf' })
  expect(bench.cards('BackupJob').guests).toMatchObject({ LastResult: 'success', Repository: 'shelf' })
  expect(bench.cards('PhysicalServer')).toHaveProperty(['px-multi.office.example'])
  expect((await both.run('holdfast')).writes).toBe(0)
})

test.each([
  ['veeam', 'holdfast'],
  ['holdfast', 'veeam'],
] as const)('%s and then %s share a CMDB, and neither undoes what the other wrote', async (one, other) => {
  const both = await prepared()
  await using bench = both.bench
  expect((await both.run(one)).result.counts.failed).toBe(0)
  const cards = bench.cards('VirtualServer')
  expect((await both.run(other)).result.counts.failed).toBe(0)
  // What is one machine is one card, and remains that of whoever was first.
  expect(bench.cmdb.store.cards('VirtualServer')).toHaveLength(11)
  expect(bench.cards('VirtualServer').web01).toMatchObject({ SourceKey: cards.web01?.SourceKey })
  expect(bench.cards('VirtualServer').web01?.BackupJob).toBe(cards.web01?.BackupJob)
  const px = Object.keys(bench.cards('PhysicalServer')).filter((name) => name.startsWith('px-multi'))
  expect(px).toHaveLength(1)
  const related = bench.related('InfrastructureCI').filter((text) => text.endsWith('> web01'))
  expect(related).toEqual(['Holdfast > web01', 'Veeam Backup Infrastructure > web01'])
  for (const system of [one, other, one, other]) {
    const { writes, plan } = await both.run(system)
    expect(plan.changes).toEqual([])
    expect(writes).toBe(0)
  }
})
