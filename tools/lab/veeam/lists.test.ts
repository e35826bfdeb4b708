import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idOf } from './estate/build.ts'
import { LabClient } from './lab-client.testkit.ts'
import { generatedEstate, NIL_ID, OFFICE_NOW, THIS_SERVER_ID, VeeamLab } from './veeam-lab.ts'

describe('lists of the simulated Veeam', () => {
  let lab: VeeamLab
  let newest: LabClient
  let middle: LabClient
  let old: LabClient

  beforeAll(async () => {
    lab = await VeeamLab.start()
    newest = await LabClient.signedIn(lab, '1.3-rev2')
    middle = await LabClient.signedIn(lab, '1.3-rev1')
    old = await LabClient.signedIn(lab, '1.2-rev1')
  })

  afterAll(() => lab[Symbol.asyncDispose]())

  it('come in pages of 200 unless another size is asked for', async () => {
    await using large = await VeeamLab.start({ estate: generatedEstate({ machines: 450, backups: 3 }) })
    const client = await LabClient.signedIn(large)
    const seen: unknown[] = []
    const pages: unknown[] = []
    for (let skip = 0; skip < 450; skip += 200) {
      const { json } = await client.get('backupObjects', { skip: String(skip), orderColumn: 'Name' })
      seen.push(...(json.data ?? []).map(({ name }) => name))
      pages.push(json.pagination)
    }
    expect(pages).toEqual([
      { total: 450, count: 200, skip: 0, limit: 200 },
      { total: 450, count: 200, skip: 200, limit: 200 },
      { total: 450, count: 50, skip: 400, limit: 200 },
    ])
    expect(new Set(seen).size).toBe(450)
    expect(seen).toEqual([...seen].sort())
    expect(await client.rows('backupObjects', { limit: '10000' })).toHaveLength(450)
  })

  it.each([
    ['limit=ten'],
    ['limit=-1'],
    ['Limit=10'],
    ['orderColumn=name'],
    ['orderColumn=Size'],
    ['createdafterfilter=2026-11-18T00:00:00Z'],
    ['createdAfterFilter=yesterday'],
    ['createdAfterFilter=2026-11-18T00:00:00+01:00'],
    ['backupIdFilter=7'],
    ['backupIdFilter='],
    ['skip=0&skip=1'],
    ['unheardOf=1'],
  ])('refuse the query %s', async (query) => {
    const { status, json } = await newest.send(`/api/v1/restorePoints?${query}`)
    expect(status).toBe(400)
    expect(json).toEqual({
      errorCode: 'UnexpectedContent',
      message: 'One or more request parameters are not valid.',
    })
  })

  it('filter restore points by time, chain and object, and order them by time', async () => {
    const since = new Date(OFFICE_NOW.getTime() - 12 * 3_600_000).toISOString()
    const query = { createdAfterFilter: since, orderColumn: 'CreationTime', orderAsc: 'false' }
    const times = (await newest.rows('restorePoints', query)).map(({ creationTime }) => String(creationTime))
    expect(times.length).toBeGreaterThan(5)
    expect(times.every((time) => Date.parse(time) > Date.parse(since))).toBe(true)
    expect(times).toEqual(times.toSorted((a, b) => Date.parse(b) - Date.parse(a)))
    const [, webInDatabases] = lab.estate.backupObjects
    const mine = await newest.rows('restorePoints', { backupObjectIdFilter: webInDatabases?.id ?? '' })
    expect(mine.map(({ name, backupId }) => [name, backupId])).toEqual([
      ['web01', idOf('backup', 2)],
      ['web01', idOf('backup', 2)],
    ])
    expect(mine[0]).not.toHaveProperty('backupObjectId')
    expect(await newest.rows(`backupObjects/${webInDatabases?.id}/restorePoints`)).toEqual(mine)
    expect(await newest.rows('restorePoints', { backupIdFilter: idOf('backup', 2) })).toHaveLength(3)
    expect(await newest.rows('backupObjects', { nameFilter: 'WEB*' })).toHaveLength(4)
  })

  it('tell of one item by its id, and of one that is not there', async () => {
    const { json } = await newest.get(`jobs/${idOf('job', 1)}`)
    expect(json).toMatchObject({ type: 'VSphereBackup', name: 'Servers nightly' })
    const missing = await newest.get(`backups/${idOf('backup', 999)}`)
    expect([missing.status, missing.json]).toEqual([
      404,
      { errorCode: 'NotFound', message: 'Resource does not exist', resourceId: idOf('backup', 999) },
    ])
    expect((await newest.get('proxies')).status).toBe(404)
    expect((await newest.send('/api/v1/jobs', { method: 'DELETE' })).status).toBe(405)
  })

  it('link machines to their chain only in the last revision', async () => {
    const object = async (client: LabClient) => (await client.rows('backupObjects', { limit: '1' }))[0]
    expect(await object(newest)).toHaveProperty('backupId', idOf('backup', 1))
    expect(await object(middle)).not.toHaveProperty('backupId')
    expect(await object(middle)).toHaveProperty('lastRunFailed')
    for (const property of ['backupId', 'size', 'lastRunFailed'])
      expect(await object(old)).not.toHaveProperty(property)
    const path = `backups/${idOf('backup', 1)}/objects`
    expect((await middle.rows(path, { limit: '2' })).length).toBe(2)
    expect((await old.get(path, { limit: '2' })).status).toBe(400)
    const whole = await old.get(path)
    expect(whole.json.data).toHaveLength(4)
    expect(whole.json.pagination).toMatchObject({ total: 4, count: 4 })
  })

  it('refuse to tell what is in a chain of some platforms', async () => {
    for (const client of [newest, middle, old]) {
      const { status, json } = await client.get(`backups/${idOf('backup', 12)}/objects`)
      expect([status, json.message]).toEqual([400, 'Backup platform or job type are not supported'])
    }
  })

  it('spell and leave away what the older version does', async () => {
    expect((await old.get('backupInfrastructure/proxies/states')).status).toBe(404)
    expect((await old.rows('backupInfrastructure/proxies')).every(({ type }) => type === 'ViProxy')).toBe(
      true,
    )
    const job = async (client: LabClient, name: string) =>
      (await client.rows('jobs/states')).find((one) => one.name === name)
    expect(await job(old, 'Databases')).toMatchObject({
      type: 'Backup',
      status: 'running',
      workload: 'application',
    })
    expect(await job(old, 'Databases')).toHaveProperty('nextRun', null)
    expect(await job(newest, 'Databases')).toMatchObject({ type: 'VSphereBackup', status: 'Running' })
    expect(await job(newest, 'Databases')).not.toHaveProperty('nextRun')
    expect(await job(old, 'Old servers')).toMatchObject({ status: 'disabled' })
    expect(await job(old, 'Agents')).toBeUndefined()
    expect((await old.get('serverInfo')).json).toMatchObject({ name: 'Veeam Backup and Replication' })
    expect((await old.rows('taskSessions'))[0]?.creationTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+$/)
    const types = async (client: LabClient) =>
      (await client.rows('backupInfrastructure/repositories/states')).map(({ type }) => type)
    expect(await types(newest)).toContain('HPEStoreOnce')
    expect(await types(middle)).toContain('HPStoreOnceIntegration')
    expect((await old.rows('backupInfrastructure/repositories/states'))[1]).not.toHaveProperty('isOutOfDate')
  })

  it('hold what inventories stumble over', async () => {
    const proxies = await newest.rows('backupInfrastructure/proxies/states')
    expect(proxies.find(({ hostId }) => hostId === THIS_SERVER_ID)?.hostName).toBe('This server')
    expect(proxies.filter(({ hostId }) => hostId === idOf('host', 2))).toHaveLength(3)
    const states = await newest.rows('backupInfrastructure/repositories/states')
    const details = states.find(({ name }) => name === 'extent01')?.scaleOutRepositoryDetails
    expect(details).toMatchObject({ scaleOutRepositoryId: idOf('pool', 1), extentType: 'Performance' })
    expect(states.map(({ id }) => id)).not.toContain(idOf('pool', 1))
    const backups = await newest.rows('backups')
    expect(backups.map(({ jobId }) => jobId)).toContain(NIL_ID)
    const objects = await newest.rows('backupObjects')
    expect(
      objects.filter(({ name }) => name === 'app01').map(({ path }) => String(path).split('\\')[0]),
    ).toEqual(['vcenter01.office.example', 'vcenter02.office.example'])
  })

  it('are the same for the same size of a generated estate', () => {
    const options = { machines: 30, backups: 4, restorePoints: 3 }
    const estate = generatedEstate(options)
    expect(estate).toEqual(generatedEstate(options))
    expect([estate.jobs.length, estate.backupObjects.length, estate.restorePoints.length]).toEqual([
      4, 30, 90,
    ])
    expect(new Set(estate.restorePoints.map(({ id }) => id)).size).toBe(90)
    expect(estate.backupObjects.every(({ restorePointsCount }) => restorePointsCount === 3)).toBe(true)
  })

  it('show at once what a test changes', async () => {
    const [first] = lab.estate.managedServers
    if (!first) throw new Error('the office has no servers')
    const name = first.name
    first.name = 'renamed.office.example'
    expect((await newest.rows('backupInfrastructure/managedServers'))[0]?.name).toBe('renamed.office.example')
    first.name = name
  })
})
