import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { CmdbCard } from '../../model/cmdb.ts'
import type { Item } from '../../model/inventory.ts'
import { CLASSES, card, cmdbClass, item, key, mapping, reconciled } from '../testkit/build.testkit.ts'

/** What becomes of each item: the card it takes, `new`, or why it is left alone. */
function outcome(
  items: readonly Item[],
  cards: readonly CmdbCard[],
  more: Parameters<typeof reconciled>[2] = {},
) {
  const { changes, untouched } = reconciled(items, cards, more)
  const said = new Map<string, string | number>()
  for (const change of changes) {
    if (change.do === 'create') said.set(change.key, 'new')
    if (change.do === 'update' && change.why !== 'gone') said.set(change.key, change.card)
  }
  for (const { key: of, what, why } of untouched) said.set(of, `${what}: ${phraseText(why)}`)
  return Object.fromEntries(
    items.flatMap(({ kind, id }) => {
      const of = said.get(key(kind, id))
      return of === undefined ? [] : [[id, of]]
    }),
  )
}

const web = item('machine', 'm1', ['web.a.it'])
const host = (id: number, Hostname: string, values = {}) => card(id, 'VirtualServer', { Hostname, ...values })
const owned = (id: number, of: string, values = {}) =>
  card(id, 'VirtualServer', { SourceKey: key('machine', of), ...values })

describe('by key', () => {
  it('is the card, whatever it is called and whatever else is called so', () => {
    const cards = [owned(1, 'm1', { Hostname: 'old' }), host(2, 'web.a.it')]
    const running = { ...web, facts: { status: 'InUse' } }
    expect(outcome([running], cards)).toEqual({ m1: 1 })
  })

  it('is found in another class of the kind, and by another name of the installation', () => {
    const there = card(1, 'PhysicalServer', { SourceKey: 'veeam:HOME/machine/m1' })
    const running = { ...web, facts: { status: 'InUse' } }
    expect(reconciled([running], [there]).changes).toMatchObject([
      { do: 'update', why: 'differs', card: 1, className: 'PhysicalServer' },
    ])
  })

  it('two cards with the same key are ambiguous, however onAmbiguous is set but to the first', () => {
    const cards = [owned(2, 'm1'), owned(1, 'm1')]
    const running = { ...web, facts: { status: 'InUse' } }
    const why = 'ambiguous: several cards bear its key: VirtualServer 1, VirtualServer 2'
    expect(outcome([running], cards)).toEqual({ m1: why })
    expect(outcome([running], cards, { mapping: mapping({ onAmbiguous: 'create' }) })).toEqual({ m1: why })
    expect(outcome([running], cards, { mapping: mapping({ onAmbiguous: 'first' }) })).toEqual({ m1: 1 })
  })

  it('is blocked where its card is of a class that is not mapped for it', () => {
    const there = card(1, 'Storage', { SourceKey: key('machine', 'm1') })
    expect(outcome([web], [there])).toEqual({
      m1: 'blocked: its card 1 is of the class Storage, which is not mapped for it',
    })
  })
})

describe('by Code', () => {
  it('finds again what was created before there was a key, before any name', () => {
    expect(outcome([web], [card(1, 'PhysicalServer', { Code: 'm1' }), host(2, 'web.a.it')])).toEqual({
      m1: 1,
    })
  })

  it('takes no case for another, and two cards for ambiguous', () => {
    expect(outcome([web], [card(1, 'VirtualServer', { Code: 'M1' })])).toEqual({ m1: 'new' })
    expect(
      outcome(
        [web],
        [1, 2].map((id) => card(id, 'VirtualServer', { Code: 'm1' })),
      ),
    ).toEqual({
      m1: 'ambiguous: several cards bear its id as Code: VirtualServer 1, VirtualServer 2',
    })
  })
})

