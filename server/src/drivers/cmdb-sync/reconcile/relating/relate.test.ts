import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { CmdbDomain, CmdbRelation } from '../../model/cmdb.ts'
import type { Inventory, LinkRule } from '../../model/inventory.ts'
import {
  card,
  DOMAINS,
  HOME,
  item,
  key,
  link,
  mapping,
  reconciled,
  relation,
} from '../testkit/build.testkit.ts'

const job = item('job', 'j1')
const otherJob = item('job', 'j2')
const storage = item('storage', 's1')
const machine = item('machine', 'm1')
const ITEMS = [HOME, job, otherJob, storage, machine]
const ids = { HOME: 9, j1: 1, j2: 2, s1: 3, m1: 4 }
const CARDS = [
  card(9, 'Infrastructure', { SourceKey: key('infrastructure', 'HOME'), Name: 'Home' }),
  card(1, 'BackupJob', { SourceKey: key('job', 'j1') }),
  card(2, 'BackupJob', { SourceKey: key('job', 'j2') }),
  card(3, 'Storage', { SourceKey: key('storage', 's1') }),
  card(4, 'VirtualServer', { SourceKey: key('machine', 'm1') }),
  card(8, 'VirtualServer', { Hostname: 'a person’s' }),
]
const LINKS = [
  link('job-on-storage', job, storage),
  link('machine-in-job', machine, job),
  link('in-infrastructure', HOME, machine),
]
const MADE = [
  relation(50, 'CIDependency', ids.j1, ids.s1),
  relation(51, 'CIDependency', ids.m1, ids.j1),
  relation(52, 'InfrastructureCI', ids.HOME, ids.m1),
]

interface More extends Partial<Inventory> {
  domain?: Partial<CmdbDomain>
  rules?: LinkRule[]
}

function run(
  links: Inventory['links'],
  relations: CmdbRelation[],
  { domain = {}, rules, ...more }: More = {},
) {
  const domains = DOMAINS.map((one) => ({ ...one, ...domain }))
  const used = rules ? mapping({ links: rules }) : mapping()
  const made = reconciled(ITEMS, CARDS, { links, relations, domains, mapping: used, ...more })
  const changes = made.changes.map((change) => {
    if (change.do === 'relate')
      return [change.domain, ...[change.from, change.to].map((end) => ('card' in end ? end.card : 'new'))]
    return change.do === 'unrelate' ? ['not', change.relation] : [change.do]
  })
  return { changes, remarks: made.remarks.map(phraseText) }
}

describe('what is linked', () => {
  it('is related once, from what depends to what it depends on', () => {
    expect(run([...LINKS, ...LINKS], []).changes).toEqual([
      ['CIDependency', ids.j1, ids.s1],
      ['CIDependency', ids.m1, ids.j1],
      ['InfrastructureCI', ids.HOME, ids.m1],
    ])
    expect(run(LINKS, MADE).changes).toEqual([])
  })

  it('is left alone by a rule that is off, and with an end that is nowhere', () => {
    expect(run(LINKS, [], { rules: ['machine-in-job'] }).changes).toEqual([['CIDependency', ids.m1, ids.j1]])
    expect(run([link('machine-in-job', machine, item('job', 'none'))], []).changes).toEqual([])
  })

  it.each<[Partial<CmdbDomain>, string]>([
    [
      { isActive: false },
      'nothing is related by CIDependency: the CMDB lacks the domain, or it is not active',
    ],
    [{ canCreate: false }, 'nothing is related by CIDependency: no right to create its relations'],
    [
      { disabledSources: ['Server'] },
      '1 relation is left out: CIDependency does not take VirtualServer with BackupJob (m1 → j1)',
    ],
    [
      { destination: 'Storage' },
      '1 relation is left out: CIDependency does not take VirtualServer with BackupJob (m1 → j1)',
    ],
  ])('is left out with a remark where the domain is %j', (domain, remark) => {
    expect(run([link('machine-in-job', machine, job)], [], { domain })).toEqual({
      changes: [],
      remarks: [remark],
    })
  })
})

