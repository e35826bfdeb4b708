import {
  type ConfigChange,
  type ConfigDocument,
  type Control,
  HoldfastError,
  OBJECT_KINDS,
} from '@holdfast/contract'
import { cronProblem } from '../../domain/schedule/slots.ts'
import { checkConfig } from '../configuration/check-config.ts'
import { diffConfig } from '../configuration/diff-config.ts'
import type { EngineDeps } from '../deps.ts'
import { firstSlot } from '../scheduler.ts'
import { identifyVault } from './reindex.ts'

type Configure = Pick<Control, 'planConfig' | 'applyConfig' | 'exportConfig' | 'checkConfig'>

export function configure(deps: EngineDeps): Configure {
  const { store } = deps

  async function plan(document: ConfigDocument, prune: boolean): Promise<ConfigChange[]> {
    return diffConfig(await store.objects.document(), document, { prune })
  }

  async function check(document: ConfigDocument) {
    const current = await store.objects.document()
    const existing = Object.fromEntries(
      OBJECT_KINDS.map((kind) => [kind, current[kind].map((object) => object.name)]),
    )
    return checkConfig(document, deps.drivers, { cronProblem, existing })
  }

  return {
    planConfig: (document, { prune }) => plan(document, prune),

    async applyConfig(document, { prune, by }) {
      const problems = await check(document)
      const first = problems[0]
      if (first) {
        throw new HoldfastError(
          'config-invalid',
          `${first.kind}[${first.index}] ${first.path.join('.')}: ${first.message}`,
          {
            details: { problems: problems.map((problem) => ({ ...problem, hint: problem.hint ?? null })) },
          },
        )
      }
      const changes = await plan(document, prune)
      const vaultIds = await idsOnVaults(deps, document, changes)
      await store.objects.apply(document, changes, {
        by,
        vaultIds,
        nextRunAt: (spec) => firstSlot(spec, deps.now()),
      })
      return changes
    },

    exportConfig: () => store.objects.document(),
    checkConfig: check,
  }
}

/** A vault that comes back after the database was lost keeps the id that it bears on itself. */
async function idsOnVaults(
  deps: EngineDeps,
  document: ConfigDocument,
  changes: ConfigChange[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const change of changes) {
    if (change.kind !== 'vaults' || change.action !== 'create') continue
    const spec = document.vaults.find((vault) => vault.name === change.name)
    const id = spec ? await identifyVault(deps, spec) : null
    if (id && !(await deps.store.objects.vault(id))) ids.set(change.name, id)
  }
  return ids
}
