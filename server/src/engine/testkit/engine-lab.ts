import { setTimeout as sleep } from 'node:timers/promises'
import { type Control, configDocument, HoldfastError, type Run } from '@holdfast/contract'
import type { AnyDriver } from '../../drivers/driver.ts'
import { driverOf } from '../../drivers/registry.ts'
import { hostIdentity } from '../../kit/host.ts'
import { createLogger } from '../../kit/log.ts'
import { openTestStore, type TestStore } from '../../store/testkit/test-store.ts'
import { createVaultAccess } from '../../vaults/access.ts'
import { createControl } from '../control/control.ts'
import { EVERYTHING } from '../control/scope.ts'
import type { EngineDeps } from '../deps.ts'
import type { Bay } from '../vault-port.ts'
import { Worker } from '../worker.ts'

/** An engine on a database of its own, with the drivers and the clock of the test. */
export interface EngineLab extends AsyncDisposable {
  control: Control
  /** The control plane as somebody sees it who is limited to these nodes. */
  limitedTo(nodeIds: readonly string[] | null): Control
  /** The control plane as an operator sees it, who does not administer and is limited to no node. */
  operator: Control
  deps: EngineDeps
  test: TestStore
  startWorker(options?: { concurrency?: number; site?: string; deps?: EngineDeps }): Promise<Worker>
  apply(document: object): Promise<void>
  /** Waits until a run satisfies `is`; fails with the run's state after a generous time. */
  until(runId: string, is: (run: Run) => boolean): Promise<Run>
  finished(runId: string): Promise<Run>
}

const PATIENCE_MS = 120_000

/** Nothing of the machine that the test runs on. A test of disks names its own. */
const NO_BAY: Bay = { fingerprint: async () => '', list: async () => [] }

export async function openEngineLab(
  drivers: AnyDriver[],
  overrides: Partial<EngineDeps> = {},
): Promise<EngineLab> {
  const test = await openTestStore()
  const deps: EngineDeps = {
    store: test.store,
    vaults: createVaultAccess({
      resolvePassphrase: async () => 'the passphrase of the test',
      ownPaths: [],
    }),
    bay: NO_BAY,
    drivers,
    driverOf: (kind) => driverOf(kind, drivers),
    host: hostIdentity(),
    log: createLogger('silent'),
    now: () => new Date(),
    notify: async () => {},
    secretKeyFile: '/nonexistent/secret.key',
    secret: async () => 'the secret of the test',
    ownPaths: [],
    selfBackup: null,
    random: () => 1,
    ...overrides,
  }
  const control = createControl(deps, async () => [])
  const workers: Worker[] = []
  const lab: EngineLab = {
    control,
    limitedTo: (nodeIds) => createControl(deps, async () => [], { nodeIds }),
    operator: createControl(deps, async () => [], EVERYTHING, false),
    deps,
    test,
    async startWorker(options = {}) {
      const { concurrency = 4, site = 'main' } = options
      const worker = new Worker(options.deps ?? deps, test.openQueue(), { concurrency, site })
      workers.push(worker)
      await worker.start()
      return worker
    },
    async apply(document) {
      await control.applyConfig(configDocument.parse(document), {
        prune: false,
        by: 'test',
        fingerprint: null,
      })
    },
    async until(runId, is) {
      const deadline = performance.now() + PATIENCE_MS
      for (;;) {
        const run = await control.getRun(runId).catch(unlessAway)
        if (run && is(run)) return run
        if (performance.now() > deadline) {
          throw new HoldfastError(
            'invariant-broken',
            `run stayed ${run?.status}/${run?.outcome}, waiting for ${run?.waitingFor}`,
          )
        }
        await sleep(20)
      }
    },
    finished: (runId) => lab.until(runId, (run) => run.status === 'finished'),
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await test[Symbol.asyncDispose]()
    },
  }
  return lab
}

/** A test that breaks connections breaks its own too. */
function unlessAway(error: unknown): null {
  if (error instanceof HoldfastError && error.code === 'database-unreachable') return null
  throw error
}
