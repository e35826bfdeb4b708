import { describe, expect, test } from 'vitest'
import { LAB_VERSIONS, type LabVersion, THIS_SERVER_ID } from '../../../../tools/lab/veeam/veeam-lab.ts'
import { SyncBench } from './testkit/sync-bench.ts'

const ALL_RELATIONS = {
  relations: ['in-infrastructure', 'job-on-storage', 'machine-in-job', 'machine-by-proxy'],
}

const CLASSES = ['Infrastructure', 'VirtualServer', 'PhysicalServer', 'Storage', 'BackupJob']

/** Nothing was written, and nobody even logged in to write. */
async function expectQuiet(bench: SyncBench): Promise<void> {
  const before = bench.cmdb.snapshot()
  bench.cmdb.forgetRequests()
  const { result } = await bench.run()
  expect(result.counts).toMatchObject({ created: 0, updated: 0, deleted: 0, related: 0, cmdbWrites: 0 })
  expect(bench.cmdb.writeRequests).toBe(0)
  expect(bench.cmdb.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  expect(bench.cmdb.snapshot()).toEqual(before)
}

describe('a first run into a new CMDB', () => {
  test('makes one card for each thing, with what is known of it', async () => {
    await using bench = await SyncBench.prepared({ config: ALL_RELATIONS })
    const { result, cx } = await bench.run()
    expect(result.counts).toMatchObject({ created: 38, related: 52, failed: 0, ambiguous: 0, blocked: 0 })
    expect(cx.warnings).toEqual([])
    expect(bench.cards('Infrastructure')).toEqual({
      'Veeam Backup Infrastructure': {
        Code: 'VEEAM-BACKUP',
        Name: 'Veeam Backup Infrastructure',
        Type: 'VeeamBackup',
        SourceKey: 'veeam:f2ef2bfd-0000-4000-8000-00000000000f/infrastructure/VEEAM-BACKUP',
      },
    })
    expect(bench.cmdb.store.cards('PhysicalServer')).toHaveLength(8)
    expect(bench.cards('PhysicalServer')).toMatchObject({
      // Three proxies are one machine, which is online as long as those in use are.
      'px-multi.office.example': { Type: 'VeeamProxy', OS: 'Windows', BackupStatus: 'Online' },
      // What calls itself "This server".
      'vbr01.office.example': { Code: THIS_SERVER_ID, Type: 'VeeamProxy' },
      // Called by its address, which is no name.
      '00000001-0000-4000-8000-000000000003': { IPAddress: '192.0.2.67', OS: 'Linux' },
      // Agents protect physical machines.
      'db-phys01.office.example': {
        Code: 'linuxphysical:db-phys01.office.example',
        OS: 'Linux',
        LastBackup: '2026-11-20T01:00:00+02:00',
      },
    })
    expect(bench.cards('Storage')).toMatchObject({
      'SOBR Office': { Capacity: 5000.5, FreeSpace: 2000.3, Type: 'VeeamRepository' },
      Hardened: { BackupStatus: 'Offline' },
    })
    expect(bench.cards('Storage')['Offsite S3']).not.toHaveProperty('Capacity')
    expect(bench.cards('BackupJob')).toMatchObject({
      'Servers nightly': { Repository: 'SOBR Office', LastResult: 'Success' },
      'From tomorrow': { Type: 'QuantumBackup', BackupStatus: 'Hibernating', LastResult: 'Undecided' },
    })
    expect(bench.cards('BackupJob')['Array snapshots']).not.toHaveProperty('Repository')
    expect(bench.cards('BackupJob').Databases).not.toHaveProperty('NextRun')
    expect(bench.cards('BackupJob')['Brand new']).not.toHaveProperty('LastRun')
  })

  test('takes machines of one name in two vCenters for two, and one in two jobs for one', async () => {
    await using bench = await SyncBench.prepared({ config: ALL_RELATIONS })
    await bench.run()
    const machines = bench.cmdb.store.cards('VirtualServer').map(({ id }) => bench.cmdb.store.shown(id))
    expect(machines).toHaveLength(10)
    expect(machines.filter(({ Hostname }) => Hostname === 'app01').map(({ Code }) => Code)).toEqual([
      'vmware:vcenter01.office.example:vm-102',
      'vmware:vcenter02.office.example:vm-102',
    ])
    // It belongs to the job that saved it last, and is related to all three.
    expect(bench.cards('VirtualServer').web01).toMatchObject({
      Code: 'vmware:vcenter01.office.example:vm-101',
      BackupJob: '00000005-0000-4000-8000-000000000002',
      LastBackup: '2026-11-20T09:00:00+02:00',
    })
    const related = bench.related('CIDependency')
    expect(related.filter((one) => one.startsWith('web01'))).toEqual([
      'web01 > Copy to S3',
      'web01 > Databases',
      'web01 > Servers nightly',
      'web01 > px-multi.office.example',
    ])
    expect(related.filter((one) => one.startsWith('Into the void'))).toEqual([])
    expect(bench.related('InfrastructureCI')).toHaveLength(26)
    expect(bench.related('InfrastructureCI')).toContain('Veeam Backup Infrastructure > SOBR Office')
  })

  test('is prepared once: what is there already is left as it is', async () => {
    await using bench = await SyncBench.prepared()
    const before = bench.cmdb.snapshot()
    bench.cmdb.forgetRequests()
    expect(await bench.prepare()).toMatchObject({ counts: { made: 0 } })
    expect(bench.cmdb.writeRequests).toBe(0)
    expect(bench.cmdb.snapshot()).toEqual(before)
  })
})

describe('a second run', () => {
  test('writes nothing, nor does any later one', async () => {
    await using bench = await SyncBench.prepared({ config: ALL_RELATIONS })
    await bench.run()
    await expectQuiet(bench)
    bench.later(1 / 24)
    await expectQuiet(bench)
  })

  test('writes what has changed and nothing else', async () => {
    await using bench = await SyncBench.prepared()
    await bench.run()
    const [job] = bench.veeam.estate.jobs
    if (job) job.lastResult = 'Failed'
    bench.later(1 / 24)
    bench.cmdb.forgetRequests()
    const { plan } = await bench.run()
    const at = { before: '2026-11-20T08:00:00.000Z', after: '2026-11-20T09:00:00.000Z' }
    const values = { LastResult: { before: 'Success', after: 'Failed' }, LastUpdate: at }
    expect(plan.changes).toEqual([
      expect.objectContaining({ do: 'update', why: 'differs', name: 'Servers nightly', values }),
    ])
    expect(bench.cmdb.writeRequests).toBe(1)
  })
})

describe('an older Veeam', () => {
  test.each(LAB_VERSIONS.slice(1))(
    'that speaks %s gives the same CMDB, as far as it knows',
    async (version) => {
      const contents = async (versions: readonly LabVersion[]) => {
        await using bench = await SyncBench.prepared({ veeam: { versions }, config: ALL_RELATIONS })
        expect((await bench.run()).result.counts.failed).toBe(0)
        await expectQuiet(bench)
        const cards = CLASSES.flatMap((one) => Object.entries(bench.cards(one)))
        return { cards: Object.fromEntries(cards), relations: bench.related('CIDependency') }
      }
      const [older, newest] = [await contents([version]), await contents(LAB_VERSIONS)]
      // The oldest lists no jobs but those of virtual machines.
      const unknown = Object.keys(newest.cards).filter((name) => !(name in older.cards))
      const types = unknown.map((name) => newest.cards[name]?.Type)
      expect(types).not.toContain('VSphereBackup')
      expect(types.length > 0).toBe(version === '1.2-rev1')
      for (const [name, values] of Object.entries(older.cards)) {
        // The oldest knows guests of Hyper-V by their names alone.
        const { Code: _code, Description: _made, SourceKey: _key, ...known } = values
        expect(newest.cards[name]).toMatchObject(name === 'hvguest01' ? known : values)
      }
      const known = newest.relations.filter((one) => !unknown.some((name) => one.split(' > ').includes(name)))
      expect(older.relations).toEqual(known)
    },
  )

  test('that is replaced by a newer one costs no card its history', async () => {
    await using bench = await SyncBench.prepared()
    const speak = (apiVersion: LabVersion) => {
      const { vbr } = bench.job.nodes
      if (vbr?.kind === 'veeam')
        bench.job = { ...bench.job, nodes: { ...bench.job.nodes, vbr: { ...vbr, apiVersion } } }
    }
    speak('1.2-rev1')
    await bench.run()
    const ids = () => CLASSES.flatMap((one) => bench.cmdb.store.cards(one).map(({ id }) => id))
    const before = ids()
    const machines = ['VirtualServer', 'PhysicalServer'].flatMap((one) => bench.cmdb.store.cards(one))
    for (const version of LAB_VERSIONS.toReversed()) {
      speak(version)
      await bench.run()
    }
    expect(ids()).toEqual(expect.arrayContaining(before))
    const now = ['VirtualServer', 'PhysicalServer'].flatMap((one) => bench.cmdb.store.cards(one))
    expect(now).toHaveLength(machines.length)
    await expectQuiet(bench)
    const all = CLASSES.flatMap((one) => Object.values(bench.cards(one)))
    expect(all.filter(({ BackupStatus }) => BackupStatus === 'Removed')).toEqual([])
  })
})

describe('what a person keeps', () => {
  const byHand = {
    Code: 'VS001',
    Hostname: 'WEB01.office.example.',
    Alias: 'the shop',
    IPAddress: '198.51.100.7',
    OS: 'MacOS',
    Notes: 'ask Ada first',
  }

  test('stays, on a card that is recognised and borne by the key from then on', async () => {
    await using bench = await SyncBench.prepared()
    const id = bench.cmdb.store.addCard('VirtualServer', { ...byHand, Hostname: 'WEB01' })
    const { plan } = await bench.run()
    expect(plan.changes).toContainEqual(expect.objectContaining({ do: 'update', why: 'adopted', card: id }))
    expect(bench.cmdb.store.shown(id)).toMatchObject({
      ...byHand,
      Hostname: 'WEB01',
      SourceKey: 'veeam:f2ef2bfd-0000-4000-8000-00000000000f/machine/vmware:vcenter01.office.example:vm-101',
      BackupStatus: 'Protected',
      Repository: 'Default Backup Repository',
    })
    bench.cmdb.store.setCard(id, { Hostname: 'renamed by hand', Alias: 'another' })
    await expectQuiet(bench)
    expect(bench.cmdb.store.shown(id)).toMatchObject({ Hostname: 'renamed by hand', Alias: 'another' })
  })

  test('stays where nothing is written but on new cards, or where nothing stands', async () => {
    await using bench = await SyncBench.prepared()
    await bench.run()
    const { store } = bench.cmdb
    const [infrastructure] = store.cards('Infrastructure')
    const [server] = store.cards('PhysicalServer')
    const [storage] = store.cards('Storage')
    const mine = { Code: 'mine', Hostname: 'mine.example', IPAddress: '198.51.100.9', OS: 'Android' }
    store.setCard(server?.id ?? 0, mine)
    store.setCard(infrastructure?.id ?? 0, { Code: 'MINE', Name: 'mine', Type: 'VirtualContext' })
    store.setCard(storage?.id ?? 0, { Code: 'mine', Type: 'NAS', Notes: 'mine' })
    await expectQuiet(bench)
  })

  test('is put right where the source says what it is', async () => {
    await using bench = await SyncBench.prepared()
    await bench.run()
    const [storage] = bench.cmdb.store.cards('Storage')
    bench.cmdb.store.setCard(storage?.id ?? 0, { Name: 'mine', Capacity: 1, Notes: 'mine' })
    await bench.run()
    expect(bench.cmdb.store.shown(storage?.id ?? 0)).toMatchObject({
      ...{ Name: 'Default Backup Repository', Capacity: 99.4, Notes: 'mine' },
    })
  })

  test('is not guessed at: where two cards could be meant, none is written', async () => {
    await using bench = await SyncBench.prepared()
    const twins = ['one', 'two'].map((Code) =>
      bench.cmdb.store.addCard('VirtualServer', { Code, Hostname: 'web01' }),
    )
    const before = twins.map((id) => bench.cmdb.store.card(id))
    const { result, cx } = await bench.run()
    expect(result.counts.ambiguous).toBe(1)
    expect(cx.warnings.join('\n')).toContain('web01')
    expect(twins.map((id) => bench.cmdb.store.card(id))).toEqual(before)
    expect(bench.cmdb.store.cards('VirtualServer')).toHaveLength(2 + 9)
  })
})

describe('a CMDB of another shape', () => {
  const keyless = (bench: SyncBench) => {
    for (const name of CLASSES) bench.cmdb.store.removeAttribute(name, 'SourceKey')
  }

  test('is worked with by Codes where it has no key', async () => {
    await using bench = await SyncBench.prepared()
    keyless(bench)
    const { result, cx } = await bench.run()
    expect(result.counts).toMatchObject({ created: 38, failed: 0 })
    expect(cx.warnings.filter((text) => text.includes('SourceKey'))).toHaveLength(5)
    await expectQuiet(bench)
  })

  test('is written by the names that it has', async () => {
    await using bench = await SyncBench.start({
      cmdb: { fixture: 'ready2use' },
      config: {
        mapping: {
          keyAttribute: 'VeeamKey',
          classes: { job: 'Copies' },
          attributes: [
            { of: 'machine', fact: 'lastBackup', attribute: 'SavedAt' },
            { of: 'machine', fact: 'path', attribute: 'Notes', policy: 'fillIfEmpty' },
            { of: 'machine', fact: 'os', policy: 'never' },
          ],
        },
      },
    })
    await bench.prepare()
    await bench.run()
    const { web01 } = bench.cards('VirtualServer')
    expect(web01).toMatchObject({
      SavedAt: '2026-11-20T09:00:00+02:00',
      VeeamKey: 'veeam:f2ef2bfd-0000-4000-8000-00000000000f/machine/vmware:vcenter01.office.example:vm-101',
      Notes: String.raw`vcenter01.office.example\Rome\esx01.office.example\Office\web01`,
    })
    expect(web01).not.toHaveProperty('OS')
    expect(Object.keys(bench.cards('Copies'))).toContain('Servers nightly')
    await expectQuiet(bench)
  })

  test('that lacks what is written is told so, and gets the rest', async () => {
    await using bench = await SyncBench.start({ cmdb: { fixture: 'ready2use' } })
    const { cx, result } = await bench.run()
    expect(result.counts).toMatchObject({ failed: 0 })
    const said = cx.warnings.join('\n')
    expect(said).toContain('BackupJob')
    expect(said).toContain('Capacity')
    expect(Object.keys(bench.cards('VirtualServer'))).toContain('web01')
    await expectQuiet(bench)
  })
})

test('what the CMDB changes or drops is written once, told, and tried again after a week', async () => {
  const attributes = [{ of: 'machine', fact: 'path', attribute: 'Description', policy: 'own' }]
  await using bench = await SyncBench.prepared({
    config: { backupsOfLast: '20000d', mapping: { attributes } },
  })
  await bench.run()
  const second = await bench.run()
  expect(
    second.plan.changes.every((change) => change.do === 'update' && 'Description' in change.values),
  ).toBe(true)
  expect(second.plan.changes.length).toBeGreaterThan(0)
  expect(second.cx.warnings.join()).toContain('did not take everything')
  bench.cmdb.forgetRequests()
  const third = await bench.run()
  expect(third.plan.changes).toEqual([])
  expect(bench.cmdb.writeRequests).toBe(0)
  expect(third.cx.warnings.join()).toContain('did not take it lately')
  bench.later(3)
  expect((await bench.run()).plan.changes).toEqual([])
  bench.later(5)
  expect((await bench.run()).plan.changes.length).toBe(second.plan.changes.length)
})
