import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { UpdateCard } from '../../model/changes.ts'
import type { CardValue } from '../../model/cmdb.ts'
import type { Item } from '../../model/inventory.ts'
import {
  attribute,
  CLASSES,
  card,
  classMapping,
  cmdbClass,
  field,
  item,
  KINDS,
  key,
  kinds,
  mapping,
  NOW,
  reconciled,
  STATE,
} from '../testkit/build.testkit.ts'

const LastUpdate = NOW.toISOString()
const machine = (facts: Item['facts']) => item('machine', 'm1', ['web.a.it'], { facts })
const pinned = (values: Record<string, CardValue> = {}) =>
  card(1, 'VirtualServer', { SourceKey: key('machine', 'm1'), ...values })

/** What is written on the card that stands there, by attribute; null when nothing is. */
function written(
  facts: Item['facts'],
  values: Record<string, CardValue>,
  more: Parameters<typeof reconciled>[2] = {},
) {
  const { changes } = reconciled([machine(facts)], [pinned(values)], more)
  const [change] = changes.filter((one): one is UpdateCard => one.do === 'update')
  if (change === undefined) return null
  return Object.fromEntries(Object.entries(change.values).map(([name, { after }]) => [name, after]))
}

describe('policies', () => {
  it('own: as the source says, empty included, and nothing where it does not know', () => {
    expect(written({ status: 'InUse' }, { State: STATE.Stopped })).toEqual({ State: STATE.InUse, LastUpdate })
    expect(written({ status: null }, { State: STATE.Stopped })).toEqual({ State: null, LastUpdate })
    expect(written({}, { State: STATE.Stopped })).toBeNull()
    expect(written({ status: 'inuse' }, { State: STATE.InUse })).toBeNull()
    expect(written({ status: '' }, {})).toBeNull()
  })

  it('fillIfEmpty: only where nothing stands', () => {
    expect(written({ hostname: 'web' }, { Hostname: 'kept' })).toBeNull()
    expect(written({ hostname: 'web' }, { Hostname: ' ' })).toEqual({ Hostname: 'web', LastUpdate })
    expect(written({ hostname: null }, { Hostname: 'kept' })).toBeNull()
  })

  it('createOnly: never on a card that is there, and the Code neither, however it is mapped', () => {
    expect(written({ description: 'new' }, {})).toBeNull()
    const fields = [field('code', 'Code', 'own'), field('description', 'Notes', 'never')]
    const machines = mapping({
      kinds: kinds('machine', { classes: [classMapping('VirtualServer', fields)] }),
    })
    expect(written({ description: 'new' }, { Code: 'PS003' }, { mapping: machines })).toBeNull()
    expect(reconciled([machine({ description: 'new' })], [], { mapping: machines }).changes).toMatchObject([
      { do: 'create', values: { Code: 'm1', SourceKey: key('machine', 'm1') } },
    ])
  })

  it('updatedAt: only together with something else', () => {
    expect(written({ status: 'InUse' }, { State: STATE.InUse, LastUpdate: null })).toBeNull()
  })
})

describe('adoption', () => {
  it('writes the key, and says why', () => {
    const { changes } = reconciled([machine({})], [card(1, 'VirtualServer', { Hostname: 'web' })])
    expect(changes).toEqual([
      {
        ...{ do: 'update', why: 'adopted', kind: 'machine', className: 'VirtualServer', card: 1 },
        ...{ key: key('machine', 'm1'), name: 'web.a.it' },
        values: {
          SourceKey: { before: null, after: key('machine', 'm1') },
          LastUpdate: { before: null, after: LastUpdate },
        },
      },
    ])
  })

  it('takes no card from another source: only what is empty is filled there, and no name', () => {
    const theirs = card(1, 'VirtualServer', { Hostname: 'web', SourceKey: 'holdfast:h/machine/9' })
    const facts = { status: 'InUse', address: '10.0.0.1', hostname: 'web' }
    const classes = (name: string) => [
      classMapping(name, [
        field('status', 'State', 'fillIfEmpty'),
        field('address', 'IPAddress', 'fillIfEmpty'),
        field('name', 'Notes'),
      ]),
    ]
    const used = mapping({ kinds: kinds('machine', { classes: classes('VirtualServer') }) })
    expect(reconciled([machine(facts)], [theirs]).changes).toEqual([])
    expect(reconciled([machine(facts)], [theirs], { mapping: used }).changes).toMatchObject([
      { do: 'update', why: 'differs', card: 1, values: { State: { before: null, after: STATE.InUse } } },
    ])
  })
})

