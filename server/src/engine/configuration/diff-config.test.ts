import { configDocument } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { diffConfig } from './diff-config.ts'

const base = {
  vaults: [{ name: 'shelf', kind: 'directory', path: '/srv/shelf' }],
  policies: [{ name: 'monthly', rpo: '26h' }],
  jobs: [
    {
      name: 'files',
      kind: 'disk-copy',
      vault: 'shelf',
      schedule: { cron: '0 2 * * *' },
      config: { source: '/a', exclude: ['x'] },
    },
  ],
}
const parse = (value: unknown) => configDocument.parse(value)
const empty = parse({})

describe('diffConfig', () => {
  it('creates in the order in which objects are applied', () => {
    const changes = diffConfig(empty, parse(base), { prune: true })
    expect(changes.map(({ kind, name, action }) => `${action} ${kind} ${name}`)).toEqual([
      'create vaults shelf',
      'create policies monthly',
      'create jobs files',
    ])
  })

  it('deletes in the opposite order, and only when asked to', () => {
    expect(diffConfig(parse(base), empty, { prune: false })).toEqual([])
    const changes = diffConfig(parse(base), empty, { prune: true })
    expect(changes.map(({ kind, action }) => `${action} ${kind}`)).toEqual([
      'delete jobs',
      'delete policies',
      'delete vaults',
    ])
  })

  it('names each value that differs', () => {
    const wanted = structuredClone(base)
    Object.assign(wanted.jobs[0] ?? {}, {
      schedule: { cron: '30 2 * * *', timeZone: 'Europe/Rome' },
      config: { source: '/a', exclude: ['y'] },
      description: 'new',
    })
    const job = diffConfig(parse(base), parse(wanted), { prune: false }).find(
      (change) => change.kind === 'jobs',
    )
    expect(job?.action).toBe('update')
    expect(job?.fields).toEqual(
      expect.arrayContaining([
        { path: 'description', before: null, after: 'new' },
        { path: 'schedule.cron', before: '0 2 * * *', after: '30 2 * * *' },
        { path: 'schedule.timeZone', before: 'UTC', after: 'Europe/Rome' },
        { path: 'config.exclude[0]', before: 'x', after: 'y' },
      ]),
    )
    expect(job?.fields).toHaveLength(4)
  })

  it('shows a list of another length as a whole', () => {
    const wanted = structuredClone(base)
    Object.assign(wanted.jobs[0] ?? {}, { config: { source: '/a', exclude: ['x', 'y'] } })
    const [, , job] = diffConfig(parse(base), parse(wanted), { prune: false })
    expect(job?.fields).toEqual([{ path: 'config.exclude', before: ['x'], after: ['x', 'y'] }])
  })

  it('a rename is a creation and a deletion', () => {
    const wanted = parse({ vaults: [{ ...base.vaults[0], name: 'drawer' }] })
    const changes = diffConfig(parse({ vaults: base.vaults }), wanted, { prune: true })
    expect(changes.map((change) => change.action)).toEqual(['create', 'delete'])
  })

  it('does not mind the order of keys, nor defaults written out', () => {
    const setting = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }))
    fc.assert(
      fc.property(setting, (config) => {
        const reversed = Object.fromEntries(Object.entries(config).reverse())
        const current = parse({ jobs: [{ name: 'a', kind: 'k', config }] })
        const wanted = parse({
          jobs: [{ config: reversed, attempts: 4, kind: 'k', name: 'a', enabled: true }],
        })
        expect(diffConfig(current, wanted, { prune: true })).toEqual([
          { kind: 'jobs', name: 'a', action: 'unchanged', fields: [] },
        ])
      }),
    )
  })
})