describe('by evidence', () => {
  const address = { evidence: { names: ['web.a.it'], addresses: ['10.0.0.1'] } }
  const several = 'ambiguous: it may be any of several cards: VirtualServer 1, VirtualServer 2'

  it.each<[string, CmdbCard[], string | number]>([
    ['the full name, in any case and with the dot of the root', [host(1, 'WEB.a.IT.')], 1],
    ['the full name before the short one', [host(1, 'web'), host(2, 'web.a.it')], 2],
    ['the short name where no domain is stored', [host(1, 'Web')], 1],
    ['not the name in another domain', [host(1, 'web.b.it')], 'new'],
    ['the short name before the address', [host(1, 'x', { IPAddress: '10.0.0.1' }), host(2, 'web')], 2],
    ['the address, with its network', [host(1, 'x', { IPAddress: '10.0.0.1/24' })], 1],
    [
      'the address before an alias',
      [host(1, 'x', { Alias: 'web.a.it' }), host(2, 'y', { IPAddress: '10.0.0.1' })],
      2,
    ],
    ['an alias', [host(1, 'x', { Alias: 'Web.a.it.' })], 1],
    ['the Code', [host(1, 'x', { Code: 'WEB.A.IT' })], 1],
    ['no alias that is only the short name', [host(1, 'x', { Alias: 'web' })], 'new'],
    ['none of two at the same rule', [host(2, 'web'), host(1, 'web')], several],
    ['nothing where nothing stands', [host(1, ''), card(2, 'VirtualServer', { Hostname: null })], 'new'],
  ])('%s', (_, cards, expected) => {
    expect(outcome([{ ...web, ...address }], cards)).toEqual({ m1: expected })
  })

  describe('where only the beginning of a full name fits', () => {
    const short = item('machine', 'm1', ['web'])
    const full = [host(1, 'web.a.it'), host(2, 'webs.a.it')]
    const two = [...full, host(3, 'web.b.it')]
    const said = (shortNames: 'report' | 'match' | 'ignore', cards: CmdbCard[], one = short) =>
      outcome([one], cards, { mapping: mapping({ shortNames }) })

    it('writes nothing, takes the only card or makes another, as is said', () => {
      expect(said('report', full)).toEqual({
        m1: 'ambiguous: only by its short name it may be the card VirtualServer 1, whose full host name begins so: the setting of short names says what to do',
      })
      expect(said('match', full)).toEqual({ m1: 1 })
      expect(said('ignore', full)).toEqual({ m1: 'new' })
    })

    it('takes none of several', () => {
      expect(said('match', two)).toEqual({
        m1: 'ambiguous: it may be any of several cards: VirtualServer 1, VirtualServer 3',
      })
    })

    it('does not look there while anything else fits, or the item has a full name', () => {
      const exact = card(4, 'PhysicalServer', { Hostname: 'web' })
      expect(said('report', [...full, exact])).toEqual({ m1: 4 })
      const elsewhere = { ...short, evidence: { names: ['web.c.it'], addresses: [] } }
      expect(said('match', full, elsewhere)).toEqual({ m1: 'new' })
    })
  })

  it('looks through the classes in order, those that it prefers first, and says where else it was found', () => {
    const cards = [host(1, 'web.a.it'), card(2, 'PhysicalServer', { Hostname: 'web.a.it' })]
    expect(outcome([web], cards)).toEqual({ m1: 1 })
    expect(outcome([{ ...web, prefers: 'physical' }], cards)).toEqual({ m1: 2 })
    expect(reconciled([web], cards).remarks.map(phraseText)).toEqual([
      '1 item has a card in VirtualServer and one in PhysicalServer: VirtualServer is taken (web.a.it)',
    ])
  })

  it('two items that want one card get it neither, unless one of them has it by key', () => {
    const twin = item('machine', 'm2', ['web'])
    const other = (name: string) => `ambiguous: its card VirtualServer 1 may as well be that of ${name}`
    expect(outcome([web, twin], [host(1, 'web')])).toEqual({ m1: other('web'), m2: other('web.a.it') })
    expect(outcome([web, twin], [owned(1, 'm1', { Hostname: 'web' })])).toEqual({ m2: 'new' })
  })

  it('what one of several may be is not taken by another that is sure of it', () => {
    const unsure = item('machine', 'm2', ['web.b.it', 'web.a.it'])
    expect(outcome([web, unsure], [host(1, 'web.a.it'), host(2, 'web.b.it')])).toEqual({
      m1: 'ambiguous: its card VirtualServer 1 may as well be that of web.b.it',
      m2: several,
    })
  })

  it('takes a card whose item is gone, but not while that may only be missing from the list', () => {
    const stale = owned(1, 'old', { Hostname: 'web.a.it' })
    expect(outcome([web], [stale])).toEqual({ m1: 1 })
    expect(outcome([web], [stale], { incomplete: new Map([['machine', 'cut short']]) })).toEqual({
      m1: 'ambiguous: its card VirtualServer 1 bears the key of something that may be missing only because the list is not complete',
    })
    expect(outcome([web], [stale], { leftOut: [{ kind: 'machine', id: 'old' }] })).toEqual({ m1: 'new' })
  })

  it('creates, or takes the first that is left, where the settings say so', () => {
    const twins = [web, item('machine', 'm2', ['web.a.it']), item('machine', 'm3', ['web.a.it'])]
    const cards = [host(2, 'web.a.it'), host(1, 'web.a.it')]
    const create = { mapping: mapping({ onAmbiguous: 'create' }) }
    const first = { mapping: mapping({ onAmbiguous: 'first' }) }
    expect(outcome(twins, cards, create)).toEqual({ m1: 'new', m2: 'new', m3: 'new' })
    expect(outcome(twins, cards, first)).toEqual({ m1: 1, m2: 2, m3: 'new' })
  })
})

