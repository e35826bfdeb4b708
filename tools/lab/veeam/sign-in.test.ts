import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LabClient } from './lab-client.testkit.ts'
import { VeeamLab } from './veeam-lab.ts'

describe('signing in to the simulated Veeam', () => {
  let lab: VeeamLab

  beforeAll(async () => {
    lab = await VeeamLab.start()
  })

  afterAll(() => lab[Symbol.asyncDispose]())

  const password = () => ({ grant_type: 'password', username: lab.user, password: lab.password })

  it.each([[null], ['1.1-rev0'], ['v1.3-rev2']])(
    'refuses every call in version %s, and says which it serves',
    async (version) => {
      const client = new LabClient(lab, version)
      const message =
        'Unsupported RESTAPI version. The following versions are supported: 1.3-rev2, 1.3-rev1, 1.2-rev1'
      for (const answer of [
        await client.grant(password()),
        await client.get('serverTime'),
        await client.get('jobs'),
      ]) {
        expect(answer.status).toBe(400)
        expect(answer.json).toEqual({ errorCode: 'NotImplemented', message })
      }
    },
  )

  it('takes a form and nothing else', async () => {
    const client = new LabClient(lab)
    const json = {
      method: 'POST',
      body: JSON.stringify(password()),
      headers: { 'content-type': 'application/json' },
    }
    expect((await client.send('/api/oauth2/token', json)).status).toBe(400)
    expect((await client.send('/api/oauth2/token')).status).toBe(405)
    expect((await client.grant({ ...password(), grant_type: 'client_credentials' })).status).toBe(400)
    expect((await client.grant({ grant_type: 'password', username: lab.user })).status).toBe(400)
    expect((await client.grant({ ...password(), grant_type: 'Password' })).status).toBe(200)
  })

  it('refuses a wrong password, and keeps no password in its list of requests', async () => {
    const client = new LabClient(lab)
    const answer = await client.grant({ ...password(), password: 'no' })
    expect(answer.status).toBe(401)
    expect(answer.json).toEqual({ errorCode: 'AccessDenied', message: 'Authentication failed' })
    await client.grant(password())
    expect(JSON.stringify(lab.requests)).not.toContain('viewer')
    expect(lab.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/api/oauth2/token',
      grant: 'password',
      status: 200,
      authorised: false,
    })
  })

  it('wants a token of a living sign-in for everything but the time', async () => {
    const client = new LabClient(lab)
    expect((await client.get('serverTime')).status).toBe(200)
    const answer = await client.get('jobs/states')
    expect(answer.status).toBe(401)
    expect(answer.json.message).toBe('Unauthorized. Get bearer JWT token at /api/login')
    client.token = 'eyJ'
    expect((await client.get('serverInfo')).status).toBe(401)
    await client.grant(password())
    expect((await client.get('serverInfo')).status).toBe(200)
    expect(lab.requests.at(-1)).toMatchObject({ authorised: true })
  })

  it('gives a new pair for a refresh token, once', async () => {
    const client = await LabClient.signedIn(lab)
    const [first, used] = [client.token, client.refreshToken]
    expect((await client.grant({ grant_type: 'refresh_token', refresh_token: used })).status).toBe(200)
    expect(client.token).not.toBe(first)
    expect(client.refreshToken).not.toBe(used)
    expect((await client.grant({ grant_type: 'refresh_token', refresh_token: used })).status).toBe(401)
    const again = { grant_type: 'refresh_token', refresh_token: client.refreshToken }
    expect((await client.grant(again)).status).toBe(200)
  })

  it('ends access tokens when their time is over, and says how long they live', async () => {
    await using quick = await VeeamLab.start({ expiresIn: 0 })
    const client = new LabClient(quick)
    const form = { grant_type: 'password', username: quick.user, password: quick.password }
    expect((await client.grant(form)).json).toMatchObject({ token_type: 'bearer', expires_in: 0 })
    expect((await client.get('jobs')).json.errorCode).toBe('ExpiredToken')
    expect(quick.openSessions).toBe(0)
  })

  it('counts the sign-ins that nobody logged out of', async () => {
    await using own = await VeeamLab.start()
    const [one, two] = [await LabClient.signedIn(own), await LabClient.signedIn(own)]
    expect(own.openSessions).toBe(2)
    await one.grant({ grant_type: 'refresh_token', refresh_token: one.refreshToken })
    expect(own.openSessions).toBe(2)
    const answer = await one.send('/api/oauth2/logout', { method: 'POST' })
    expect([answer.status, answer.json]).toEqual([200, {}])
    expect(own.openSessions).toBe(1)
    expect((await one.get('jobs')).status).toBe(401)
    expect((await one.grant({ grant_type: 'refresh_token', refresh_token: one.refreshToken })).status).toBe(
      401,
    )
    expect((await two.get('jobs')).status).toBe(200)
  })

  it('tells by the description of a version whether it serves it, unless the site refuses', async () => {
    await using own = await VeeamLab.start({ versions: ['1.3-rev1', '1.2-rev1'] })
    const probe = async (version: string) =>
      (await fetch(`${own.url}/swagger/v${version}/swagger.json`, { method: 'GET' })).status
    expect([await probe('1.3-rev2'), await probe('1.3-rev1'), await probe('1.2-rev1')]).toEqual([
      404, 200, 200,
    ])
    expect((await new LabClient(own, '1.3-rev2').get('serverTime')).status).toBe(400)
    own.faults.swagger = 'forbidden'
    expect(await probe('1.3-rev1')).toBe(403)
    own.faults.writesVersionsWithV = true
    const { json } = await new LabClient(own, '1.3-rev2').get('serverTime')
    expect(json.message).toMatch(/: v1\.3-rev1, v1\.2-rev1$/)
  })
})
