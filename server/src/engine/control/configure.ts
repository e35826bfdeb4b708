import { type ConfigChange, type ConfigDocument, type Control, HoldfastError } from '@holdfast/contract'
import { cronProblem } from '../../domain/schedule/slots.ts'
import { checkConfig } from '../configuration/check-config.ts'
import { diffConfig } from '../configuration/diff-config.ts'
import { recognizeVaults } from '../configuration/recognize-vaults.ts'
import type { EngineDeps } from '../deps.ts'
import { firstSlot } from '../scheduler.ts'
import { identifyVault } from './reindex.ts'

type Configure = Pick<Control, 'planConfig' | 'applyConfig' | 'exportConfig' | 'checkConfig'>

export function configure(deps: EngineDeps): Configure {
  const { store } = deps

  async function plan(document: ConfigDocument, prune: boolean) {
    const changes = diffConfig(await store.objects.document(), document, { prune })
    const ids = await idsOnVaults(deps, document, changes)
    return recognizeVaults(changes, document, await store.objects.vaults(), ids)
  }

  /** With `prune` a name that the document does not define is about to go, so nothing may refer to it. */
  async function check(document: ConfigDocument, prune: boolean) {
    const existing = prune ? {} : await store.objects.names()
    return checkConfig(document, deps.drivers, { cronProblem, existing })
  }

  return {
    planConfig: async (document, { prune }) => (await plan(document, prune)).changes,

    async applyConfig(document, { prune, by }) {
      const problems = await check(document, prune)
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
      const { changes, vaultIds } = await plan(document, prune)
      await store.objects.apply(document, changes, {
        by,
        vaultIds,
        nextRunAt: (spec) => firstSlot(spec, deps.now()),
      })
      return changes
    },

    exportConfig: () => store.objects.document(),
    checkConfig: (document) => check(document, false),
  }
}

/** What the vaults to be created bear on themselves; nothing for a fresh one and for one that is not there now. */
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
    if (id) ids.set(change.name, id)
  }
  return ids
}
