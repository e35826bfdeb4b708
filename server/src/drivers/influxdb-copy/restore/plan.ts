import { HoldfastError, type KeyedPhrase, type PlanBase, type PlanItem } from '@holdfast/contract'
import type { Context } from '../../driver.ts'
import { withinRetention } from '../copying/retention.ts'
import { connectTo } from '../servers.ts'
import { say } from '../texts/texts.ts'
import { type Input, type Prepared, policyAt, prepareRestore, targetNode } from './prepare.ts'
import { isWhole, selectedWindows, windowOf } from './selected.ts'

export interface DatabaseRestorePlan extends PlanBase {
  readonly windows: number
}

export async function planRestore(cx: Context, input: Input): Promise<DatabaseRestorePlan> {
  await using server = await connectTo(cx, targetNode(input))
  const prepared = await prepareRestore(cx, server, input)
  const counted = await count(cx, input, prepared)
  const whole = isWhole(input)
  const { location } = input.point
  const target = `${targetNode(input).name}/${input.target}`
  const where = prepared.isFilled ? say('restore.merge') : say('restore.new')
  const reason: KeyedPhrase[] = [say('restore.from', { location }), where]
  const what = whole
    ? say('restore.everything')
    : say('restore.part', { measurements: counted.measurements.size })
  return {
    summary: say('restore.plan', { count: counted.windows, target }),
    items: [
      { what, reason, expectedBytes: counted.textBytes },
      ...prepared.policies.map(({ policy }) => policyItem(prepared, policy.name)),
      ...[...counted.tooOld].map(([name, windows]) => tooOldItem(prepared, name, windows)),
    ],
    guards: [],
    expectedBytes: counted.textBytes,
    windows: counted.windows,
  }
}

interface Counted {
  windows: number
  textBytes: number
  readonly measurements: Set<string>
  /** By retention policy: windows of which nothing, or not everything, is taken. */
  readonly tooOld: Map<string, number>
}

async function count(cx: Context, input: Input, prepared: Prepared): Promise<Counted> {
  const counted: Counted = { windows: 0, textBytes: 0, measurements: new Set(), tooOld: new Map() }
  for await (const selected of selectedWindows(prepared.point, input)) {
    const { retentionPolicy: rp, measurement, textBytes } = selected.record
    const window = windowOf(selected, prepared.schema.database, input.target)
    const kept = withinRetention(window, policyAt(prepared, rp), cx.now())
    if (kept !== window) counted.tooOld.set(rp, (counted.tooOld.get(rp) ?? 0) + 1)
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
    reason: say('restore.tooOldReason', { policy, duration: found?.duration ?? '' }),
    expectedBytes: null,
  }
}