describe('names', () => {
  const named = (Code: string, Name: string) =>
    card(5, 'Storage', { SourceKey: key('storage', 's1'), Code, Name })
  const fields = [field('code', 'Code', 'createOnly'), field('name', 'Name')]
  const used = mapping({ kinds: kinds('storage', { classes: [classMapping('Storage', fields)] }) })
  const classes = [cmdbClass('Storage', [attribute('Code'), attribute('SourceKey'), attribute('Name')])]

  it('follow the source on cards that were made for it', () => {
    const items = [item('storage', 's1', ['Repo'], { facts: { name: 'Repo' } })]
    const { changes } = reconciled(items, [named('s1', 'Old')], { mapping: used, classes })
    expect(changes).toMatchObject([{ values: { Name: { before: 'Old', after: 'Repo' } } }])
  })

  it('stay on cards of a person, and are filled in where none stands', () => {
    const items = [item('storage', 's1', ['Repo'], { facts: { name: 'Repo' } })]
    const of = (Name: string) => reconciled(items, [named('ST-7', Name)], { mapping: used, classes }).changes
    expect(of('NetApp Rome, rack 3')).toEqual([])
    expect(of('')).toMatchObject([{ values: { Name: { before: '', after: 'Repo' } } }])
  })
})

describe('values', () => {
  const storage = (capacityGb: number) => item('storage', 's1', ['Repo'], { facts: { capacityGb } })
  const repository = (Capacity: number | null) =>
    card(5, 'Storage', { SourceKey: key('storage', 's1'), Capacity })

  it.each([
    [100, 100.9, 1, false],
    [100, 101, 1, true],
    [100, 99.1, 1, false],
    [100, 98.9, 1, true],
    [100, 100.04, 0, false],
    [100, 100.06, 0, true],
    [0, 0.1, 50, true],
    [null, 0.1, 50, true],
  ])(
    'a size of %d that becomes %d, with a tolerance of %d percent, is written: %s',
    (before, after, percent, isWritten) => {
      const { changes } = reconciled([storage(after)], [repository(before)], {
        mapping: mapping({ sizeTolerancePercent: percent }),
      })
      expect(changes.length).toBe(isWritten ? 1 : 0)
    },
  )

  it('a reference takes the card of the other item, a text its name', () => {
    const job = item('job', 'j1', ['Nightly'])
    const refs = { job, storage: storage(1) }
    const cards = [pinned({}), card(7, 'BackupJob', { SourceKey: key('job', 'j1') }), repository(1)]
    const { changes } = reconciled([machine(refs), job, storage(1)], cards)
    expect(changes).toMatchObject([
      { card: 1, values: { BackupJob: { before: null, after: 7 }, Repository: { after: 'Repo' } } },
    ])
    expect(reconciled([machine(refs), job, storage(1)], cards.slice(0, 1)).changes.at(-1)).toMatchObject({
      values: { BackupJob: { after: { created: 2 } } },
    })
  })

  it('a reference to what is nowhere, or to a card of another class, stays as it is', () => {
    const ref = { kind: 'job', id: 'j1' } as const
    expect(written({ job: ref }, { BackupJob: 7 })).toBeNull()
    const wrong = machine({ job: { kind: 'storage', id: 's1' } })
    const made = reconciled([wrong, storage(1)], [pinned({ BackupJob: 7 }), repository(1)])
    expect(made.changes).toEqual([])
    expect(made.remarks.map(phraseText)).toEqual([
      'not written on 1 card: VirtualServer.BackupJob refers to cards of BackupJob only (web.a.it)',
    ])
  })

  it('what is too long is cut, what no lookup has is left out, and both are said', () => {
    const names = ['a', 'b', 'c', 'd']
    const items = names.map((id) =>
      item('machine', id, [], { facts: { status: 'Odd', hostname: id.repeat(60) } }),
    )
    const { changes, remarks } = reconciled(items, [])
    expect(changes[0]).toMatchObject({ values: { Hostname: 'a'.repeat(50) } })
    expect(changes[0]).not.toHaveProperty('values.State')
    expect(remarks.map(phraseText)).toEqual([
      '4 values are cut to the 50 characters that VirtualServer.Hostname holds (a, b, c, …)',
      'not written on 4 cards: CI - State has no value Odd for VirtualServer.State (a, b, c, …)',
    ])
  })
})

