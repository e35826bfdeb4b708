import { phraseText } from '@holdfast/contract'
import { afterEach, describe, expect, it } from 'vitest'
import {
  generatedEstate,
  OFFICE_NOW,
  VeeamLab,
  type VeeamLabOptions,
} from '../../../../../../tools/lab/veeam/veeam-lab.ts'
import {
  VEEAM_VERSIONS,
  type VeeamAddress,
  VeeamServer,
  type VeeamVersion,
} from '../../../../clients/veeam/connect.ts'
import type { Inventory, Item, ItemKind } from '../../model/inventory.ts'
import { readVeeam, type VeeamReadOptions } from './veeam-source.ts'

const { signal } = new AbortController()
const DAY = 86_400_000
const OPTIONS: VeeamReadOptions = {
  infrastructureCode: 'VEEAM-BACKUP',
  backupsOfLastMs: 3 * DAY,
  signal,
  now: OFFICE_NOW,
}

const labs: VeeamLab[] = []
afterEach(async () => {
  for (const lab of labs.splice(0)) await lab[Symbol.asyncDispose]()
})

async function startLab(options: VeeamLabOptions = {}): Promise<VeeamLab> {
  const lab = await VeeamLab.start(options)
  labs.push(lab)
  return lab
}

async function read(
  lab: VeeamLab,
  options: Partial<VeeamReadOptions> & { apiVersion?: VeeamVersion; pageSize?: number } = {},
): Promise<Inventory> {
  const { apiVersion = 'auto', pageSize = 500, ...own } = options
  const { url, user, password } = lab
  const address: VeeamAddress = { url, user, password, apiVersion, pageSize, caFile: null, fingerprint: null }
  await using server = await VeeamServer.open(address, { connections: 4, timeoutMs: 10_000 }, signal)
  return await readVeeam(server, { ...OPTIONS, ...own })
}

const named = ({ items }: Inventory, kind: ItemKind, name: string): Item[] =>
  items.filter((item) => item.kind === kind && item.name === name)
const remarksOf = ({ remarks }: Inventory) => remarks.map(phraseText)
/** As `from > to` by names. */
const linksOf = ({ items, links }: Inventory, rule: string) => {
  const nameOf = new Map(items.map(({ kind, id, name }) => [`${kind}/${id}`, name]))
  const of = links.filter((link) => link.rule === rule)
  return of.map(({ from, to }) =>
    [from, to].map(({ kind, id }) => nameOf.get(`${kind}/${id}`) ?? 'nothing').join(' > '),
  )
}

