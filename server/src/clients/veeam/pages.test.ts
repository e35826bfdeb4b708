import { expect, it } from 'vitest'
import { z } from 'zod'
import { firstById, firstOfName, readPages } from './pages.ts'

const schema = z.object({ id: z.string() })
const readEntry = (entry: unknown) => schema.safeParse(entry).data ?? null

/** Answers the pages given, one after the other, and the last for ever. */
function read(...pages: readonly unknown[]) {
  const skips: number[] = []
  const page = async (skip: number) => {
    skips.push(skip)
    return pages[Math.min(skips.length, pages.length) - 1]
  }
  return {
    skips,
    list: readPages({ at: 'https://veeam', what: 'jobs', read: readEntry, page, ...firstById() }),
  }
}

const of = (ids: string, total: number | null) => ({
  data: [...ids].map((id) => ({ id, unknown: true })),
  ...(total === null ? {} : { pagination: { total, count: ids.length } }),
})

it('advances by what came, however few that were', async () => {
  const { skips, list } = read(of('ab', 5), of('c', 5), of('de', 5))
  expect((await list).items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(skips).toEqual([0, 2, 3])
})

it('does not take an early end for the end', async () => {
  const { list } = read(of('ab', 5), of('', 5))
  await expect(list).rejects.toMatchObject({
    code: 'node-answer-invalid',
    message: expect.stringContaining('ends after 2 entries'),
  })
})

it.each([
  ['all of an empty list', [of('', 0)], '', true],
  ['one total, met to the end', [of('ab', 3), of('c', 3)], 'abc', true],
  ['an entry that moved to a page that was read', [of('ab', 4), of('bc', 4)], 'abc', false],
  ['a list that shrank', [of('ab', 5), of('cd', 4)], 'abcd', false],
  ['a list that grew', [of('ab', 3), of('bc', 4)], 'abc', false],
  ['a server that ignores skip', [of('ab', 4)], 'ab', false],
  ['no total, and a page of nothing new', [of('ab', null), of('c', null), of('', null)], 'abc', true],
])('knows whether %s is complete', async (_what, pages, ids, isComplete) => {
  const { list } = read(...pages)
  const { items, ...rest } = await list
  expect(items.map(({ id }) => id).join('')).toBe(ids)
  expect(rest).toEqual({ isComplete, leftOut: 0 })
})

it('leaves out what lacks its identity, and is not complete then', async () => {
  const page = { data: [{ id: 'a' }, { name: 'b' }, null], pagination: { total: 3 } }
  expect(await read(page).list).toEqual({ items: [{ id: 'a' }], isComplete: false, leftOut: 2 })
})

it.each([{}, [], null, { data: null }, 'x'])('%j is no list', async (page) => {
  await expect(read(page).list).rejects.toMatchObject({ code: 'node-answer-invalid' })
})

it('keeps the first restore point of each chain and name alone, and misses none for it', async () => {
  const data = ['a/x', 'a/y', 'b/x', 'a/x'].map((text) => text.split('/'))
  const page = async () => ({ data, pagination: { total: 4 } })
  const readPoint = (entry: unknown) => {
    const [backupId = '', name = ''] = Array.isArray(entry) ? entry : []
    return { backupId, name }
  }
  const list = await readPages({ at: '', what: '', read: readPoint, page, ...firstOfName() })
  expect(list.items.map(({ backupId, name }) => `${backupId}/${name}`)).toEqual(['a/x', 'a/y', 'b/x'])
  expect(list.isComplete).toBe(true)
})