describe('what the CMDB does not let be written', () => {
  const servers = (odd: Parameters<typeof attribute>[1], without: string[] = [], more = {}) =>
    CLASSES.map((one) =>
      one.name !== 'VirtualServer'
        ? one
        : cmdbClass(
            one.name,
            [...one.attributes.values()]
              .filter(({ name }) => !without.includes(name))
              .map((each) => (each.name === 'State' ? { ...each, ...odd } : each)),
            { lineage: one.lineage, ...more },
          ),
    )
  const only = (classes: typeof CLASSES, more = {}) =>
    reconciled([machine({ status: 'InUse', hostname: 'web' })], [pinned({ State: STATE.Stopped })], {
      classes,
      ...more,
    })

  it.each<[string, typeof CLASSES, string]>([
    ['absent', servers({}, ['State']), 'not written: the class VirtualServer lacks the attribute State'],
    [
      'inactive',
      servers({ isActive: false }),
      'not written: the attribute State of the class VirtualServer is not active',
    ],
    [
      'without a right',
      servers({ canUpdate: false }),
      'not written, or only on new cards: no right to the attribute State of the class VirtualServer',
    ],
  ])('an attribute that is %s is left out, and said once', (_, classes, remark) => {
    const made = only(classes)
    expect(made.changes).toMatchObject([{ values: { Hostname: { after: 'web' } } }])
    expect(made.changes[0]).not.toHaveProperty('values.State')
    expect(made.remarks.map(phraseText)).toEqual([remark])
  })

  it('nor what is reserved, whatever the mapping says', () => {
    const fields = [field('status', 'Status'), field('hostname', 'SourceKey'), field('status', 'Id')]
    const used = mapping({ kinds: kinds('machine', { classes: [classMapping('VirtualServer', fields)] }) })
    const odd = servers({}).map((one) =>
      cmdbClass(one.name, [...one.attributes.values(), attribute('Status'), attribute('Id')], {
        lineage: one.lineage,
      }),
    )
    const made = only(odd, { mapping: used })
    expect(made.changes).toEqual([])
    expect(made.remarks).toHaveLength(3)
  })

  it('an attribute that is asked for is not emptied', () => {
    const classes = servers({ isMandatory: true })
    expect(
      reconciled([machine({ status: null })], [pinned({ State: STATE.Stopped })], { classes }).changes,
    ).toEqual([])
  })

  it('a class that may not be changed blocks what would be, and nothing else', () => {
    const classes = servers({}, [], { canUpdate: false })
    const made = only(classes)
    expect(made.changes).toEqual([])
    expect(made.untouched).toMatchObject([
      {
        what: 'blocked',
        why: { text: 'cards of the class VirtualServer may not be changed: Hostname, State would be' },
      },
    ])
    expect(reconciled([machine({})], [pinned()], { classes }).tally.machine).toMatchObject({ unchanged: 1 })
  })
})

it('leaves a kind alone that has no class', () => {
  const made = reconciled([machine({})], [], {
    mapping: mapping({ kinds: { ...KINDS, machine: { ...KINDS.machine, classes: [] } } }),
  })
  expect([made.changes, made.untouched, made.remarks]).toEqual([[], [], []])
  expect(made.tally.machine).toEqual({
    created: 0,
    updated: 0,
    unchanged: 0,
    orphaned: 0,
    ambiguous: 0,
    blocked: 0,
  })
})
