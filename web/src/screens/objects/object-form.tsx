import type { ObjectKind } from '@holdfast/contract'
import { Button, Group, Paper, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConflictAlert } from '../../actions/conflict-alert.tsx'
import { useLeaveGuard } from '../../actions/leave-guard.tsx'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { isProblem } from '../../api/problem.ts'
import type { Field, JsonObject } from '../../forms/model/field.ts'
import { SchemaFields } from '../../forms/schema-fields.tsx'
import { useSchemaForm } from '../../forms/use-schema-form.ts'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { type AnyObject, useObjectChanges } from './object-api.ts'

/** A way to save besides the plain one. */
export interface SaveAction {
  label: string
  /** What is sent instead of what was entered. */
  change?(spec: JsonObject): JsonObject
  onSaved?(object: AnyObject): void
}

interface ObjectFormProps {
  kind: ObjectKind
  field: Field
  initial: JsonObject
  /** What is edited; absent for a new one. */
  edit?: { ref: string; etag: string | null; onReload(): void }
  actions?: readonly SaveAction[]
  onSaved(object: AnyObject): void
  /** Leads away; what was entered is asked about then. */
  onCancel(): void
}

/** Makes or edits one object. What somebody else changed meanwhile is never overwritten unasked. */
export function ObjectForm({ kind, field, initial, edit, actions = [], onSaved, onCancel }: ObjectFormProps) {
  const { t } = useTranslation(['forms', 'shell'])
  const missing = useMissingRight('configure')
  const changes = useObjectChanges(kind)
  const form = useSchemaForm(field, initial, { failure: changes.error, isReadOnly: missing !== undefined })
  const leave = useLeaveGuard(form.isDirty)
  const [last, setLast] = useState<SaveAction>()
  const save = async (action: SaveAction | undefined, ifMatch?: string | null) => {
    const entered = form.submit()
    if (entered === null) return
    setLast(action)
    const spec = action?.change?.(entered) ?? entered
    try {
      const saved = await changes.save(spec, edit && { ref: edit.ref, ifMatch: ifMatch ?? edit.etag })
      leave.release()
      notifyDone(t('forms:saved', { name: saved.spec.name }))
      ;(action?.onSaved ?? onSaved)(saved)
    } catch {
      // Shown at the fields, and beside the button that was pressed.
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save(undefined)
  }
  return (
    <Paper withBorder p="md" maw={860}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <SchemaFields field={field} form={form} />
          {edit && isProblem(changes.error, 'edit-conflict') ? (
            <ConflictAlert onReload={edit.onReload} onOverwrite={() => void save(last, '*')} />
          ) : (
            changes.error && <ProblemAlert error={changes.error} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="subtle" onClick={onCancel}>
              {t('shell:action.cancel')}
            </Button>
            {actions.map((action) => (
              <ReasonButton
                key={action.label}
                type="button"
                variant="default"
                reason={missing}
                disabled={changes.isPending}
                onClick={() => void save(action)}
              >
                {action.label}
              </ReasonButton>
            ))}
            <ReasonButton type="submit" reason={missing} loading={changes.isPending}>
              {edit ? t('shell:action.save') : t('shell:action.create')}
            </ReasonButton>
          </Group>
        </Stack>
      </form>
      {leave.dialog}
    </Paper>
  )
}
