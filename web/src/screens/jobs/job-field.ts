import type { JobKind } from '@holdfast/contract'
import { type Field, isGroup, type Schema } from '../../forms/model/field.ts'
import { isSchema, readSchema } from '../../forms/model/read-schema.ts'

/** The form of a job of one kind: that of all jobs, with the settings of the kind where theirs are open. */
export function fieldOfJob(jobs: Schema, kind: JobKind): Field {
  const field = readSchema(jobs)
  if (!isGroup(field)) return field
  const open = isSchema(jobs.properties) ? jobs.properties.config : undefined
  const texts = isSchema(open) ? { title: open.title ?? '', description: open.description ?? '' } : {}
  const config = readSchema({ ...kind.config, ...texts }, 'config', true)
  const fields = field.fields.flatMap((one): Field[] => {
    if (one.name === 'config') return []
    if (one.name === 'kind') return []
    if (one.name === 'vault') return vaultField(one, kind)
    // What is copied from where belongs together, before when it happens.
    return one.name === 'schedule' ? [config, one] : [one]
  })
  return { ...field, fields }
}

/** A kind that keeps restore points needs a vault that it can use; the others have none to choose. */
function vaultField(field: Field, { vaultKinds }: JobKind): Field[] {
  if (vaultKinds.length === 0) return []
  if (field.shape !== 'reference') return [field]
  return [{ ...field, kinds: vaultKinds, isRequired: true }]
}
