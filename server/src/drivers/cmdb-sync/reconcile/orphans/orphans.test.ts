import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { Change, Missing } from '../../model/changes.ts'
import type { CardValue } from '../../model/cmdb.ts'
import {
  CLASSES,
  card,
  HOME,
  item,
  key,
  kinds,
  mapping,
  NOW,
  reconciled,
  relation,
  STATE,
} from '../testkit/build.testkit.ts'

const there = item('machine', 'here')
const created = (id: number, of: string, values: Record<string, CardValue> = {}) =>
  card(id, 'VirtualServer', { SourceKey: key('machine', of), Code: of, ...values })
const adopted = (id: number, of: string, values: Record<string, CardValue> = {}) =>
  created(id, of, { Code: 'PS003', ...values })
const gone = (orphans: 'mark' | 'unlink' | 'delete' | 'ignore', more = {}) =>
  mapping({ kinds: kinds('machine', { orphans }), ...more })
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000)
const shown = (changes: readonly Change[]): unknown[] =>
  changes.map((change) => {
    if (change.do !== 'update') return [change.do, 'card' in change ? change.card : null]
    const values = Object.entries(change.values).map(([name, { after }]) => [name, after])
    return [change.why, change.card, Object.fromEntries(values)]
  })
const LastUpdate = NOW.toISOString()

describe('what is done', () => {
  const cards = [
    created(1, 'a', { State: STATE.InUse, Repository: 'Repo' }),
    adopted(2, 'b', { Hostname: 'kept', State: STATE.InUse, Repository: 'Repo', Notes: 'kept' }),
    created(3, 'here'),
  ]

  it('mark: the status of created cards, and on those of people only what the source said', () => {
    expect(shown(reconciled([there], cards, { mapping: gone('mark') }).changes)).toEqual([
      ['gone', 1, { State: STATE.Removed, LastUpdate }],
      ['gone', 2, { State: null, Repository: null, LastUpdate }],
    ])
  })

  it('unlink: the key, and nothing else', () => {
    expect(shown(reconciled([there], cards, { mapping: gone('unlink') }).changes)).toEqual([
      ['gone', 1, { SourceKey: null, LastUpdate }],
      ['gone', 2, { SourceKey: null, LastUpdate }],
    ])
  })

  it('delete: created cards only, those of people are unlinked', () => {
    expect(shown(reconciled([there], cards, { mapping: gone('delete') }).changes)).toEqual([
      ['gone', 2, { SourceKey: null, LastUpdate }],
      ['delete', 1],
    ])
  })

  it('ignore: nothing, and nothing is remembered', () => {
    const made = reconciled([there], cards, { mapping: gone('ignore') })
    expect([made.changes, made.missing, made.tally.machine.orphaned]).toEqual([[], {}, 0])
  })

  it('nothing twice: what is marked stays counted', () => {
    const done = [
      created(1, 'a', { State: STATE.Removed }),
      adopted(2, 'b', { Hostname: 'kept' }),
      created(3, 'here'),
    ]
    const made = reconciled([there], done, { mapping: gone('mark') })
    expect([made.changes, made.untouched, made.tally.machine.orphaned]).toEqual([[], [], 2])
  })

  it('nothing on cards with the key of another source, or none', () => {
    const others = [
      card(1, 'VirtualServer', { SourceKey: 'veeam:x/machine/a', Code: 'a' }),
      card(2, 'VirtualServer', { Code: 'b' }),
    ]
    expect(reconciled([there], [...others, created(3, 'here')], { mapping: gone('delete') }).changes).toEqual(
      [],
    )
  })

  it('nothing on a card that may be that of an item which is there', () => {
    const names = ['web.a.it']
    const cards = [
      created(1, 'a', { Hostname: 'web', State: STATE.InUse }),
      card(2, 'VirtualServer', { Hostname: 'web' }),
    ]
    const made = reconciled([item('machine', 'here', names)], cards, { mapping: gone('delete') })
    expect(made.changes).toEqual([])
    expect(made.untouched.map(({ what, key: of }) => [what, of])).toEqual([
      ['ambiguous', key('machine', 'here')],
      ['waiting', key('machine', 'a')],
    ])
  })

  it('says what it may not do', () => {
    const classes = CLASSES.map((one) => ({ ...one, canDelete: false }))
    const made = reconciled([there], cards, { mapping: gone('delete'), classes })
    expect(made.untouched.map(({ why }) => phraseText(why))).toEqual([
      'it is gone, and there is no right to delete cards of the class VirtualServer',
    ])
    const unknown = reconciled([there], cards, { mapping: gone('mark', { goneStatus: 'Unheard of' }) })
    expect(unknown.untouched.map(({ why }) => phraseText(why))).toEqual([
      'it is gone, and no status of the class VirtualServer that is written can say Unheard of',
    ])
  })
})

