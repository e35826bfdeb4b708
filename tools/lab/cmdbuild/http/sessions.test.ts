import { describe, expect, test } from 'vitest'
import { CmdbuildLab } from '../cmdbuild-lab.ts'
import { Rest, said } from '../rest.testkit.ts'

describe('sign-in', () => {
  test('needs a scope, and gives its token only when asked to', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = new Rest(lab)
    const right = { username: lab.user, password: lab.password }
    expect((await rest.login(right, 'returnId=true')).status).toBe(400)
    expect((await rest.login(right, 'scope=service')).body.data._id).toBe('current')
    expect((await rest.login({ ...right, scope: 'service' }, 'returnId=true')).body.data._id).not.toBe(
      'current',
    )
    expect((await rest.login(right, 'scope=ui&returnId=true')).status).toBe(401)
    expect((await rest.login(right)).body).toMatchObject({
      success: true,
      data: { username: 'holdfast', role: 'SuperUser', availableRoles: ['SuperUser'] },
    })
    expect(lab.openSessions).toBe(3)
  })

  test('the token goes in a header or in the query, and ends with the session', async () => {
    await using lab = await CmdbuildLab.start()
    const nobody = new Rest(lab)
    const rest = await Rest.as(lab)
    expect((await nobody.get('/classes')).status).toBe(401)
    expect((await nobody.get('/classes', { 'CMDBuild-Authorization': String(rest.token) })).status).toBe(200)
    expect((await rest.get('/sessions/current')).body.data.username).toBe('holdfast')
    expect((await rest.send('POST', '/sessions/current/keepalive')).body.data).toEqual({
      timeToLiveSeconds: 3600,
      recommendedKeepaliveIntervalSeconds: 1200,
    })
    expect((await rest.send('DELETE', '/sessions/current')).body).toEqual({ success: true })
    expect((await rest.get('/classes')).status).toBe(401)
    expect(lab.openSessions).toBe(0)
  })

  test('five wrong passwords lock the account for a minute, also for the right one', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = new Rest(lab)
    const right = { username: lab.user, password: lab.password }
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await rest.login({ ...right, password: 'wrong' })
      expect([answer.status, said(answer)]).toEqual([401, 'access denied'])
    }
    const locked = await rest.login(right)
    expect(locked.status).toBe(401)
    expect(said(locked)).toContain('account locked')
    lab.passTime(61)
    expect((await rest.login(right)).status).toBe(200)
  })

  test('a session that is not used for long enough is over', async () => {
    await using lab = await CmdbuildLab.start({ idleSeconds: 100 })
    const rest = await Rest.as(lab)
    lab.passTime(90)
    expect((await rest.get('/classes')).status).toBe(200)
    lab.passTime(90)
    expect((await rest.get('/classes')).status).toBe(200)
    lab.passTime(101)
    expect(lab.openSessions).toBe(0)
    expect((await rest.get('/classes')).status).toBe(401)
  })

  test('with several groups a session may do nothing until it has chosen one', async () => {
    await using lab = await CmdbuildLab.start({ role: ['Backup', 'SuperUser'] })
    const rest = await Rest.as(lab)
    expect((await rest.get('/classes')).status).toBe(401)
    expect((await rest.send('PUT', '/sessions/current', { role: 'Nobody' })).status).toBe(401)
    expect((await rest.send('PUT', '/sessions/current', { role: 'Backup' })).body.data.role).toBe('Backup')
    expect((await rest.get('/classes')).status).toBe(200)
    expect((await (await Rest.as(lab, 'SuperUser')).get('/classes')).status).toBe(200)
  })

  test('only administrators change the schema', async () => {
    await using lab = await CmdbuildLab.start({ role: 'Backup' })
    const rest = await Rest.as(lab)
    const before = lab.snapshot()
    for (const [path, body] of [
      ['/classes', { name: 'BackupJob', parent: 'CI' }],
      ['/classes/Storage/attributes', { name: 'Path', type: 'text' }],
      ['/lookup_types', { name: 'New' }],
      ['/lookup_types/CI%20-%20State/values', { code: 'New' }],
      ['/domains', { name: 'New', source: 'CI', destination: 'CI', cardinality: 'N:N' }],
    ] as const)
      expect((await rest.send('POST', path, body)).status).toBe(401)
    expect(lab.snapshot()).toEqual(before)
    expect([lab.writeRequests, lab.changes]).toEqual([5, 0])
  })

  test('Basic signs in anew with every request', async () => {
    await using lab = await CmdbuildLab.start()
    const authorization = `Basic ${Buffer.from(`${lab.user}:${lab.password}`).toString('base64')}`
    for (let calls = 1; calls <= 2; calls += 1) {
      const answer = await fetch(`${lab.url}/services/rest/v3/classes`, { headers: { authorization } })
      expect([answer.status, lab.openSessions]).toEqual([200, calls])
    }
  })
})