describe('a class without the key', () => {
  const keyless = CLASSES.map((one) =>
    cmdbClass(
      one.name,
      [...one.attributes.values()].filter(({ name }) => name !== 'SourceKey'),
      { lineage: one.lineage },
    ),
  )
  const running = { ...web, facts: { hostname: 'web.b.it', status: 'InUse' } }

  it('works by Code and evidence, keeps the name a card is known by, and says so once', () => {
    const made = reconciled(
      [running, item('machine', 'm2')],
      [host(1, '', { Alias: 'web.a.it' }), card(2, 'VirtualServer', { Code: 'm2' })],
      {
        classes: keyless,
      },
    )
    expect(made.changes).toMatchObject([{ do: 'update', why: 'differs', card: 1 }])
    expect(made.changes[0]).not.toHaveProperty('values.Hostname')
    expect(made.tally.machine).toMatchObject({ updated: 1, unchanged: 1, created: 0 })
    const about = made.remarks.map(phraseText).filter((text) => text.includes('SourceKey'))
    expect(about.map((text) => text.slice(0, 55))).toEqual([
      'the class PhysicalServer lacks the attribute SourceKey ',
      'the class VirtualServer lacks the attribute SourceKey f',
    ])
  })

  it('creates nothing that it would not find again', () => {
    const codeless = keyless.map((one) =>
      cmdbClass(
        one.name,
        [...one.attributes.values()].filter(({ name }) => name !== 'Code'),
        { lineage: one.lineage },
      ),
    )
    expect(outcome([running], [], { classes: keyless })).toEqual({ m1: 'new' })
    expect(outcome([running], [], { classes: codeless }).m1).toContain('it would not be found again')
  })
})

describe('a card of another installation', () => {
  const bearing = (id: number, className: string, of: string, values: object) =>
    card(id, className, { SourceKey: `veeam:other/${of}`, ...values })

  it('is never the same job or repository, though it has the same name and id', () => {
    const items = [item('storage', 's', ['Default Backup Repository']), item('job', 'j', ['Backup Job 1'])]
    const cards = [
      bearing(1, 'Storage', 'storage/s', { Code: 's', Name: 'Default Backup Repository' }),
      bearing(2, 'BackupJob', 'job/x', { Code: 'x', Name: 'Backup Job 1' }),
    ]
    expect(outcome(items, cards)).toEqual({ s: 'new', j: 'new' })
  })

  it('is the same server by its name, and not by an id that is the same everywhere', () => {
    const proxy = item('server', 'p', ['vbr-b.a.it'])
    const theirs = (Hostname: string) => bearing(1, 'PhysicalServer', 'server/p', { Code: 'p', Hostname })
    expect(outcome([proxy], [theirs('vbr-a.a.it')])).toEqual({ p: 'new' })
    expect(outcome([proxy], [theirs('vbr-b.a.it')])).toEqual({})
  })
})
