import { describe, expect, test } from 'vitest'
import { CmdbuildLab, type CmdbuildLabOptions } from '../cmdbuild-lab.ts'
import { Rest, said } from '../rest.testkit.ts'

async function stage(options: CmdbuildLabOptions = {}) {
  const lab = await CmdbuildLab.start({ fixture: 'extended', ...options })
  return { lab, rest: await Rest.as(lab), [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() }
}

const simple = (attribute: string, operator: string, ...value: string[]) =>
  JSON.stringify({ attribute: { simple: { attribute, operator, value } } })

describe('writing cards', () => {
  test('unknown, reserved, inactive and forbidden keys are left out without a word', async () => {
    await using on = await stage()
    on.lab.store.setAttribute('VirtualServer', 'UsedSpace', { mode: 'immutable' })
    on.lab.store.setAttribute('VirtualServer', 'Alias', { rights: { canCreate: false } })
    const sent = { Code: 'v', Nope: 1, Status: 'N', Id: 7, _id: 7, State: 'InUse', Alias: 'a', UsedSpace: 5 }
    const created = await on.rest.send('POST', '/classes/VirtualServer/cards', sent)
    expect(created.status).toBe(200)
    expect(created.body.data).toMatchObject({ _type: 'VirtualServer', Code: 'v', Alias: null, UsedSpace: 5 })
    for (const key of ['Nope', 'Status', 'Id', 'State']) expect(created.body.data).not.toHaveProperty(key)
    expect(on.lab.store.shown(created.body.data._id)).toEqual({ Code: 'v', Description: 'v', UsedSpace: 5 })
    const path = `/classes/VirtualServer/cards/${created.body.data._id}`
    const changed = await on.rest.send('PUT', path, { Alias: 'a', UsedSpace: 9 })
    expect(changed.body.data).toMatchObject({ Alias: 'a', UsedSpace: 5 })
  })

  test('a change goes over what stands, and null empties', async () => {
    await using on = await stage()
    const id = on.lab.store.addCard('Storage', { Code: 's', Path: '/a', Type: 'NAS' })
    const changed = await on.rest.send('PUT', `/classes/Storage/cards/${id}`, {
      Path: null,
      Capacity: 12.345,
    })
    expect(changed.body.data).toMatchObject({ Code: 's', Path: null, Capacity: 12.35, _Type_code: 'NAS' })
    expect(on.lab.store.card(id).user).toBe('holdfast')
    expect(on.lab.changes).toBe(1)
    await on.rest.send('PUT', `/classes/Storage/cards/${id}`, { Path: '', Capacity: 12.35 })
    expect([on.lab.writeRequests, on.lab.changes]).toEqual([2, 1])
    const history = await on.rest.get(`/classes/Storage/cards/${id}/history`, { types: 'cards' })
    expect(history.body.data.map((row: { _status: string }) => row._status)).toEqual(['A', 'U'])
  })

  test('a card is found by its own class and those above it alone', async () => {
    await using on = await stage()
    const id = on.lab.store.addCard('Storage', { Code: 's' })
    expect((await on.rest.get(`/classes/CI/cards/${id}`)).body.data).toMatchObject({ _type: 'Storage' })
    for (const path of [`/classes/VirtualServer/cards/${id}`, '/classes/Storage/cards/7'])
      expect((await on.rest.get(path)).status).toBe(400)
    expect((await on.rest.get('/classes/Nope/cards')).status).toBe(404)
    expect((await on.rest.send('DELETE', `/classes/Storage/cards/${id}`)).body).toEqual({ success: true })
    expect((await on.rest.get(`/classes/Storage/cards/${id}`)).status).toBe(400)
  })

  test('rights that lack are a 400 with the number of what was not allowed', async () => {
    await using on = await stage()
    const id = on.lab.store.addCard('Storage', { Code: 's' })
    on.lab.store.setRights('Storage', { canCreate: false, canUpdate: false, canDelete: false })
    const one = `/classes/Storage/cards/${id}`
    const answers = [
      await on.rest.send('POST', '/classes/Storage/cards', { Code: 't' }),
      await on.rest.send('PUT', one, { Code: 't' }),
      await on.rest.send('DELETE', one),
      await on.rest.send('PUT', '/classes/Storage/cards', { Code: 't' }),
      await on.rest.send('DELETE', '/classes/Storage/cards'),
    ]
    expect(answers.map(({ status, body }) => [status, body.messages[0].code])).toEqual(
      ['301', '302', '303', '304', '305'].map((code) => [400, code]),
    )
    expect(on.lab.changes).toBe(0)
  })

  test('version 4 hides what Java said, and shows what the product says', async () => {
    for (const [version, text] of [
      ['3.3', "java.lang.IllegalArgumentException: string 'hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh' exceed"],
      ['4.2', 'generic error'],
    ] as const) {
      await using on = await stage({ version })
      const long = await on.rest.send('POST', '/classes/Storage/cards', { Hostname: 'h'.repeat(51) })
      expect(long.status).toBe(400)
      expect(said(long)).toContain(text)
      const empty = await on.rest.send('POST', '/classes/Infrastructure/cards', { Code: 'i' })
      expect([empty.status, empty.body.messages[0].code]).toEqual([500, '208'])
      expect(said(empty)).toContain('attribute "Name" of "Infrastructure" is mandatory but found null')
    }
  })
})

describe('listing cards', () => {
  test('all without a limit, of all classes below, with the attributes of the class that was asked', async () => {
    await using on = await stage()
    on.lab.store.addCard('VirtualServer', { Code: 'v', Alias: 'a' })
    on.lab.store.addCard('PhysicalServer', { Code: 'p' })
    on.lab.store.addCard('Storage', { Code: 's' })
    const servers = await on.rest.get('/classes/Server/cards')
    expect(servers.body.meta).toEqual({ total: 2 })
    expect(servers.body.data.map((one: { _type: string }) => one._type).sort()).toEqual([
      'PhysicalServer',
      'VirtualServer',
    ])
    expect(servers.body.data[0]).not.toHaveProperty('Alias')
    expect((await on.rest.get('/classes/CI/cards')).body.data).toHaveLength(3)
  })

  test('pages, sorted and filtered', async () => {
    await using on = await stage()
    for (const Code of ['d', 'b', 'a', 'c']) on.lab.store.addCard('Storage', { Code })
    const codes = async (query: Record<string, string | number>) => {
      const answer = await on.rest.get('/classes/Storage/cards', query)
      return [answer.body.data.map((one: { Code: string }) => one.Code).join(''), answer.body.meta.total]
    }
    expect(await codes({ sort: 'Code', start: 1, limit: 2 })).toEqual(['bc', 4])
    expect(await codes({ sort: '[{"property":"Id","direction":"DESC"}]', limit: 3 })).toEqual(['cab', 4])
    expect(await codes({ sort: 'Code', filter: simple('Code', 'in', 'a', 'd') })).toEqual(['ad', 2])
    const refused = await on.rest.get('/classes/Storage/cards', { filter: simple('Code', 'is', 'a') })
    expect(refused.status).toBe(400)
    expect((await on.rest.get('/classes/Storage/cards', { sort: 'Nope' })).status).toBe(400)
    expect((await on.rest.get('/classes/Storage/cards', { limit: 'all' })).status).toBe(400)
  })

  test('since version 4 attrs also decides about id and class', async () => {
    for (const [version, keys] of [
      ['3.3', ['_id', '_type', '_user', '__user_description', '_beginDate', 'Code']],
      ['4.2', ['Code']],
    ] as const) {
      await using on = await stage({ version })
      on.lab.store.addCard('Storage', { Code: 's' })
      const answer = await on.rest.get('/classes/Storage/cards', { attrs: 'Code' })
      expect(Object.keys(answer.body.data[0])).toEqual(keys)
      const more = await on.rest.get('/classes/Storage/cards', { attrs: 'Id,IdClass,BeginDate,Type' })
      expect(Object.keys(more.body.data[0])).toEqual(
        expect.arrayContaining(['_id', '_type', '_beginDate', 'Type']),
      )
    }
  })

  test('what may not be read is not shown', async () => {
    await using on = await stage()
    on.lab.store.addCard('Storage', { Code: 's', Path: '/a' })
    on.lab.store.setAttribute('Storage', 'Path', { rights: { canRead: false } })
    expect((await on.rest.get('/classes/Storage/cards')).body.data[0]).not.toHaveProperty('Path')
    on.lab.faults.forbidClass('Storage')
    expect((await on.rest.get('/classes/CI/cards')).body.data).toEqual([])
  })
})
