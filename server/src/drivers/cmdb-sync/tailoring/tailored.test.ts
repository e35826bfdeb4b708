import { describe, expect, it } from 'vitest'
import { cmdbSyncConfig } from '../config.ts'
import type { Inventory, Item, ItemKind, Link } from '../model/inventory.ts'
import { tailored } from './tailored.ts'

function item(kind: ItemKind, id: string, names: string[] = [id], facts: Item['facts'] = {}): Item {
  return { kind, id, name: names[0] ?? id, facts, evidence: { names, addresses: [] }, prefers: null }
}

function inventory(items: Item[], links: Link[] = []): Inventory {
  const whole = { ...item('infrastructure', 'whole'), evidence: { names: [], addresses: [] } }
  return {
    ...{ system: 'veeam', instance: 'vbr', aliases: [], title: 'Veeam', version: null, calls: 0 },
    ...{ items: [whole, ...items], links, incomplete: new Map(), remarks: [] },
  }
}

const config = (more: object = {}) =>
  cmdbSyncConfig.parse({ source: { system: 'veeam', node: 'vbr' }, ...more })
const ids = ({ items }: Inventory) => items.map(({ kind, id }) => `${kind} ${id}`)

describe('the infrastructure', () => {
  it('is called as the settings say, wherever it is linked', () => {
    const link: Link = {
      rule: 'in-infrastructure',
      from: { kind: 'infrastructure', id: 'whole' },
      to: { kind: 'server', id: 's' },
    }
    const made = tailored(
      inventory([item('server', 's')], [link]),
      config({ infrastructure: { code: 'V1' } }),
    )
    expect(made.items[0]).toMatchObject({
      ...{ id: 'V1', name: 'Veeam Backup Infrastructure V1' },
      ...{ facts: { type: 'VeeamBackup' }, evidence: { names: ['V1'] } },
    })
    expect(made.links[0]?.from.id).toBe('V1')
  })
})

describe('what is left out', () => {
  const items = [
    item('machine', 'srv-1'),
    item('machine', 'SRV-test'),
    item('machine', 'x'),
    item('job', 'y'),
  ]

  it('takes machines by their names, in any case of letters, and leaves jobs alone', () => {
    const made = tailored(inventory(items), config({ include: ['srv-*'], exclude: ['*-TEST'] }))
    expect(ids(made)).toEqual(['infrastructure VEEAM-BACKUP', 'machine srv-1', 'job y'])
  })

  it('is not taken for gone', () => {
    const { leftOut } = tailored(inventory(items), config({ exclude: ['x'] }))
    expect(leftOut?.map(({ kind, id }) => ({ kind, id }))).toEqual([{ kind: 'machine', id: 'x' }])
  })
})

describe('a server that is a protected machine too', () => {
  const link = (to: string): Link => ({
    rule: 'in-infrastructure',
    from: { kind: 'infrastructure', id: 'whole' },
    to: { kind: to === 's' ? 'server' : 'machine', id: to },
  })
  const server = (name: string) => item('server', 's', [name], { role: 'VeeamProxy', status: 'Online' })
  const machine = (id: string, name: string) => item('machine', id, [name], { status: 'Protected' })

  it.each([
    ['prx1.example.org', 'PRX1.example.org.'],
    ['prx1.example.org', 'prx1'],
    ['PRX1', 'prx1.example.org'],
  ])('is one item: %s and %s', (host, name) => {
    const made = tailored(inventory([server(host), machine('m', name)], [link('s'), link('m')]), config())
    expect(ids(made)).toEqual(['infrastructure VEEAM-BACKUP', 'machine m'])
    expect(made.items[1]?.facts).toEqual({ role: 'VeeamProxy', status: 'Protected' })
    expect(made.links.map(({ to }) => to.id)).toEqual(['m'])
  })

  it('is still the server where machines of its name are left out', () => {
    const items = [server('prx1'), machine('m', 'prx1')]
    const made = tailored(inventory(items, [link('s')]), config({ exclude: ['prx*'] }))
    expect(ids(made)).toEqual(['infrastructure VEEAM-BACKUP', 'machine m'])
    expect(made.items[1]?.facts).toEqual({ role: 'VeeamProxy', status: 'Online' })
    expect(made.leftOut).toEqual([])
  })

  it('is the server alone where no machines are written', () => {
    const items = [server('prx1'), machine('m', 'prx1'), machine('n', 'other')]
    const made = tailored(inventory(items), config({ leaveOut: ['machine'] }))
    expect(ids(made)).toEqual(['infrastructure VEEAM-BACKUP', 'server s', 'machine n'])
    expect(made.leftOut).toEqual([])
  })

  it.each([
    ['of another domain', 'prx1.example.org', [machine('m', 'prx1.example.com')]],
    ['of which there are two', 'prx1', [machine('m', 'prx1.a.org'), machine('n', 'prx1.b.org')]],
    ['of another name', 'prx1', [machine('m', 'prx10')]],
  ])('stays two: a machine %s', (_, host, machines) => {
    expect(ids(tailored(inventory([server(host), ...machines]), config()))).toContain('server s')
  })
})
