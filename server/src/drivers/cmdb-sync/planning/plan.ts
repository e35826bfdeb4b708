import type { PlanBase, PlanItem } from '@holdfast/contract'
import type { Context } from '../../driver.ts'
import type { CmdbSyncConfig } from '../config.ts'
import { mappingOf } from '../mapping-of.ts'
import type { Change, Missing, Reconciliation, Tally, Untouched } from '../model/changes.ts'
import type { Cmdb } from '../model/cmdb.ts'
import { openCmdb } from '../nodes.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import { wordsOf } from '../reporting/told-value.ts'
import { openSource } from '../sources/open.ts'
import { tailored } from '../tailoring/tailored.ts'
import { readCmdb } from '../target/read-cmdb.ts'
import { say } from '../texts/texts.ts'
import { type Identities, readMemory, withIdentity } from './memory.ts'
import { changeLine } from './plan-lines.ts'
import { type Refused, withoutRefused } from './refused.ts'
import { type Bearing, bearingIn, vanishedGuards } from './vanished.ts'

/** All that a run will write, and nothing that it will not: the run makes exactly these changes. */
export interface CmdbSyncPlan extends PlanBase {
  readonly changes: readonly Change[]
  readonly untouched: readonly Untouched[]
  readonly tally: Tally
  readonly missing: Missing
  readonly identities: Identities
  /** How many cards bear a key of the source now. */
  readonly bearing: Bearing
  readonly keyAttribute: string
  readonly refused: Refused
  /** What somebody should do something about. */
  readonly remarks: Reconciliation['remarks']
  /** Codes of the lookup values that are read or written by their numbers, so that the report can tell them. */
  readonly codes: Readonly<Record<string, string>>
  /** Where it comes from, and the requests that it took to find out. */
  readonly source: { readonly title: string; readonly version: string | null; readonly calls: number }
  readonly cmdbReads: number
}

/** Lines that a person reads; the changes themselves are all in the plan. */
const MOST_LINES = 500

/** Reads both sides once, side by side, and compares them. */
export async function planCmdbSync(cx: Context<CmdbSyncConfig>): Promise<CmdbSyncPlan> {
  const { config } = cx.job
  const mapping = mappingOf(config)
  const [read, cmdb] = await bothSides(
    () => openSource(cx).read(),
    () => readTarget(cx),
  )
  const { title, version, calls } = read
  const inventory = tailored(read, config)
  const { missing, identities, bearing: before, refused } = readMemory(cx.remembered)
  const sourceNode = cx.job.nodes[config.source.node ?? '']?.id
  const found = reconcile({ inventory, cmdb, mapping, missing, now: cx.now() })
  const { untouched } = found
  const accepted = withoutRefused(found, refused, { mapping, now: cx.now() })
  const { changes, tally } = accepted
  const bearing = bearingIn(cmdb, mapping, inventory)
  const guards = [...found.guards, ...vanishedGuards(before, bearing, changes, mapping)]
  const remarks = [...read.incomplete.values(), ...found.remarks, ...accepted.remarks]
  const count = changes.length
  const codes = codesIn(cmdb, changes)
  return {
    summary: count === 0 ? say('plan.nothing') : say('plan.summary', { count }),
    items: [
      ...itemsOf(changes, untouched, codes),
      ...remarks.map((remark) => line(remark, say('why.remark'))),
      ...read.remarks.map((remark) => line(remark, say('why.note'))),
    ],
    guards: guards.map(({ code, message }) => ({ code, message })),
    expectedBytes: null,
    ...{ changes, untouched, tally, missing: found.missing },
    ...{ bearing, keyAttribute: mapping.keyAttribute, refused: accepted.refused },
    identities: sourceNode === undefined ? identities : withIdentity(identities, sourceNode, read.instance),
    remarks,
    codes,
    source: { title, version, calls },
    cmdbReads: cmdb.calls,
  }
}

async function readTarget(cx: Context<CmdbSyncConfig>): Promise<Cmdb> {
  await using server = await openCmdb(cx)
  return await readCmdb(server, mappingOf(cx.job.config), { signal: cx.signal })
}

/** Waits for both even if one fails, so that nothing of a plan goes on after it. */
async function bothSides<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([one(), other()])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return [first.value, second.value]
}

function itemsOf(
  changes: readonly Change[],
  untouched: readonly Untouched[],
  codes: CmdbSyncPlan['codes'],
): PlanItem[] {
  const words = wordsOf(changes, codes)
  const shown = changes.slice(0, MOST_LINES).map((change) => changeLine(change, words))
  const left = changes.length - shown.length
  const more = left > 0 ? [line(say('plan.more', { count: left }), say('why.shown'))] : []
  const about = untouched
    .slice(0, MOST_LINES)
    .map(({ name, why }) => line(say('plan.untouched', { name }), why))
  return [...shown, ...more, ...about]
}

function line(what: PlanItem['what'], reason: PlanItem['reason']): PlanItem {
  return { what, reason, expectedBytes: null }
}

/** Of the attributes that are lookups, by the number of the value. */
function codesIn({ classes, lookups }: Cmdb, changes: readonly Change[]): Record<string, string> {
  const codes: Record<string, string> = {}
  const seen = new Map<string, Set<string>>()
  for (const change of changes) {
    if (change.do !== 'create' && change.do !== 'update') continue
    const { className } = change
    const done = seen.get(className) ?? new Set()
    seen.set(className, done)
    for (const name in change.values) {
      if (done.has(name)) continue
      done.add(name)
      const type = classes.get(className)?.attributes.get(name)?.lookupType ?? null
      if (type === null) continue
      for (const { id, code } of lookups.get(type) ?? []) codes[`${className}.${name}.${id}`] = code
    }
  }
  return codes
}
