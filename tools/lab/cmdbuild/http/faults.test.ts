import { describe, expect, test } from 'vitest'
import { CmdbuildLab } from '../cmdbuild-lab.ts'
import { Rest } from '../rest.testkit.ts'

describe('mishaps', () => {
  test('hit only what they are meant for, as often as said', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = await Rest.as(lab)
    lab.faults.next({ status: 503, retryAfter: 2 }, { method: 'GET', path: /\/cards$/ }, 2)
    const answers = [
      await rest.get('/classes'),
      await rest.get('/classes/Storage/cards'),
      await rest.get('/classes/Storage/cards'),
      await rest.get('/classes/Storage/cards'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200])
    expect(lab.requests.slice(1).map(({ status }) => status)).toEqual([200, 503, 503, 200])
    lab.faults.next({ status: 429, retryAfter: 7 })
    const slower = await fetch(`${lab.url}/services/rest/v3/classes`)
    expect([slower.status, slower.headers.get('retry-after')]).toEqual([429, '7'])
  })

  test('an answer that is lost was given: what it confirms is done', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = await Rest.as(lab)
    lab.faults.next({ lose: true }, { method: 'POST', path: '/classes/Storage/cards' })
    await expect(rest.send('POST', '/classes/Storage/cards', { Code: 'lost' })).rejects.toThrow()
    expect(lab.store.cards('Storage').map(({ values }) => values.Code)).toEqual(['lost'])
    expect(lab.requests.at(-1)?.status).toBe(0)
    lab.faults.next({ reset: true }, { method: 'POST' })
    await expect(rest.send('POST', '/classes/Storage/cards', { Code: 'reset' })).rejects.toThrow()
    expect(lab.store.cards('Storage')).toHaveLength(1)
  })

  test('every nth write fails, and reading does not', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = await Rest.as(lab)
    lab.faults.everyWrite(3, { status: 500 })
    const statuses: number[] = []
    for (let number = 0; number < 6; number += 1) {
      statuses.push((await rest.send('POST', '/classes/Storage/cards', { Code: `s${number}` })).status)
      expect((await rest.get('/classes')).status).toBe(200)
    }
    expect(statuses).toEqual([200, 200, 500, 200, 200, 500])
    lab.faults.clear()
    expect((await rest.send('POST', '/classes/Storage/cards', { Code: 'last' })).status).toBe(200)
    expect([lab.writeRequests, lab.changes]).toEqual([7, 5])
  })

  test('one that hangs answers nothing, one that is slow answers right', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = await Rest.as(lab)
    lab.faults.next({ hang: true })
    const signal = AbortSignal.timeout(200)
    await expect(fetch(`${lab.url}/services/rest/v3/classes`, { signal })).rejects.toThrow()
    lab.faults.next({ delayMs: 100 })
    const before = performance.now()
    expect((await rest.get('/classes')).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThan(90)
  })

  test('sessions end at once, and a class is forbidden', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = await Rest.as(lab)
    lab.faults.forbidClass('Storage')
    expect((await rest.get('/classes/Storage/cards')).status).toBe(400)
    const names = (await rest.get('/classes')).body.data.map(({ name }: { name: string }) => name)
    expect(names).toContain('VirtualServer')
    expect(names).not.toContain('Storage')
    lab.faults.expireSessions()
    expect((await rest.get('/classes')).status).toBe(401)
  })
})
