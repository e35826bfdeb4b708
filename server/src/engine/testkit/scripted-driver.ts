import type { PlanBase, PlanGuard } from '@holdfast/contract'
import { z } from 'zod'
import type { Driver, DriverInfo, ResourceKind, RunContext } from '../../drivers/driver.ts'

/** What the scripted driver does in the run that comes next; each test sets it. */
export interface Script {
  guards: PlanGuard[]
  run: (cx: RunContext) => Promise<void>
}

/** Keys of what is taken right now: what a leak check looks at. */
export const taken = new Set<string>()

export const tokenResource: ResourceKind<{ key: string }, string> = {
  kind: 'test-token',
  scope: 'host',
  data: z.object({ key: z.string() }),
  async acquire({ key }) {
    taken.add(key)
    return key
  },
  async release({ key }) {
    taken.delete(key)
  },
}

/** A driver for tests of the engine: it does whatever the test tells it to. */
export function scriptedDriver(kind = 'scripted'): Driver<object, PlanBase> & { script: Script } {
  const info: DriverInfo = {
    kind,
    collection: `${kind}-jobs`,
    title: 'Does what a test says',
    protects: [],
    vaultKinds: [],
    resources: [tokenResource],
  }
  const script: Script = { guards: [], run: async () => {} }
  return {
    info,
    script,
    config: z.strictObject({}),
    check: async () => [],
    plan: async () => ({ summary: 'as scripted', items: [], guards: script.guards, expectedBytes: null }),
    preparation: {
      plan: async () => ({ summary: 'prepare as scripted', items: [], guards: [], expectedBytes: null }),
      async run(cx) {
        await cx.step('prepare', () => script.run(cx))
        const table = { columns: ['made'], rows: [['a class']], total: 1 }
        const report = { summary: 'prepared', bytesMoved: 7, counts: { made: 1 }, table, details: {} }
        return { ...report, points: [], assets: [] }
      },
    },
    async run(cx) {
      await cx.step('work', () => script.run(cx))
      return { summary: 'done', bytesMoved: 0, counts: {}, details: {}, points: [], assets: [] }
    },
  }
}
