import { describe, expect, test } from 'vitest'
import { CmdbuildLab } from '../cmdbuild-lab.ts'
import { Rest } from '../rest.testkit.ts'

async function stage(version: '3.3' | '4.2' = '4.2') {
  const lab = await CmdbuildLab.start({ fixture: 'extended', version })
  const infrastructure = lab.store.addCard('Infrastructure', { Code: 'I', Name: 'i', Type: 'VeeamBackup' })
  const storage = lab.store.addCard('Storage', { Code: 's' })
  const body = {
    _type: 'InfrastructureCI',
    _sourceType: 'Infrastructure',
    _sourceId: infrastructure,
    _destinationType: 'Storage',
    _destinationId: storage,
    _is_direct: true,
  }
  const dispose = () => lab[Symbol.asyncDispose]()
  return { lab, rest: await Rest.as(lab), infrastructure, storage, body, [Symbol.asyncDispose]: dispose }
}

const PATH = '/domains/InfrastructureCI/relations'

describe('relations', () => {
  test('are made, listed for the domain and for each card, and taken away', async () => {
    await using on = await stage()
    const made = await on.rest.send('POST', PATH, on.body)
    expect(made.body.data).toMatchObject({ ...on.body, _sourceCode: 'I', _destinationCode: 's' })
    expect((await on.rest.get(PATH)).body).toEqual({
      success: true,
      data: [made.body.data],
      meta: { total: 1 },
    })
    for (const card of [`Infrastructure/cards/${on.infrastructure}`, `CI/cards/${on.storage}`])
      expect((await on.rest.get(`/classes/${card}/relations`)).body.data).toEqual([made.body.data])
    const again = await on.rest.send('POST', PATH, on.body)
    expect(again.status).toBe(500)
    const one = `${PATH}/${made.body.data._id}`
    expect((await on.rest.send('DELETE', one)).body).toEqual({ success: true })
    expect((await on.rest.send('DELETE', one)).status).toBe(404)
    expect([on.lab.writeRequests, on.lab.changes]).toEqual([4, 2])
  })

  test('need all five fields, cards that are there and ends that fit', async () => {
    await using on = await stage()
    for (const key of ['_type', '_sourceType', '_sourceId', '_destinationType', '_destinationId'])
      expect((await on.rest.send('POST', PATH, { ...on.body, [key]: undefined })).status).toBe(400)
    expect((await on.rest.send('POST', PATH, { ...on.body, _destinationId: 7 })).status).toBe(404)
    expect((await on.rest.send('POST', PATH, { ...on.body, _destinationType: 'VirtualServer' })).status).toBe(
      404,
    )
    expect((await on.rest.send('POST', PATH, { ...on.body, _is_direct: false })).status).toBe(400)
    expect(
      (await on.rest.send('POST', '/domains/Nope/relations', { ...on.body, _type: 'Nope' })).status,
    ).toBe(404)
    expect((await on.rest.get('/domains/Nope/relations')).status).toBe(404)
    expect(on.lab.changes).toBe(0)
  })

  test('pages of a domain; before version 4 in no other order than the table’s', async () => {
    for (const [version, first] of [
      ['3.3', 'n0'],
      ['4.2', 'n4'],
    ] as const) {
      await using on = await stage(version)
      for (let number = 0; number < 5; number += 1) {
        const id = on.lab.store.addCard('VirtualServer', { Code: `n${number}` })
        on.lab.store.addRelation('InfrastructureCI', on.infrastructure, id)
      }
      const sort = '[{"property":"Id","direction":"DESC"}]'
      const page = await on.rest.get(PATH, { sort, start: 0, limit: 2 })
      expect(page.body.meta.total).toBe(5)
      expect(page.body.data).toHaveLength(2)
      expect(page.body.data[0]._destinationCode).toBe(first)
    }
  })

  test('a domain without the right takes none', async () => {
    await using on = await stage()
    on.lab.store.setDomain('InfrastructureCI', { canCreate: false })
    expect((await on.rest.send('POST', PATH, on.body)).status).toBe(400)
  })
})
