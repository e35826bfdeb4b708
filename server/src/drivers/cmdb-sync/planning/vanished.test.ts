import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { Change } from '../model/changes.ts'
import { bearingAfter, vanishedGuards } from './vanished.ts'

const about = { kind: 'machine', className: 'VirtualServer', key: 'veeam:v/machine/m', name: 'm' } as const
const create = (number: number, values = { SourceKey: 'veeam:v/machine/m' }): Change => ({
  ...{ do: 'create', number, ...about, values },
})
const key = (before: string | null, after: string | null): Change => ({
  ...{ do: 'update', why: 'adopted', card: 1, ...about, values: { SourceKey: { before, after } } },
})
const creates = (count: number) => Array.from({ length: count }, (_, at) => create(at))
const brake = { brake: { most: 10, percent: 20 } }

describe('cards that are nowhere to be seen', () => {
  it.each([
    ['all of them', { machine: 3 }, {}, 3, 1],
    ['more than the brake lets pass', { machine: 100 }, { machine: 79 }, 21, 1],
    ['no more than that', { machine: 100 }, { machine: 80 }, 20, 0],
    ['many, of which few are made anew', { machine: 100 }, { machine: 10 }, 5, 0],
    ['none: the source has grown', { machine: 10 }, { machine: 10 }, 500, 0],
    ['none: it is the first run', {}, {}, 500, 0],
    ['the only one, deleted by a person', { machine: 1 }, {}, 1, 0],
  ])('%s', (_, before, now, count, held) => {
    expect(vanishedGuards(before, now, creates(count), brake)).toHaveLength(held)
  })

  it('are told by their numbers', () => {
    const [guard] = vanishedGuards({ machine: 30 }, { machine: 2 }, creates(28), brake)
    expect(guard && phraseText(guard.message)).toBe(
      'of the 30 cards that the last run left (machine), 2 are to be seen; 28 would be made anew',
    )
  })
})

it('counts what bears a key once all is written', () => {
  const changes: Change[] = [
    ...creates(2),
    { do: 'create', number: 9, ...about, values: { Code: 'm' } },
    key(null, 'veeam:v/machine/m'),
    key('veeam:v/server/h', 'veeam:v/machine/m'),
    key('veeam:v/machine/m', null),
    { do: 'delete', card: 3, ...about },
  ]
  expect(bearingAfter({ machine: 5, server: 2 }, changes, 'SourceKey')).toEqual({ machine: 7, server: 1 })
})
