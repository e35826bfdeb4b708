import { type Phrase, phraseParts } from '@holdfast/contract'
import type { RunContext } from '../../driver.ts'
import type { Change } from '../model/changes.ts'
import { ITEM_KINDS, type ItemKind } from '../model/inventory.ts'
import type { CmdbSyncPlan } from '../planning/plan.ts'
import type { Applied } from '../target/apply/apply.ts'
import { say } from '../texts/texts.ts'

/** Warnings of one sort that are told one by one. */
const MOST_TOLD = 20

type Told = Pick<RunContext, 'warn'>

/** Says whatever turns the run into one that somebody should look at. */
export function warnOf(cx: Told, plan: CmdbSyncPlan, applied: Applied): void {
  for (const remark of plan.remarks) cx.warn(remark)
  tellFirst(
    cx,
    plan.untouched
      .filter(({ what }) => what !== 'waiting')
      .map(({ name, why }) => [say('run.untouched', { name }), ...phraseParts(why)]),
    (count) => say('run.moreUntouched', { count }),
  )
  tellFirst(
    cx,
    applied.failed.map(({ change, error }) =>
      say('run.failed', { what: nameOf(change), error: error.message }),
    ),
    (count) => say('run.moreFailed', { count }),
  )
  tellFirst(
    cx,
    applied.notTaken.map(({ change, attributes }) =>
      say('run.notTaken', { what: nameOf(change), attributes: attributes.join(', ') }),
    ),
    (count) => say('run.moreFailed', { count }),
  )
}

function tellFirst(cx: Told, warnings: readonly Phrase[], more: (count: number) => Phrase): void {
  for (const warning of warnings.slice(0, MOST_TOLD)) cx.warn(warning)
  if (warnings.length > MOST_TOLD) cx.warn(more(warnings.length - MOST_TOLD))
}

/** `VirtualServer mail01`, `InfrastructureCI VEEAM-BACKUP → mail01`. */
export function nameOf(change: Change): string {
  if (change.do === 'relate' || change.do === 'unrelate')
    return `${change.domain} ${change.names.join(' → ')}`
  return `${change.className} ${change.name}`
}

type Counts = Record<'created' | 'updated' | 'deleted' | 'related' | 'unrelated', number>

const COUNTED = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  relate: 'related',
  unrelate: 'unrelated',
} as const satisfies Record<Change['do'], keyof Counts>

/** What was really done, over all kinds. */
export function countsOf({ changes }: Pick<CmdbSyncPlan, 'changes'>, applied: Applied): Counts {
  const undone = new Set<Change>([...applied.failed, ...applied.skipped].map(({ change }) => change))
  const counts: Counts = { created: 0, updated: 0, deleted: 0, related: 0, unrelated: 0 }
  for (const change of changes) if (!undone.has(change)) counts[COUNTED[change.do]] += 1
  return counts
}

type KindCounts = Pick<Counts, 'created' | 'updated'> &
  Record<'unchanged' | 'orphaned' | 'ambiguous' | 'blocked' | 'failed', number>

/** The same by kind of item, for those of which there is any. */
export function kindsOf({ tally }: Pick<CmdbSyncPlan, 'tally'>, applied: Applied): Map<ItemKind, KindCounts> {
  const kinds = ITEM_KINDS.map((kind) => {
    const undone = [...applied.failed, ...applied.skipped].flatMap(({ change }) =>
      'kind' in change && change.kind === kind ? [change.do] : [],
    )
    const without = (done: Change['do']) => undone.filter((one) => one === done).length
    const { created, updated, ...rest } = tally[kind]
    return [
      kind,
      {
        ...rest,
        created: created - without('create'),
        updated: updated - without('update'),
        failed: undone.length,
      },
    ] as const
  })
  return new Map(kinds.filter(([, counts]) => Object.values(counts).some((count) => count > 0)))
}

/** One clause for each kind. */
export function summaryOf(kinds: ReadonlyMap<ItemKind, KindCounts>): Phrase {
  const clauses = [...kinds].map(([kind, { created, updated, unchanged }]) =>
    say(`run.kind.${kind}`, { created, updated, unchanged }),
  )
  return clauses.length > 0 ? clauses : say('run.empty')
}
