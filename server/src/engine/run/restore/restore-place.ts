import { HoldfastError } from '@holdfast/contract'
import type { AnyDriver, Node, RestoreInput } from '../../../drivers/driver.ts'
import type { EngineDeps } from '../../deps.ts'
import type { Scope } from '../../ports.ts'
import { checkTarget, realTarget, type TargetInput } from './restore-target.ts'

type Facet = NonNullable<AnyDriver['restore']>

/** Where a restore goes, as its driver gets it. */
export type RestorePlace = Pick<RestoreInput<unknown>, 'target' | 'node'>

/**
 * Judges where a restore is to go when it is asked for, by the rights of the one who asks: a folder by its path, see
 * {@link checkTarget}; a node by the scope. Returns the node for the request of the run, null for a folder. Throws besides
 * `name-unknown` for a node that there is not, or not for them.
 */
export async function checkPlace(
  deps: EngineDeps,
  restore: Facet,
  input: TargetInput,
  scope: Scope,
): Promise<Node | null> {
  if (restore.target !== 'node') {
    await checkTarget(deps, input)
    return null
  }
  const { node } = splitTarget(input.request.target)
  return await nodeFor(deps, restore, node, scope)
}

/** The same on the machine that restores: there a folder is judged once more, and the node is looked at as it is now. */
export async function placeOf(deps: EngineDeps, restore: Facet, input: TargetInput): Promise<RestorePlace> {
  if (restore.target !== 'node') return { target: await realTarget(deps, input) }
  const { request } = input
  const { node, database } = splitTarget(request.target)
  // Whoever asked had the right to it; a new name since does not make it another one.
  return {
    target: database,
    node: await nodeFor(deps, restore, request.node?.id ?? node, { nodeIds: null }),
  }
}

/** No name of a node holds a slash; the name of a database may. */
function splitTarget(target: string): { node: string; database: string } {
  const slash = target.indexOf('/')
  if (slash > 0 && slash < target.length - 1)
    return { node: target.slice(0, slash), database: target.slice(slash + 1) }
  throw new HoldfastError('config-invalid', `"${target}" does not name a node and a database`, {
    hint: 'Write the name of the node, a slash, and the name of the database: NODE/DATABASE.',
  })
}

async function nodeFor(deps: EngineDeps, restore: Facet, ref: string, scope: Scope): Promise<Node> {
  const found = await deps.store.objects.get('nodes', ref, scope)
  if (!found)
    throw new HoldfastError('name-unknown', `nothing in nodes is called "${ref}"`, {
      hint: 'Compare the name with the list of nodes; names are exact, in capital and small letters too.',
    })
  const kinds = restore.targetNodeKinds ?? []
  if (kinds.includes(found.spec.kind)) return { ...found.spec, id: found.id }
  throw new HoldfastError(
    'config-invalid',
    `nothing of this kind is restored to a node of kind ${found.spec.kind}`,
    { hint: `Name a node of kind ${kinds.join(' or ')}.` },
  )
}
