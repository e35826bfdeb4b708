import { phraseText } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { attribute, CLASSES, cmdbClass, HOME, item, key, NOW, reconciled } from '../testkit/build.testkit.ts'

const facts = { hostname: 'web', description: 'as found', address: null }
const machine = item('machine', 'm1', ['web.a.it'], { facts })

it('bears key, Code and all that is known, in the class for new ones', () => {
  expect(reconciled([machine], []).changes).toEqual([
    {
      ...{ do: 'create', number: 1, kind: 'machine', className: 'VirtualServer' },
      ...{ key: key('machine', 'm1'), name: 'web.a.it' },
      values: {
        ...{ SourceKey: key('machine', 'm1'), Code: 'm1', Hostname: 'web', Notes: 'as found' },
        LastUpdate: NOW.toISOString(),
      },
    },
  ])
  expect(reconciled([item('server', 's1')], []).changes).toMatchObject([{ className: 'PhysicalServer' }])
})

it('comes in the order in which cards refer to each other, numbered from 1', () => {
  const items = [
    machine,
    item('job', 'j2'),
    item('server', 's1'),
    item('storage', 'r1'),
    item('job', 'j1'),
    HOME,
  ]
  const { changes } = reconciled(items, [])
  expect(changes.map((change) => (change.do === 'create' ? [change.number, change.key] : []))).toEqual([
    [1, key('infrastructure', 'HOME')],
    [2, key('storage', 'r1')],
    [3, key('server', 's1')],
    [4, key('job', 'j1')],
    [5, key('job', 'j2')],
    [6, key('machine', 'm1')],
  ])
})

const [, virtual] = CLASSES
const others = CLASSES.filter((one) => one !== virtual)
const changedClass = (more: object) => (virtual === undefined ? others : [...others, { ...virtual, ...more }])
const withAttributes = (...more: ReturnType<typeof attribute>[]) =>
  changedClass({
    attributes: new Map([...(virtual?.attributes ?? []), ...more.map((one) => [one.name, one] as const)]),
  })

it.each<[string, ReturnType<typeof changedClass>, string]>([
  ['class', others, 'its card cannot be made: the CMDB lacks the class VirtualServer, or it is not active'],
  [
    'class in use',
    changedClass({ isActive: false }),
    'its card cannot be made: the CMDB lacks the class VirtualServer, or it is not active',
  ],
  [
    'class of its own',
    changedClass({ isPrototype: true }),
    'its card cannot be made: VirtualServer is a superclass, which has no cards of its own',
  ],
  [
    'right',
    changedClass({ canCreate: false }),
    'its card cannot be made: no right to create cards of the class VirtualServer',
  ],
  [
    'value that is asked for',
    withAttributes(
      attribute('Owner', { isMandatory: true }),
      attribute('Alias', { isMandatory: true }),
      attribute('Hostname', { isMandatory: true }),
    ),
    'its card cannot be made: the class VirtualServer demands Alias, Owner, which nothing fills',
  ],
  [
    'room for key and Code',
    withAttributes(attribute('SourceKey', { maxLength: 5 }), attribute('Code', { maxLength: 1 })),
    'its card is not made, since it would not be found again: in the class VirtualServer it can bear neither key nor a Code of its own',
  ],
])('is not made without a %s', (_, classes, why) => {
  const { changes, untouched, tally } = reconciled([machine], [], { classes })
  expect(changes).toEqual([])
  expect(untouched.map((one) => [one.what, phraseText(one.why)])).toEqual([['blocked', why]])
  expect(tally.machine).toMatchObject({ blocked: 1, created: 0 })
})

it('is made by its Code alone where the key has no room', () => {
  const { changes } = reconciled([machine], [], {
    classes: withAttributes(attribute('SourceKey', { maxLength: 5 })),
  })
  expect(changes).toMatchObject([{ do: 'create', values: { Code: 'm1' } }])
  expect(changes[0]).not.toHaveProperty('values.SourceKey')
})

it('is not made by its Code alone where another item would be taken for it', () => {
  const classes = withAttributes(attribute('SourceKey', { maxLength: 5 }))
  const { changes, tally } = reconciled([machine, item('server', 'm1')], [], { classes })
  expect(changes).toMatchObject([{ kind: 'server', className: 'PhysicalServer' }])
  expect(tally.machine.blocked).toBe(1)
})

it('does not ask for what is out of use', () => {
  const { changes } = reconciled([machine], [], {
    classes: withAttributes(attribute('Owner', { isMandatory: true, isActive: false })),
  })
  expect(changes).toHaveLength(1)
})

it('leaves its class alone when it is another’s that lacks something', () => {
  const classes = CLASSES.map((one) => (one.name === 'Storage' ? cmdbClass('Storage', []) : one))
  expect(reconciled([machine], [], { classes }).remarks).toEqual([])
})
