import { createHash } from 'node:crypto'
import { type ConfigChange, type ConfigDocument, type Control, HoldfastError } from '@holdfast/contract'
import { cronProblem } from '../../domain/schedule/slots.ts'
import { checkConfig } from '../configuration/check-config.ts'
import { diffConfig } from '../configuration/diff-config.ts'
import { jobFacts } from '../configuration/job-nodes.ts'
import { recognizeVaults } from '../configuration/recognize-vaults.ts'
import type { EngineDeps } from '../deps.ts'
import type { ObjectState } from '../ports.ts'
import { bindSecrets, refuseElsewhere } from '../upkeep/secret-destinations.ts'
import { identifyVault } from './reindex.ts'

type Configure = Pick<Control, 'planConfig' | 'applyConfig' | 'exportConfig' | 'checkConfig'>

export function configure(deps: EngineDeps): Configure {
  const { store } = deps

  async function plan(document: ConfigDocument, prune: boolean) {
    // Before what they stand for: a change between the two is a conflict when the plan is applied.
    const states = await store.objects.states()
    const differences = diffConfig(await store.objects.document(), document, { prune })
    const ids = await idsOnVaults(deps, document, differences)
    const { changes, vaultIds } = recognizeVaults(differences, document, await store.objects.vaults(), ids)
    const named = new Set(changes.map(({ kind, name }) => `${kind}/${name}`))
    const known = new Set(vaultIds.values())
    const seen = states.filter(({ kind, id, name }) => named.has(`${kind}/${name}`) || known.has(id))
    return { changes, vaultIds, seen, fingerprint: fingerprintOf({ prune, changes, seen }) }
  }

  /** With `prune` a name that the document does not define is about to go, so nothing may refer to it. */
  async function check(document: ConfigDocument, prune: boolean) {
    const existing = prune ? {} : await store.objects.names()
    return checkConfig(document, deps.drivers, { cronProblem, existing })
  }

  return {
    async planConfig(document, { prune }) {
      const { changes, fingerprint } = await plan(document, prune)
      return { changes, fingerprint }
    },

    async applyConfig(document, { prune, by, fingerprint }) {
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
      const { changes, vaultIds, seen, fingerprint: now } = await plan(document, prune)
      if (fingerprint !== null && fingerprint !== now) {
        throw new HoldfastError('config-conflict', 'the configuration has changed since it was planned')
      }
      await store.atomically(async (within) => {
        const isChanged = (kind: ConfigChange['kind']) => (object: { name: string }) =>
          changes.some(
            (change) => change.kind === kind && change.name === object.name && change.action !== 'unchanged',
          )
        const senders = [
          ...document.notifications.filter(isChanged('notifications')),
          ...document.nodes.filter(isChanged('nodes')),
        ]
        await refuseElsewhere(within, senders)
        await within.objects.apply(document, changes, { by, vaultIds, seen, ...jobFacts(deps) })
        await bindSecrets(within, senders)
      })
      return changes
    },

    exportConfig: () => store.objects.document(),
    checkConfig: (document) => check(document, false),
  }
}

/** The same for the same changes of the same objects at the same revisions. */
function fingerprintOf(plan: { prune: boolean; changes: ConfigChange[]; seen: ObjectState[] }): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('base64url')
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