describe('grace', () => {
  const cards = [created(1, 'a', { State: STATE.InUse }), created(3, 'here')]
  const grace = { runs: 3, days: 2 }
  const after = (day: number, missing: Missing) =>
    reconciled([there], cards, { mapping: gone('mark', { grace }), missing, now: days(day) })

  it('waits for as many runs and as many days', () => {
    const first = after(0, {})
    expect(first.missing).toEqual({ [key('machine', 'a')]: { since: NOW.toISOString(), runs: 1 } })
    expect(first.changes).toEqual([])
    expect(first.untouched).toMatchObject([{ what: 'waiting', key: key('machine', 'a'), name: 'a' }])
    const second = after(5, first.missing)
    expect([second.missing[key('machine', 'a')]?.runs, second.changes]).toEqual([2, []])
    expect(after(5, second.missing).changes).toHaveLength(1)
    expect(after(1.9, second.missing).changes).toEqual([])
    expect(after(2, second.missing).changes).toHaveLength(1)
  })

  it('is forgotten when it is there again, and what was marked is made true', () => {
    const missing = { [key('machine', 'a')]: { since: '2026-01-01T00:00:00.000Z', runs: 9 } }
    const marked = [created(1, 'a', { State: STATE.Removed })]
    const unknown = reconciled([item('machine', 'a')], marked, { mapping: gone('mark'), missing })
    expect(shown(unknown.changes)).toEqual([['back', 1, { State: null, LastUpdate }]])
    expect(unknown.missing).toEqual({})
    const running = item('machine', 'a', [], { facts: { status: 'InUse' } })
    expect(shown(reconciled([running], marked, { missing }).changes)).toEqual([
      ['back', 1, { State: STATE.InUse, LastUpdate }],
    ])
  })

  it('leaves no mark on a card that has lost its key', () => {
    const marked = [card(1, 'VirtualServer', { Code: 'a', State: STATE.Removed })]
    const { changes } = reconciled([item('machine', 'a')], marked, { mapping: gone('mark') })
    const SourceKey = key('machine', 'a')
    expect(shown(changes)).toEqual([['adopted', 1, { SourceKey, State: null, LastUpdate }]])
  })

  it('neither runs nor ends while the list is not complete', () => {
    const missing = { [key('machine', 'a')]: { since: '2026-01-01T00:00:00.000Z', runs: 9 } }
    const incomplete = new Map([['machine', 'cut short']] as const)
    const made = reconciled([there], cards, { mapping: gone('delete'), missing, incomplete })
    expect([made.changes, made.missing, made.tally.machine.orphaned]).toEqual([[], missing, 0])
    expect(reconciled([there], cards, { mapping: gone('delete'), incomplete }).missing).toEqual({})
  })

  it('is not asked about what is left out', () => {
    const made = reconciled([there], cards, {
      mapping: gone('delete'),
      leftOut: [{ kind: 'machine', id: 'a' }],
    })
    expect([made.changes, made.missing]).toEqual([[], {}])
  })
})

