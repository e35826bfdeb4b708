import { expect, it } from 'vitest'
import { object, point } from '../veeam/estate.testkit.ts'
import { joinRestorePoints } from './newest-points.ts'

const [T1, T2, T3] = [
  '2026-11-18T01:00:00.000Z',
  '2026-11-19T01:00:00.000Z',
  '2026-11-20T01:00:00.000Z',
] as const

function joined(...of: Parameters<typeof joinRestorePoints>) {
  const { newest, unsure } = joinRestorePoints(...of)
  return {
    newest: Object.fromEntries([...newest].map(([id, { createdAt }]) => [id, createdAt])),
    unsure: unsure.map(({ id }) => id),
  }
}

it('takes the newest point of the name in the chain, in any order and case', () => {
  const objects = [object('o1', 'b1', 'web'), object('o2', 'b1', 'db'), object('o3', 'b2', 'web')]
  const points = [
    point('b1', 'WEB', T2),
    point('b1', 'web', T3),
    point('b1', 'web', T1),
    point('b1', 'db', T1),
  ]
  expect(joined(objects, points)).toEqual({ newest: { o1: T3, o2: T1 }, unsure: [] })
})

it('asks nothing of the names in a chain of one object', () => {
  const objects = [object('o1', 'b1', 'db01.example')]
  expect(joined(objects, [point('b1', 'db01 Agents', T1)])).toEqual({ newest: { o1: T1 }, unsure: [] })
})

it('takes names that begin like the object, the longest first, cut at words', () => {
  const objects = ['PC-1', 'PC-11', 'PC', 'my share', 'srv.example', '10.0.0.1', '10.0.0.2'].map((name) =>
    object(name, 'b1', name),
  )
  const points = [
    point('b1', 'PC-1 Agents', T1),
    point('b1', 'PC-11 Agents', T2),
    point('b1', 'my share Id: 0', T3),
    point('b1', 'srv AgentBackupJob', T1),
    point('b1', '10.0.0.2 Agents', T2),
  ]
  const { newest } = joined(objects, points)
  expect(newest).toEqual({ 'PC-1': T1, 'PC-11': T2, 'my share': T3, 'srv.example': T1, '10.0.0.2': T2 })
})

it('is not sure of two objects of one name', () => {
  const objects = [object('o1', 'b1', 'app'), object('o2', 'b1', 'App'), object('o3', 'b1', 'db')]
  const points = [point('b1', 'app', T3), point('b1', 'db', T1)]
  expect(joined(objects, points)).toEqual({ newest: { o3: T1 }, unsure: ['o1', 'o2'] })
})

it('is not sure of objects without points in a chain with points of nobody', () => {
  const objects = [
    object('o1', 'b1', 'renamed'),
    object('o2', 'b1', 'web'),
    object('o3', 'b1', 'new', { restorePointsCount: 0 }),
    object('o4', 'b2', 'old'),
    object('o5', 'b2', 'older'),
  ]
  const points = [point('b1', 'former', T3), point('b1', 'web', T1)]
  // In the other chain nothing is left over: its objects have no points of late.
  expect(joined(objects, points)).toEqual({ newest: { o2: T1 }, unsure: ['o1'] })
})

it('knows nothing of objects whose chain is not known', () => {
  expect(joined([object('o1', null, 'web')], [point('b1', 'web', T1)])).toEqual({ newest: {}, unsure: [] })
})
