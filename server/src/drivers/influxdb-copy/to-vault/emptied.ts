import { HoldfastError, type JsonValue, type PlanGuard } from '@holdfast/contract'
import { z } from 'zod'
import type { Context, RunContext } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { InfluxdbCopyPlan } from '../planning/plan.ts'
import { holdsAnything } from '../planning/way.ts'
import { windowsOf } from '../planning/windows.ts'
import { say } from '../texts/texts.ts'
import type { Finished } from './commit.ts'
import type { Found } from './look.ts'

/** Databases of which an earlier attempt found nothing when it read them: the plan cannot see that. */
const checkpoint = z.object({ format: z.literal('influxdb-vault/1'), foundEmpty: z.array(z.string()) })

function foundEmpty(stored: JsonValue): string[] {
  return checkpoint.safeParse(stored).data?.foundEmpty ?? []
}

/**
 * A database that held something and has nothing of it now was lost, or is another one of the same name, or the settings
 * name something else by mistake. Null when it is not so.
 */
export function emptiedGuard(
  { config }: Context<InfluxdbCopyConfig>['job'],
  { name, contents, filesBefore }: Found,
  stored: JsonValue,
): PlanGuard | null {
  if (filesBefore === 0) return null
  const facts = { database: name, count: filesBefore }
  if (!holdsAnything(contents)) return { code: 'source-empty', message: say('found.emptied', facts) }
  const selectsNothing = windowsOf(contents, config).next().done === true
  if (!selectsNothing && !foundEmpty(stored).includes(name)) return null
  return { code: 'source-empty', message: say('found.nothingLeft', facts) }
}

function wasAgreedTo({ databases }: InfluxdbCopyPlan, name: string): boolean {
  return databases.some((one) => one.name === name && one.isEmptied === true)
}

/** What is empty since the run was planned was looked at by nobody. Throws `source-gone`. */
export function refuseEmptied(
  cx: RunContext<InfluxdbCopyConfig>,
  found: readonly Found[],
  plan: InfluxdbCopyPlan,
): void {
  const isEmptied = (one: Found) => emptiedGuard(cx.job, one, null) !== null
  const names = found.filter(isEmptied).map(({ name }) => name)
  throwFor(names.filter((name) => !wasAgreedTo(plan, name)))
}

/** What only reading has shown to be empty: the next plan asks a person about it. Throws `source-gone`. */
export async function refuseFoundEmpty(
  cx: RunContext<InfluxdbCopyConfig>,
  finished: readonly Finished[],
  plan: InfluxdbCopyPlan,
): Promise<void> {
  const names = finished.flatMap(({ saved: { found, lacking }, listed }) => {
    const isEmptied = listed.windows === 0 && lacking.count === 0 && found.filesBefore > 0
    return isEmptied && !wasAgreedTo(plan, found.name) ? [found.name] : []
  })
  if (names.length === 0) return
  const known = new Set([...foundEmpty(cx.checkpoint), ...names])
  await cx.saveCheckpoint({ format: 'influxdb-vault/1', foundEmpty: [...known] })
  throwFor(names)
}

function throwFor(databases: readonly string[]): void {
  if (databases.length === 0) return
  const names = databases.map((name) => `"${name}"`).join(', ')
  const message = `nothing is left of what the job saves of ${names}, and nobody was asked about it when the run was planned`
  throw new HoldfastError('source-gone', message, {
    hint: 'Look whether it was dropped, or the settings of the job name something else. If that is right, start the job again: the plan then asks first.',
    details: { databases: [...databases] },
  })
}