describe.each(VEEAM_VERSIONS)('an office, read with %s', (apiVersion) => {
  const isOld = apiVersion === '1.2-rev1'
  const office = async (options: Partial<VeeamReadOptions> = {}) => {
    const lab = await startLab()
    return { lab, inventory: await read(lab, { apiVersion, ...options }) }
  }

  it('holds each item once, complete, and links to nothing else', async () => {
    const { lab, inventory } = await office()
    const ids = inventory.items.map(({ kind, id }) => `${kind}/${id}`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(inventory.incomplete).toEqual(new Map())
    expect(inventory).toMatchObject({
      system: 'veeam',
      instance: lab.estate.serverInfo.vbrId,
      aliases: ['VEEAM-BACKUP'],
    })
    for (const { from, to } of inventory.links) {
      expect(ids).toContain(`${from.kind}/${from.id}`)
      expect(ids).toContain(`${to.kind}/${to.id}`)
    }
    expect(lab.requests.filter(({ status }) => status >= 500 || status === 401)).toEqual([])
    expect(lab.openSessions).toBe(0)
  })

  it('is the same when it is read again with small pages', async () => {
    const { lab, inventory } = await office()
    const again = await read(lab, { apiVersion, pageSize: 2 })
    const byId = (a: Item, b: Item) => (`${a.kind}${a.id}` < `${b.kind}${b.id}` ? -1 : 1)
    expect(again.items.toSorted(byId)).toEqual(inventory.items.toSorted(byId))
    expect(again.links.length).toBe(inventory.links.length)
  })

  it('makes one server of the proxies on a machine, and names this server', async () => {
    const { inventory } = await office()
    const [multi, ...more] = named(inventory, 'server', 'px-multi.office.example')
    expect(more).toEqual([])
    expect(multi).toMatchObject({
      facts: {
        hostname: 'px-multi.office.example',
        role: isOld ? 'VMware proxy' : 'General-purpose proxy, Hyper-V proxy, VMware proxy',
        os: 'Windows',
      },
      evidence: { names: ['px-multi.office.example'], addresses: [] },
    })
    expect(multi?.facts.status).toBe(isOld ? undefined : 'Online')
    expect(named(inventory, 'server', 'vbr01.office.example')).toHaveLength(1)
    expect(named(inventory, 'server', '192.0.2.67')[0]).toMatchObject({
      facts: { address: '192.0.2.67' },
      evidence: { names: [], addresses: ['192.0.2.67'] },
    })
    expect(inventory.items.some(({ name }) => /this server/i.test(name))).toBe(false)
  })

  it('sums a scale-out repository up, and leaves the size of object storage open', async () => {
    const { inventory } = await office()
    expect(named(inventory, 'storage', 'SOBR Office')[0]?.facts).toMatchObject({
      type: 'VeeamRepository',
      role: 'ScaleOut',
      capacityGb: 5000.5,
      freeGb: 2000.3,
    })
    expect(named(inventory, 'storage', 'Default Backup Repository')[0]?.facts).toMatchObject({
      hostname: 'vbr01.office.example',
      path: '/var/lib/veeam/backup',
      capacityGb: 99.4,
    })
    expect(named(inventory, 'storage', 'Hardened')[0]?.facts.status).toBe('Offline')
  })

  it('knows jobs that are chained, disabled, of no repository, or of no known type', async () => {
    const { inventory } = await office()
    const job = (name: string) => named(inventory, 'job', name)[0]?.facts
    expect(job('Servers nightly')).toMatchObject({
      type: 'VSphereBackup',
      status: 'Enabled',
      lastResult: 'Success',
    })
    expect(job('Databases')).toMatchObject({ nextRun: null, status: 'Enabled' })
    // It runs: the result of the run before still stands.
    expect(job('Databases')).not.toHaveProperty('lastResult')
    expect(job('Old servers')).toMatchObject({ status: 'Disabled', nextRun: null })
    expect(job('Array snapshots')).toMatchObject({ storage: null })
    expect(job('Into the void')).not.toHaveProperty('storage')
    expect(job('Brand new')).toMatchObject({ lastRun: null, lastResult: null })
    if (!isOld) expect(job('From tomorrow')).toMatchObject({ type: 'QuantumBackup', status: 'Hibernating' })
    expect(linksOf(inventory, 'job-on-storage')).toContain('Servers nightly > SOBR Office')
  })

  it('makes one machine of all chains that hold it, and two of one name in two vCenters', async () => {
    const { inventory } = await office()
    const [web, ...more] = named(inventory, 'machine', 'web01')
    expect(more).toEqual([])
    expect(web).toMatchObject({ id: 'vmware:vcenter01.office.example:vm-101', prefers: 'virtual' })
    expect(named(inventory, 'machine', 'app01').map(({ id }) => id)).toEqual([
      'vmware:vcenter01.office.example:vm-102',
      'vmware:vcenter02.office.example:vm-102',
    ])
    expect(named(inventory, 'machine', 'imported01')[0]?.facts).toMatchObject({ job: null })
    expect(named(inventory, 'machine', 'orphan01')[0]?.facts).toMatchObject({ job: null })
    const jobsOfWeb = linksOf(inventory, 'machine-in-job').filter((text) => text.startsWith('web01 >'))
    const all = ['web01 > Copy to S3', 'web01 > Databases', 'web01 > Servers nightly']
    expect(jobsOfWeb.sort()).toEqual(isOld ? all.slice(1) : all)
  })

  it('tells the last backup and its job, also where points bear other names', async () => {
    const { inventory } = await office()
    const at = (hours: number) =>
      new Date(OFFICE_NOW.getTime() - hours * 3_600_000).toISOString().slice(0, 19)
    const facts = (name: string, index = 0) => named(inventory, 'machine', name)[index]?.facts
    const last = (name: string, index = 0) => String(facts(name, index)?.lastBackup).slice(0, 19)
    expect(last('web01')).toBe(at(1))
    expect(facts('web01')).toMatchObject({
      job: { kind: 'job', id: named(inventory, 'job', 'Databases')[0]?.id },
      storage: { kind: 'storage', id: named(inventory, 'storage', 'Default Backup Repository')[0]?.id },
    })
    // Two of one name in one chain, one that was renamed, one whose points are called by its address.
    expect([last('app01'), last('app01', 1)]).toEqual([at(11), at(12)])
    expect(last('erp01')).toBe(at(13))
    expect(last('ip-192-0-2-65')).toBe(at(2))
    expect(last('PC-1')).toBe(at(8))
    expect(last('PC-11')).toBe(at(7))
    expect(last('db-phys01.office.example')).toBe(at(9))
    // Older than what was read: unknown. Never saved: known.
    expect(facts('legacy01.office.example')).not.toHaveProperty('lastBackup')
    expect(facts('new01')).toMatchObject({ lastBackup: null })
    expect(remarksOf(inventory).join('\n')).not.toContain('not certain')
  })

  it('prefers physical machines for agents, and counts what is no machine', async () => {
    const { inventory } = await office()
    expect(named(inventory, 'machine', 'db-phys01.office.example')[0]).toMatchObject({
      prefers: 'physical',
      facts: { hostname: 'db-phys01.office.example', os: 'Linux' },
    })
    expect(inventory.items.some(({ name }) => ['files01:/export', 'win10_pro'].includes(name))).toBe(false)
    expect(remarksOf(inventory)).toContainEqual(expect.stringContaining('are no machines'))
  })

  it('links machines to proxies only where their jobs name them, and only when asked', async () => {
    const { lab, inventory } = await office()
    expect(linksOf(inventory, 'machine-by-proxy')).toEqual([])
    expect(lab.requests.some(({ path }) => path === '/api/v1/jobs')).toBe(false)
    const asked = await read(lab, { apiVersion, withProxiesOfJobs: true })
    const links = linksOf(asked, 'machine-by-proxy')
    expect(links).toContain('web01 > px-multi.office.example')
    expect(links).not.toContain('legacy01.office.example > px-multi.office.example')
  })

  it('belongs to its infrastructure', async () => {
    const { inventory } = await office()
    const members = new Set(linksOf(inventory, 'in-infrastructure'))
    const count = (kind: ItemKind) => inventory.items.filter((item) => item.kind === kind).length
    expect(members).toContain('VEEAM-BACKUP > web01')
    expect(inventory.links.filter(({ rule }) => rule === 'in-infrastructure')).toHaveLength(
      count('server') + count('storage') + count('machine'),
    )
  })
})

describe('what the server does not tell', () => {
  it('goes by the code of the site when it may not know who the server is', async () => {
    const lab = await startLab()
    lab.faults.forbid('serverInfo')
    const inventory = await read(lab)
    expect(inventory).toMatchObject({
      instance: 'VEEAM-BACKUP',
      aliases: ['VEEAM-BACKUP'],
      title: 'VEEAM-BACKUP',
    })
    expect(remarksOf(inventory)).toContainEqual(expect.stringContaining('Backup Administrator'))
    expect(inventory.incomplete.size).toBe(0)
  })

  it('stays who it was when the right to know is taken away', async () => {
    const lab = await startLab()
    lab.faults.forbid('serverInfo')
    const inventory = await read(lab, { knownAs: ['VEEAM-BACKUP', 'the-vbr'] })
    expect(inventory).toMatchObject({ instance: 'the-vbr', aliases: ['VEEAM-BACKUP', 'the-vbr'] })
  })

  it.each([
    ['backupInfrastructure/proxies/states', ['server']],
    ['backupInfrastructure/managedServers', ['server']],
    ['backupInfrastructure/repositories/states', ['storage']],
    ['backupInfrastructure/scaleOutRepositories', ['storage']],
    ['jobs/states', ['job']],
    ['backups', ['machine']],
    ['backupObjects', ['machine']],
    ['restorePoints', []],
  ] as const)('without %s, takes nothing for gone of %j', async (path, kinds) => {
    const lab = await startLab()
    lab.faults.forbid(path)
    const inventory = await read(lab)
    expect([...inventory.incomplete.keys()]).toEqual(kinds)
    for (const problem of inventory.incomplete.values()) expect(phraseText(problem)).toContain('Forbidden')
    const machine = named(inventory, 'machine', 'web01')[0]
    if (path === 'restorePoints') expect(machine?.facts).not.toHaveProperty('lastBackup')
    // Unknown jobs are not the same as none.
    if (path === 'backups' || path === 'jobs/states') expect(machine?.facts).not.toHaveProperty('job')
  })

  it('is incomplete in what shrank while it was read', async () => {
    const lab = await startLab()
    const change = (estate: VeeamLab['estate']) => void estate.backupObjects.splice(0, 1)
    lab.faults.next('backupObjects', { kind: 'change', change }, { after: 1 })
    const inventory = await read(lab, { pageSize: 4 })
    expect([...inventory.incomplete.keys()]).toEqual(['machine'])
  })

  it('goes on where the server does not tell of a single object, which may be gone by now', async () => {
    const lab = await startLab()
    const before = await read(lab)
    const all = lab.requests.filter(({ path }) => path.endsWith('restorePoints'))
    const times = all.filter(({ query }) => query.has('backupObjectIdFilter')).length
    expect(times).toBeGreaterThan(0)
    lab.faults.next('restorePoints', { kind: 'status', status: 404 }, { after: all.length - times, times })
    const inventory = await read(lab)
    expect(lab.requests.filter(({ status }) => status === 404)).toHaveLength(times)
    expect(inventory.items.map(({ name }) => name)).toEqual(before.items.map(({ name }) => name))
  })

  it('skips chains that do not list their objects on older revisions', async () => {
    const lab = await startLab({ versions: ['1.2-rev1'] })
    lab.estate.platformsWithoutObjects.push('VMware')
    const inventory = await read(lab)
    expect(inventory.incomplete.size).toBe(0)
    expect(named(inventory, 'machine', 'web01')[0]?.facts).not.toHaveProperty('job')
    expect(remarksOf(inventory)).toContainEqual(expect.stringContaining('do not list what they hold'))
  })

  it('ends as a whole, with nothing going on behind it, when the server is gone', async () => {
    const lab = await startLab()
    lab.faults.next('backups', { kind: 'garbage' })
    lab.faults.next('restorePoints', { kind: 'hang' })
    await expect(read(lab)).rejects.toMatchObject({ code: 'node-answer-invalid' })
    expect(lab.openSessions).toBe(0)
    const { length } = lab.requests
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(lab.requests).toHaveLength(length)
  })
})

describe('requests for 5,000 machines in 50 backups', () => {
  it.each([
    ['1.3-rev2', 40],
    ['1.3-rev1', 90],
    ['1.2-rev1', 90],
  ] as const)('with %s are %i at most, four at once', async (apiVersion, most) => {
    const estate = generatedEstate({ machines: 5000, backups: 50 })
    const lab = await startLab({ estate })
    const inventory = await read(lab, { apiVersion })
    expect(inventory.items.filter(({ kind }) => kind === 'machine')).toHaveLength(5000)
    expect(inventory.items.every(({ kind, facts }) => kind !== 'machine' || facts.lastBackup)).toBe(true)
    expect(lab.requests.length).toBeLessThanOrEqual(most)
    // All but the one that signs out.
    expect(inventory.calls).toBe(lab.requests.length - 1)
    expect(lab.mostAtOnce).toBeLessThanOrEqual(4)
  })
})
