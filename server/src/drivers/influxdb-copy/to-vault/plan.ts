import type { KeyedPhrase, PlanItem } from '@holdfast/contract'
import { refuseLacking } from '../../../point-directories/file-system.ts'
import type { Context } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { InfluxdbCopyPlan } from '../planning/plan.ts'
import { connectTo, sourceNode } from '../servers.ts'
import { say } from '../texts/texts.ts'
import { emptiedGuard } from './emptied.ts'
import { type Found, lookForVault, windowsToRead } from './look.ts'
import { vaultOf } from './vault-of.ts'

export async function planToVault(cx: Context<InfluxdbCopyConfig>): Promise<InfluxdbCopyPlan> {
  await refuseLacking(vaultOf(cx).path)
  await using server = await connectTo(cx, sourceNode(cx.job))
  const found = await lookForVault(cx, server)
  const { config } = cx.job
  const guards = new Map(found.map((one) => [one.name, emptiedGuard(cx.job, one, cx.checkpoint)]))
  const databases = found.map((one) => ({
    name: one.name,
    as: one.name,
    way: wayOf(one),
    windows: windowsToRead(one, config),
    isNew: one.previous === null,
    ...(guards.get(one.name) ? { isEmptied: true } : {}),
  }))
  const windows = databases.reduce((sum, one) => sum + one.windows, 0)
  return {
    summary: [say('vault.planSummary', { count: windows }), say('plan.databases', { count: found.length })],
    items: found.map((one) => itemOf(one, config, vaultOf(cx).name)),
    guards: [...guards.values()].filter((guard) => guard !== null),
    expectedBytes: windows === 0 ? 0 : null,
    databases,
  }
}

function wayOf({ changedGroups, previous }: Found): InfluxdbCopyPlan['databases'][number]['way'] {
  if (changedGroups === null) return previous ? 'compare' : 'fill'
  return changedGroups.size === 0 ? 'nothing' : 'compare'
}

function itemOf(found: Found, config: InfluxdbCopyConfig, vault: string): PlanItem {
  return {
    what: say('vault.planDatabase', { database: found.name, vault }),
    reason: reasonOf(found, config),
    expectedBytes: windowsToRead(found, config) === 0 ? 0 : null,
  }
}

function reasonOf({ changedGroups, contents, previous }: Found, config: InfluxdbCopyConfig): KeyedPhrase[] {
  if (!previous) return [say('vault.everything'), say('vault.whyFirst')]
  const { location } = previous.point
  if (changedGroups !== null) {
    const shards = contents.policies.reduce((sum, { groups }) => sum + groups.length, 0)
    return [say('vault.changed', { changed: changedGroups.size, shards, location })]
  }
  const why = config.mode === 'full' ? say('why.full') : say('vault.whyUnknown')
  return [say('vault.everything'), why, say('vault.shared', { location })]
}
