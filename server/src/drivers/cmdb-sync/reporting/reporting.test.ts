import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { Change, KindTally } from '../model/changes.ts'
import { ITEM_KINDS } from '../model/inventory.ts'
import type { CmdbSyncPlan } from '../planning/plan.ts'
import type { Applied } from '../target/apply/apply.ts'
import { tableOf } from './table.ts'
import { countsOf, kindsOf, summaryOf, warnOf } from './tell.ts'

const NONE: KindTally = { created: 0, updated: 0, unchanged: 0, orphaned: 0, ambiguous: 0, blocked: 0 }
const create: Change = {
  ...{ do: 'create', number: 1, kind: 'machine', className: 'VirtualServer', key: 'k', name: 'mail' },
  values: { Hostname: 'mail', Type: 7, BackupJob: { created: 3 }, Host: { created: 1 } },
}
const update: Change = {
  ...{
    do: 'update',
    why: 'differs',
    kind: 'machine',
    className: 'VirtualServer',
    card: 9,
    key: 'l',
    name: 'web',
  },
  values: { BackupStatus: { before: null, after: 'Protected' }, Type: { before: 7, after: 8 } },
}
const relate: Change = {
  ...{ do: 'relate', domain: 'InfrastructureCI', from: { card: 1, className: 'Infrastructure' } },
  ...{ to: { created: 1 }, names: ['VEEAM', 'mail'] },
}
const changes = [create, update, relate]
const codes = { 'VirtualServer.Type.7': 'Old', 'VirtualServer.Type.8': 'New', 'VirtualServer.OS.7': 'Linux' }

function planWith(more: Partial<CmdbSyncPlan> = {}): CmdbSyncPlan {
  const tally = Object.fromEntries(ITEM_KINDS.map((kind) => [kind, NONE])) as Record<string, KindTally>
  tally.machine = { ...NONE, created: 1, updated: 1, unchanged: 5, ambiguous: 1 }
  return {
    ...{ summary: '', items: [], guards: [], expectedBytes: null, changes, untouched: [] },
    ...{ tally: tally as CmdbSyncPlan['tally'], missing: {}, remarks: [], codes, cmdbReads: 1 },
    ...{ identities: {}, bearing: {}, keyAttribute: 'SourceKey', refused: {} },
    ...{ source: { title: 'Veeam', version: null, calls: 1 } },
    ...more,
  }
}

const DONE: Applied = { done: 3, failed: [], skipped: [], notTaken: [] }
const FAILED: Applied = {
  ...{
    done: 1,
    skipped: [{ change: relate, because: 1 }],
    notTaken: [{ change: update, attributes: ['Type'] }],
  },
  failed: [{ change: create, error: { code: 'node-refused', message: 'too long' } }],
}

describe('the table', () => {
  it('has a line for each value, lookup values by their codes', () => {
    const { rows, total } = tableOf({ changes, codes }, DONE)
    expect(total).toBe(7)
    expect(rows).toEqual([
      ['create', 'VirtualServer', null, 'mail', 'Hostname', null, 'mail', 'done', null],
      ['create', 'VirtualServer', null, 'mail', 'Type', null, 'Old', 'done', null],
      ['create', 'VirtualServer', null, 'mail', 'BackupJob', null, '#3', 'done', null],
      ['create', 'VirtualServer', null, 'mail', 'Host', null, 'mail', 'done', null],
      ['update', 'VirtualServer', 9, 'web', 'BackupStatus', null, 'Protected', 'done', null],
      ['update', 'VirtualServer', 9, 'web', 'Type', 'Old', 'New', 'done', null],
      ['relate', 'InfrastructureCI', null, 'VEEAM → mail', null, null, null, 'done', null],
    ])
  })

  it('says of each what became of it', () => {
    const { rows } = tableOf({ changes, codes }, FAILED)
    expect(rows.map((row) => row.slice(-2))).toEqual([
      ['failed', 'too long'],
      ['failed', 'too long'],
      ['failed', 'too long'],
      ['failed', 'too long'],
      ['not-taken', 'Type'],
      ['not-taken', 'Type'],
      ['skipped', null],
    ])
  })

  it('is cut off where it becomes useless, and says how long it was', () => {
    const many = Array.from({ length: 30_000 }, () => relate)
    const { rows, total } = tableOf({ changes: many, codes }, DONE)
    expect([rows.length, total]).toEqual([20_000, 30_000])
  })
})

describe('counts', () => {
  it('tell what was done, not what was planned', () => {
    expect(countsOf(planWith(), DONE)).toMatchObject({ created: 1, updated: 1, related: 1 })
    expect(countsOf(planWith(), FAILED)).toMatchObject({ created: 0, updated: 1, related: 0 })
  })

  it('are told by kind, and only of kinds that there are', () => {
    const kinds = kindsOf(planWith(), FAILED)
    expect([...kinds]).toEqual([
      ['machine', { ...NONE, created: 0, updated: 1, unchanged: 5, ambiguous: 1, failed: 1 }],
    ])
    expect(phraseText(summaryOf(kinds))).toBe('machines: 0 created, 1 changed, 5 unchanged')
  })
})

describe('warnings', () => {
  function warned(plan: CmdbSyncPlan, applied: Applied): string[] {
    const said: string[] = []
    warnOf({ warn: (warning) => said.push(phraseText(warning)) }, plan, applied)
    return said
  }

  it('there are none after a good run, whatever is still waited for', () => {
    const waiting = { what: 'waiting', kind: 'machine', key: 'k', name: 'old', why: 'missed once' } as const
    expect(warned(planWith({ untouched: [waiting] }), DONE)).toEqual([])
  })

  it('name what failed, what was not taken and what nothing was written about', () => {
    const ambiguous = {
      what: 'ambiguous',
      kind: 'machine',
      key: 'k',
      name: 'app01',
      why: 'two cards',
    } as const
    const said = warned(planWith({ untouched: [ambiguous], remarks: ['a remark'] }), FAILED)
    expect(said[0]).toBe('a remark')
    expect(said[1]).toBe('nothing was written about app01; two cards')
    expect(said[2]).toBe('VirtualServer mail could not be written: too long')
    expect(said[3]).toContain('VirtualServer web: Type')
  })

  it('are no flood', () => {
    const error = { code: 'node-refused', message: 'too long' } as const
    const failed = Array.from({ length: 50 }, () => ({ change: update, error }))
    const said = warned(planWith(), { ...DONE, failed })
    expect(said).toHaveLength(21)
    expect(said.at(-1)).toBe('30 more changes failed.')
  })
})
