import { Skeleton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '../../forms/model/field.ts'
import { emptyValue } from '../../forms/model/values.ts'
import { Page } from '../../layout/page.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { fieldOfObject, type ObjectCollection, useSchemas } from './object-api.ts'
import { ObjectForm } from './object-form.tsx'

/** A new object of a kind, from the schema of the kind alone. */
export function NewObjectScreen({ kind }: { kind: ObjectCollection }) {
  const { t } = useTranslation(kind as 'nodes')
  const schemas = useSchemas()
  const navigate = useNavigate()
  const schema = schemas.data?.[kind]
  const field = useMemo(() => schema && fieldOfObject(schema), [schema])
  return (
    <Page title={t('new')}>
      {schemas.error && <ProblemAlert error={schemas.error} onRetry={() => void schemas.refetch()} />}
      {!field && !schemas.error && <Skeleton height={320} maw={860} aria-busy />}
      {field && (
        <ObjectForm
          kind={kind}
          field={field}
          initial={emptyValue(field) as JsonObject}
          onCancel={() => void navigate({ to: `/${kind}` as string })}
          onSaved={({ spec }) => void navigate({ to: `/${kind}/${encodeURIComponent(spec.name)}` as string })}
        />
      )}
    </Page>
  )
}