describe('guards', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => created(at + 1, `old${at}`, { State: STATE.InUse }))
  const guards = (count: number, kept: number, more = {}) => {
    const items = Array.from({ length: kept }, (_, at) => item('machine', `new${at}`))
    const cards = [...many(count), ...items.map(({ id }, at) => created(1000 + at, id))]
    return reconciled(items, cards, { mapping: gone('mark', more) }).guards.map(({ code, message }) => [
      code,
      phraseText(message),
    ])
  }

  it('hold more orphans than the greater of number and share', () => {
    expect(guards(10, 10)).toEqual([])
    expect(guards(11, 10)).toEqual([
      [
        'many-orphans',
        expect.stringMatching(
          /^11 machines are no longer in the source; without asking, 10 of 21 at most; fingerprint of the list: [0-9a-f]{8}$/,
        ),
      ],
    ])
    expect(guards(20, 80)).toEqual([])
    expect(guards(21, 79)).toHaveLength(1)
  })

  it('say otherwise when others are gone, however many, and the same as long as it is these', () => {
    const told = (first: string) => {
      const cards = [created(1, first), ...many(20).slice(1)]
      return JSON.stringify(reconciled([item('machine', 'new')], cards, { mapping: gone('mark') }).guards)
    }
    expect(told('one')).toBe(told('one'))
    expect(told('one')).not.toBe(told('other'))
  })

  it('hold a source that lists none of a kind', () => {
    expect(guards(1, 0)).toEqual([
      [
        'source-empty',
        expect.stringContaining('1 machine is no longer in the source; the source lists none of them at all'),
      ],
    ])
  })

  it('do not hold what is only waited for, or was done before', () => {
    expect(guards(30, 0, { grace: { runs: 2, days: 0 } })).toEqual([])
    const done = many(30).map((one) => ({ ...one, values: { ...one.values, State: STATE.Removed } }))
    expect(reconciled([there], done, { mapping: gone('mark') }).guards).toEqual([])
  })
})

it('takes the relations along with what is unlinked or deleted, and leaves those of what is marked', () => {
  const home = card(9, 'Infrastructure', {
    SourceKey: key('infrastructure', 'HOME'),
    Code: 'HOME',
    Name: 'Home',
  })
  const cards = [
    home,
    created(1, 'a', { State: STATE.Removed }),
    created(3, 'here'),
    card(4, 'VirtualServer'),
  ]
  const relations = [relation(70, 'InfrastructureCI', 9, 1), relation(71, 'InfrastructureCI', 9, 4)]
  const unrelated = (orphans: 'mark' | 'unlink' | 'delete') =>
    reconciled([HOME, there], cards, { mapping: gone(orphans), relations }).changes.map((change) =>
      change.do === 'unrelate'
        ? ['unrelate', change.relation]
        : [change.do, 'card' in change ? change.card : 0],
    )
  expect(unrelated('mark')).toEqual([])
  expect(unrelated('unlink')).toEqual([
    ['update', 1],
    ['unrelate', 70],
  ])
  expect(unrelated('delete')).toEqual([
    ['unrelate', 70],
    ['delete', 1],
  ])
})

it('leaves all cards alone that bear one key: one of them is a copy that a person made', () => {
  const cards = [
    created(1, 'a', { Hostname: 'old' }),
    created(2, 'a', { Hostname: 'new' }),
    created(3, 'here'),
  ]
  const made = reconciled([there], cards, { mapping: gone('delete') })
  expect(made.changes).toEqual([])
  expect(made.untouched.map(({ what, why }) => [what, phraseText(why)])).toEqual([
    ['blocked', 'several cards bear its key: VirtualServer 1'],
    ['blocked', 'several cards bear its key: VirtualServer 2'],
  ])
})

it('counts no cards that were marked long ago when it judges how many are many', () => {
  const old = Array.from({ length: 100 }, (_, at) => created(1000 + at, `old${at}`, { State: STATE.Removed }))
  const now = Array.from({ length: 15 }, (_, at) => created(2000 + at, `now${at}`, { State: STATE.InUse }))
  const { guards } = reconciled([there], [...old, ...now, created(3, 'here')], { mapping: gone('mark') })
  expect(guards.map(({ code }) => code)).toEqual(['many-orphans'])
})
