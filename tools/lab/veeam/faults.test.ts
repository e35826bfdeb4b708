import { describe, expect, it } from 'vitest'
import { LabClient } from './lab-client.testkit.ts'
import { VeeamLab } from './veeam-lab.ts'

describe('faults of the simulated Veeam', () => {
  it('answer the next requests to a path, and no others', async () => {
    await using lab = await VeeamLab.start()
    const client = await LabClient.signedIn(lab)
    lab.faults.next('jobs/states', { kind: 'status', status: 503, retryAfter: '1' }, { times: 2, after: 1 })
    const statuses: number[] = []
    for (let turn = 0; turn < 5; turn++) statuses.push((await client.get('jobs/states')).status)
    expect(statuses).toEqual([200, 503, 503, 200, 200])
    lab.faults.next(/.*/, { kind: 'status', status: 429, retryAfter: '2', body: 'html' })
    const answer = await client.get('backups')
    expect([answer.status, answer.headers.get('retry-after'), answer.text[0]]).toEqual([429, '2', '<'])
    lab.faults.next('backups', { kind: 'garbage' })
    expect((await client.get('backups')).text).toMatch(/^<!doctype html>/)
    expect(lab.requests.filter(({ status }) => status === 503)).toHaveLength(2)
  })

  it('reset, cut and hang connections', async () => {
    await using lab = await VeeamLab.start()
    const client = await LabClient.signedIn(lab)
    lab.faults.next('backups', { kind: 'reset' })
    await expect(client.get('backups')).rejects.toThrow()
    lab.faults.next('backups', { kind: 'cut' })
    await expect(client.get('backups')).rejects.toThrow()
    lab.faults.next('backups', { kind: 'hang' })
    const patience = { signal: AbortSignal.timeout(200) }
    await expect(client.send('/api/v1/backups', patience)).rejects.toThrow(/timeout/i)
    expect(lab.requests.at(-1)?.status).toBe(0)
    lab.faults.next('backups', { kind: 'slow', ms: 300 })
    const start = Date.now()
    expect((await client.get('backups')).status).toBe(200)
    expect(Date.now() - start).toBeGreaterThanOrEqual(290)
  })

  it('end tokens between two pages, with or without a body', async () => {
    await using lab = await VeeamLab.start()
    const client = await LabClient.signedIn(lab)
    const page = (skip: number) => client.get('restorePoints', { skip: String(skip), limit: '5' })
    lab.faults.next('restorePoints', { kind: 'expire-tokens' }, { after: 1 })
    expect((await page(0)).status).toBe(200)
    const expired = await page(5)
    expect([expired.status, expired.json.errorCode]).toEqual([401, 'ExpiredToken'])
    lab.faults.isUnauthorisedEmpty = true
    expect(await page(5)).toMatchObject({ status: 401, text: '' })
    const refresh = { grant_type: 'refresh_token', refresh_token: client.refreshToken }
    expect((await client.grant(refresh)).status).toBe(200)
    expect((await page(5)).status).toBe(200)
    lab.faults.next('restorePoints', { kind: 'expire-tokens', refresh: true })
    await page(5)
    const again = { grant_type: 'refresh_token', refresh_token: client.refreshToken }
    expect((await client.grant(again)).status).toBe(401)
    expect(lab.openSessions).toBe(0)
  })

  it('change a list between two pages', async () => {
    await using lab = await VeeamLab.start()
    const client = await LabClient.signedIn(lab)
    lab.faults.next(
      'backupObjects',
      { kind: 'change', change: (estate) => estate.backupObjects.shift() },
      { after: 1 },
    )
    const first = await client.get('backupObjects', { limit: '5' })
    const second = await client.get('backupObjects', { skip: '5', limit: '5' })
    const total = first.json.pagination?.total ?? 0
    expect(second.json.pagination?.total).toBe(total - 1)
    const left = new Set(lab.estate.backupObjects.map(({ id }) => id))
    const seen = new Set([...(first.json.data ?? []), ...(second.json.data ?? [])].map(({ id }) => id))
    expect([...left].slice(0, 10).filter((id) => !seen.has(id))).toHaveLength(1)
  })

  it('forbid what only administrators may see', async () => {
    await using lab = await VeeamLab.start()
    const client = await LabClient.signedIn(lab)
    lab.faults.forbid('serverInfo', 'license')
    const answer = await client.get('serverInfo')
    expect([answer.status, answer.json]).toEqual([403, { errorCode: 'AccessDenied', message: 'Forbidden' }])
    expect((await client.get('license')).status).toBe(403)
    expect((await client.get('backups')).status).toBe(200)
    lab.faults.clear()
    expect((await client.get('serverInfo')).status).toBe(200)
  })

  it('leave skip and limit out of the envelope', async () => {
    await using lab = await VeeamLab.start()
    const client = await LabClient.signedIn(lab)
    lab.faults.omitsSkipAndLimit = true
    const total = lab.estate.jobs.length
    expect((await client.get('jobs/states')).json.pagination).toEqual({ total, count: total })
  })

  it('count how many requests are in work at once', async () => {
    await using lab = await VeeamLab.start()
    const client = await LabClient.signedIn(lab)
    lab.forgetRequests()
    lab.faults.next('backups', { kind: 'slow', ms: 100 }, { times: 6 })
    await Promise.all(Array.from({ length: 6 }, () => client.get('backups')))
    expect(lab.mostAtOnce).toBeGreaterThan(1)
    expect(lab.requests).toHaveLength(6)
  })
})
