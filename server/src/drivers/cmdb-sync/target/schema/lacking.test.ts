import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { CmdbAttribute, CmdbClass } from '../../model/cmdb.ts'
import { classMapping, field, testMapping } from '../mapping.testkit.ts'
import { canBeMade, type KnownSchema, type Lacking } from './lack.ts'
import { lackingOf } from './lacking.ts'
import { lackingItems, sayLacking, whyLacking } from './say-lacking.ts'

const nothing: KnownSchema = { classes: new Map(), lookups: new Map(), domains: new Map() }

function classOf(name: string, lineage: string[], attributes: CmdbAttribute[] = []): [string, CmdbClass] {
  const may = { canCreate: true, canUpdate: true, canDelete: true }
  const known = new Map(attributes.map((one) => [one.name, one]))
  return [name, { name, lineage, isPrototype: false, isActive: true, ...may, attributes: known }]
}

describe('what is lacking', () => {
  it('of a CMDB of another model is left to a person, less what is of no model', () => {
    const lacking = lackingOf(nothing, testMapping())
    const made = lacking.filter(canBeMade).map(({ what }) => what)
    expect(new Set(made)).toEqual(new Set(['lookup-type', 'lookup-value', 'attribute', 'domain']))
    expect(lacking).toContainEqual({ what: 'class', className: 'VirtualServer', parent: null })
    expect(lacking).toContainEqual({ what: 'class', className: 'BackupJob', parent: null })
    expect(lacking).toContainEqual({ what: 'domain', domain: 'CIDependency', cardinality: 'N:N', ends: null })
  })

  it('in one class below another is made once, in the upper one first', () => {
    const classes = new Map([
      classOf('VirtualServer', ['VirtualServer', 'Server', 'CI', 'Class']),
      classOf('Server', ['Server', 'CI', 'Class']),
    ])
    const { kinds } = testMapping()
    const servers = ['VirtualServer', 'Server'].map((className) => ({
      ...classMapping('PhysicalServer'),
      className,
    }))
    const machine = { ...kinds.machine, classes: servers, newIn: 'VirtualServer' }
    const mapping = testMapping({ links: [] }, { machine, server: { ...machine, newIn: 'Server' } })
    const lacking = lackingOf({ ...nothing, classes }, mapping)
    const names = lacking.flatMap((one) => (one.what === 'attribute' ? [one.className] : []))
    expect(names.indexOf('Server')).toBeLessThan(names.indexOf('VirtualServer'))
  })

  it('joins the ends of a domain at the lowest class that all have in common', () => {
    const classes = new Map([
      classOf('Infrastructure', ['Infrastructure', 'Class']),
      classOf('VirtualServer', ['VirtualServer', 'Server', 'CI', 'Class']),
      classOf('PhysicalServer', ['PhysicalServer', 'Server', 'CI', 'Class']),
      classOf('Storage', ['Storage', 'CI', 'Class']),
      classOf('CI', ['CI', 'Class']),
    ])
    const domains = lackingOf({ ...nothing, classes }, testMapping()).filter(({ what }) => what === 'domain')
    expect(domains).toEqual([
      {
        what: 'domain',
        domain: 'InfrastructureCI',
        cardinality: 'N:N',
        ends: { source: 'Infrastructure', destination: 'CI' },
      },
      {
        what: 'domain',
        domain: 'CIDependency',
        cardinality: 'N:N',
        ends: { source: 'CI', destination: 'CI' },
      },
      {
        what: 'domain',
        domain: 'BackupJobVirtualServer',
        cardinality: '1:N',
        ends: { source: 'BackupJob', destination: 'VirtualServer' },
      },
    ])
  })

  it('is nothing of an attribute that is never written, nor of a rule that is off', () => {
    const { kinds } = testMapping()
    const classes = [{ ...classMapping('Storage'), fields: [field(['name', 'Nowhere', null, 'never'])] }]
    const mapping = testMapping({ links: [] }, { storage: { ...kinds.storage, classes } })
    const lacking = lackingOf(nothing, mapping)
    expect(lacking.some((one) => 'attribute' in one && one.attribute === 'Nowhere')).toBe(false)
    expect(lacking.some((one) => one.what === 'domain' && one.domain !== 'BackupJobVirtualServer')).toBe(
      false,
    )
  })
})

describe('what is said of it', () => {
  const all: Lacking[] = [
    { what: 'class', className: 'BackupJob', parent: 'CI' },
    { what: 'class', className: 'Storage', parent: null },
    { what: 'lookup-type', lookupType: 'Backup - State' },
    { what: 'lookup-value', lookupType: 'Backup - State', code: 'Removed' },
    { what: 'domain', domain: 'D', cardinality: '1:N', ends: { source: 'A', destination: 'B' } },
    { what: 'domain', domain: 'E', cardinality: 'N:N', ends: null },
    { what: 'attribute', className: 'Storage', attribute: 'Name', make: { type: 'string', maxLength: 9 } },
    { what: 'attribute', className: 'Storage', attribute: 'Type', make: null },
    { what: 'right', className: 'Storage', attribute: null, right: 'create' },
    { what: 'right', className: 'Storage', attribute: null, right: 'update' },
    { what: 'right', className: 'Storage', attribute: null, right: 'delete' },
    { what: 'right', className: 'Storage', attribute: 'Name', right: 'read' },
    { what: 'right', className: 'Storage', attribute: 'Name', right: 'create' },
    { what: 'right', className: 'Storage', attribute: 'Name', right: 'update' },
    { what: 'domain-right', domain: 'D' },
    { what: 'inactive-class', className: 'Storage' },
    { what: 'inactive-attribute', className: 'Storage', attribute: 'Name' },
    { what: 'inactive-domain', domain: 'D' },
    { what: 'domain-end', domain: 'D', className: 'Storage', end: 'source' },
    { what: 'domain-end', domain: 'D', className: 'Storage', end: 'destination' },
  ]

  it('is a sentence of its own for each, and a reason', () => {
    const sentences = all.map((one) => phraseText(sayLacking(one)))
    expect(new Set(sentences).size).toBe(all.length)
    for (const one of all) expect(phraseText(whyLacking(one))).not.toBe('')
  })

  it('is an item of a plan: what is made, or what a person has to do', () => {
    const items = lackingItems(all).map(({ what, reason }) => [phraseText(what), phraseText(reason)])
    expect(items.slice(0, 2)).toEqual([
      ['make the class BackupJob below CI', 'without it, items of this kind cannot be recorded'],
      [
        'The class Storage is lacking.',
        'Holdfast does not make it: make it in the administration of CMDBuild, or name another in the settings of the job',
      ],
    ])
    expect(items[6]?.[0]).toBe('add the attribute Name (string) to the class Storage')
  })
})