describe('what is linked no longer', () => {
  it('is unrelated between cards with our keys', () => {
    expect(run([], MADE).changes).toEqual([
      ['not', 50],
      ['not', 51],
      ['not', 52],
    ])
  })

  it('stays where a person’s card takes part, or no rule ever links such two', () => {
    const persons = [
      relation(60, 'CIDependency', 8, ids.j1),
      relation(61, 'CIDependency', ids.m1, 8),
      relation(62, 'InfrastructureCI', ids.HOME, 8),
      relation(63, 'CIDependency', ids.s1, ids.j1),
      relation(64, 'CIDependency', ids.j1, ids.j2),
    ]
    expect(run([], persons).changes).toEqual([])
  })

  it('stays where somebody else made it, such as between two machines that are both ours', () => {
    const other = item('machine', 'm2')
    const cards = [...CARDS, card(5, 'VirtualServer', { SourceKey: key('machine', 'm2') })]
    const used = mapping({ links: ['machine-by-proxy'] })
    const unrelated = (isForeign: object) => {
      const relations = [{ ...relation(80, 'CIDependency', ids.m1, 5), ...isForeign }]
      return reconciled([...ITEMS, other], cards, { relations, mapping: used }).changes.length
    }
    expect(unrelated({ isForeign: true })).toBe(0)
    expect(unrelated({})).toBe(1)
  })

  it('stays where the jobs that would say by which proxy a machine is read are not known', () => {
    const proxy = item('server', 'p')
    const cards = [...CARDS, card(5, 'VirtualServer', { SourceKey: key('server', 'p') })]
    const relations = [relation(80, 'CIDependency', ids.m1, 5)]
    const more = { relations, mapping: mapping({ links: ['machine-by-proxy'] }) }
    expect(reconciled([...ITEMS, proxy], cards, more).changes).toHaveLength(1)
    const incomplete = new Map([['job', 'refused'] as const])
    expect(reconciled([...ITEMS, proxy], cards, { ...more, incomplete }).changes).toEqual([])
  })

  it('stays where its rule is off, or a kind at one of its ends is not complete', () => {
    expect(run([], MADE, { rules: ['job-on-storage'] }).changes).toEqual([['not', 50]])
    expect(run([], MADE, { incomplete: new Map([['job', 'cut short']]) }).changes).toEqual([['not', 52]])
  })
})

describe('a domain with one place', () => {
  const moved = [link('machine-in-job', machine, otherJob)]
  const old = [relation(51, 'CIDependency', ids.m1, ids.j1)]

  it('is freed before it is taken', () => {
    expect(run(moved, old, { domain: { cardinality: 'N:1' } }).changes).toEqual([
      ['not', 51],
      ['CIDependency', ids.m1, ids.j2],
    ])
    expect(run(moved, old).changes).toEqual([
      ['CIDependency', ids.m1, ids.j2],
      ['not', 51],
    ])
  })

  it('keeps what is there, and gives the place to the first', () => {
    const both = [link('machine-in-job', machine, job), link('machine-in-job', machine, otherJob)]
    const remark = '1 relation is left out: CIDependency is N:1, and the place is taken (m1 → j2)'
    const domain = { cardinality: 'N:1' } as const
    expect(run(both, [], { domain })).toEqual({
      changes: [['CIDependency', ids.m1, ids.j1]],
      remarks: [remark],
    })
    expect(run(both, [relation(51, 'CIDependency', ids.m1, ids.j2)], { domain }).changes).toEqual([])
  })

  it('is not taken from a person', () => {
    const theirs = [relation(61, 'CIDependency', 8, ids.j2)]
    expect(run(moved, theirs, { domain: { cardinality: '1:N' } }).changes).toEqual([])
  })
})
