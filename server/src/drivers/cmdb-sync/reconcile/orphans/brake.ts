import { createHash } from 'node:crypto'
import type { KeyedPhrase } from '@holdfast/contract'
import type { Reconciliation } from '../../model/changes.ts'
import type { ItemKind } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import type { Matching } from '../matching/match.ts'
import { KIND_ORDER } from '../order.ts'
import type { Setting } from '../setting.ts'
import type { Orphans } from './orphans.ts'

type Guard = Reconciliation['guards'][number]

/** What a person is asked about first: only orphans about which something would be done now. */
export function guardsOf(
  { mapping, items, inventory }: Setting,
  { bearing }: Matching,
  orphans: Orphans,
): Guard[] {
  const { counts } = orphans
  return KIND_ORDER.flatMap((kind): Guard[] => {
    const { all: orphaned, acting } = counts.get(kind) ?? { all: 0, acting: 0 }
    if (acting === 0) return []
    if ((items.get(kind)?.size ?? 0) === 0 && !inventory.leftOut?.some((item) => item.kind === kind))
      return [
        { code: 'source-empty', message: [gone(kind, acting), say('brake.empty'), listOf(kind, orphans)] },
      ]
    // Those that were treated long ago would raise the limit with every year.
    const all = (bearing.get(kind) ?? 0) - (orphaned - acting)
    const most = Math.max(mapping.brake.most, Math.floor((all * mapping.brake.percent) / 100))
    if (acting <= most) return []
    const message = [gone(kind, acting), say('brake.many', { all, most }), listOf(kind, orphans)]
    return [{ code: 'many-orphans', message }]
  })
}

/** Whoever approves it approves exactly these, and not as many others. */
function listOf(kind: ItemKind, { updates, deletes }: Orphans): KeyedPhrase {
  const keys = [...updates, ...deletes].filter((change) => change.kind === kind).map(({ key }) => key)
  const hash = createHash('sha256').update(keys.sort().join('\n')).digest('hex')
  return say('brake.list', { list: hash.slice(0, 8) })
}

function gone(kind: ItemKind, count: number): KeyedPhrase {
  return say(`gone.${kind}`, { count })
}
