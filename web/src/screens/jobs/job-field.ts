import type { JobKind } from '@holdfast/contract'
import { type Field, isGroup, type Schema } from '../../forms/model/field.ts'
import { isSchema, readSchema } from '../../forms/model/read-schema.ts'

/** What a form says of a job that copies from one node to another, and of its vault. */
export interface CopyTexts {
  sourceNode: string
  sourceNodeHint: string
  otherVaultHint: string
}

/** The form of a job of one kind: that of all jobs, with the settings of the kind where theirs are open. */
export function fieldOfJob(jobs: Schema, kind: JobKind, texts: CopyTexts): Field {
  const field = readSchema(jobs)
  if (!isGroup(field)) return field
  const open = isSchema(jobs.properties) ? jobs.properties.config : undefined
  const named = isSchema(open) ? { title: open.title ?? '', description: open.description ?? '' } : {}
  const namedKinds = kind.namedNodeKinds ?? nodeKindsOf(kind)
  const config = onlyNodes(readSchema({ ...kind.config, ...named }, 'config', true), namedKinds)
  const copies = asksForNode(config) && kind.namedNodeKinds === null ? texts : undefined
  const fields = field.fields.flatMap((one): Field[] => {
    if (one.name === 'config') return []
    if (one.name === 'kind') return []
    if (one.name === 'vault') return vaultField(one, kind, copies)
    // It says how long restore points are kept and how old they may be: this kind has none.
    if (one.name === 'policy' && kind.protects.length === 0 && kind.vaultKinds.length === 0) return []
    if (one.name === 'node') return [nodeField(one, kind, copies)]
    // What is copied from where belongs together, before when it happens.
    return one.name === 'schedule' ? [config, one] : [one]
  })
  return { ...field, fields }
}

/** A kind that keeps restore points needs a vault that it can use; the others have none to choose. */
function vaultField(
  field: Field,
  { vaultKinds, vaultOptional }: JobKind,
  copies: CopyTexts | undefined,
): Field[] {
  if (vaultKinds.length === 0) return []
  if (field.shape !== 'reference') return [field]
  const description = vaultOptional && copies ? copies.otherVaultHint : field.description
  return [{ ...field, description, kinds: vaultKinds, isRequired: !vaultOptional }]
}

/** Without a word of it a kind works on hosts. */
function nodeKindsOf({ nodeKinds }: JobKind): readonly string[] {
  return nodeKinds ?? ['host']
}

/** A kind that names kinds of node needs one. Where its settings ask for another, it says which of the two it is. */
function nodeField(field: Field, kind: JobKind, copies: CopyTexts | undefined): Field {
  const texts = copies && { title: copies.sourceNode, description: copies.sourceNodeHint }
  return { ...onlyNodes(field, nodeKindsOf(kind)), ...texts, isRequired: kind.nodeKinds !== null }
}

function asksForNode(field: Field): boolean {
  switch (field.shape) {
    case 'reference':
      return field.to === 'nodes'
    case 'group':
      return field.fields.some(asksForNode)
    case 'list':
    case 'map':
      return asksForNode(field.item)
    case 'variants':
      return field.variants.some(({ fields }) => fields.some(asksForNode))
    case 'branches':
      return field.branches.some((branch) => asksForNode(branch.field))
    default:
      return false
  }
}

/** The same, where only nodes of these kinds are offered, however deep in a form a node is asked for. */
function onlyNodes<F extends Field>(field: F, kinds: readonly string[]): F {
  const inner = (one: Field): Field => onlyNodes(one, kinds)
  switch (field.shape) {
    case 'reference':
      return field.to === 'nodes' ? { ...field, kinds } : field
    case 'group':
      return { ...field, fields: field.fields.map(inner) }
    case 'list':
    case 'map':
      return { ...field, item: inner(field.item) }
    case 'variants':
      return {
        ...field,
        variants: field.variants.map((one) => ({ ...one, fields: one.fields.map(inner) })),
      }
    case 'branches':
      return { ...field, branches: field.branches.map((one) => ({ ...one, field: inner(one.field) })) }
    default:
      return field
  }
}
