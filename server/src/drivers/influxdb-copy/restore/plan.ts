import { HoldfastError, type KeyedPhrase, type PlanBase, type PlanItem } from '@holdfast/contract'
import type { Context } from '../../driver.ts'
import type { Destination, View } from '../destinations/destination.ts'
import { openDestination } from '../destinations/open.ts'
import { say } from '../texts/texts.ts'
import { Contents } from './contents.ts'
import {
  type Input,
  keptPart,
  type Prepared,
  policyAt,
  prepareRestore,
  targetNode,
  viewFor,
} from './prepare.ts'
import { isWhole, selectedWindows, windowOf } from './selected.ts'

export interface DatabaseRestorePlan extends PlanBase {
  readonly windows: number
}

export async function planRestore(cx: Context, input: Input): Promise<DatabaseRestorePlan> {
  await using destination = await openDestination(cx, targetNode(input))
  const prepared = await prepareRestore(cx, destination, input)
  const contents = await contentsOf(input, prepared)
  const view = await viewFor(cx, destination, { contents })
  const counted = await count(cx, input, prepared, view)
  const whole = isWhole(input)
  const { location } = input.point
  const target = `${targetNode(input).name}/${input.target}`
  const reason: KeyedPhrase[] = [say('restore.from', { location }), whereTo(destination, input, prepared)]
  const what = whole
    ? say('restore.everything')
    : say('restore.part', { measurements: counted.measurements.size })
  // What is no line protocol is as long as the numbers are that are not there yet.
  const expectedBytes = destination.holds ? null : counted.textBytes
  return {
    summary: say('restore.plan', { count: counted.windows, target }),
    items: [
      { what, reason, expectedBytes },
      ...lackingItems(prepared),
      ...prepared.policies.map(({ policy }) => policyItem(prepared, policy.name)),
      ...(view.items?.(contents, 'restore') ?? []),
      ...[...counted.tooOld].map(([name, windows]) => tooOldItem(prepared, name, windows)),
    ],
    guards: [],
    expectedBytes,
    windows: counted.windows,
  }
}

function whereTo({ databases, holds }: Destination, { target }: Input, { isFilled }: Prepared): KeyedPhrase {
  if (databases) return isFilled ? say('restore.merge') : say('restore.new')
  if (holds) return isFilled ? say('restore.addNumbers') : say('restore.newLabel', { target })
  return say('restore.unseen')
}

/** Of a restore point that is not complete. */
function lackingItems({ point }: Prepared): PlanItem[] {
  const { lackingCount: count } = point.details
  if (count === 0) return []
  return [
    { what: say('restore.lacking', { count }), reason: say('restore.lackingReason'), expectedBytes: null },
  ]
}

async function contentsOf(input: Input, { point, schema }: Prepared) {
  const contents = new Contents()
  for await (const { record } of selectedWindows(point, input)) contents.add(record)
  return contents.of(schema, input.target)
}

interface Counted {
  windows: number
  textBytes: number
  readonly measurements: Set<string>
  /** By retention policy: windows of which nothing, or not everything, is taken. */
  readonly tooOld: Map<string, number>
}

async function count(cx: Context, input: Input, prepared: Prepared, view: View): Promise<Counted> {
  const counted: Counted = { windows: 0, textBytes: 0, measurements: new Set(), tooOld: new Map() }
  for await (const selected of selectedWindows(prepared.point, input)) {
    const { retentionPolicy: rp, measurement, textBytes } = selected.record
    const window = windowOf(selected, prepared.schema.database, input.target)
    const kept = keptPart(cx, prepared, view, window)
    // Windows reach into the future, where mostly nothing is.
    if (kept?.startNs !== window.startNs) counted.tooOld.set(rp, (counted.tooOld.get(rp) ?? 0) + 1)
    if (!kept) continue
    counted.windows += 1
    counted.textBytes += textBytes
    counted.measurements.add(measurement)
  }
  if (counted.windows > 0 || counted.tooOld.size > 0 || isWhole(input)) return counted
  throw new HoldfastError('config-invalid', 'the restore point holds nothing of what is asked for', {
    hint: 'Look what is in it with `holdfast points ls`; paths are those of its entries, names those of the database.',
    details: { paths: [...(input.paths ?? [])] },
  })
}

function policyItem(prepared: Prepared, policy: string): PlanItem {
  const isThere = prepared.there?.policies.some((one) => one.policy.name === policy) ?? false
  const [found] = policyAt(prepared, policy)
  const { duration = '', shardDuration = '' } = found ?? {}
  return {
    what: isThere ? say('restore.policyStays', { policy }) : say('restore.policy', { policy }),
    reason: say('restore.policyFacts', { duration, shardDuration }),
    expectedBytes: null,
  }
}

function tooOldItem(prepared: Prepared, policy: string, windows: number): PlanItem {
  const [found] = policyAt(prepared, policy)
  return {
    what: say('restore.tooOld', { count: windows }),
    reason: found
      ? say('restore.tooOldReason', { policy, duration: found.duration })
      : say('restore.outsideReason', { policy }),
    expectedBytes: null,
  }
}
