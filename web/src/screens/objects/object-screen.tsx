import { Skeleton, Stack } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { Page } from '../../layout/page.tsx'
import { Section } from '../../layout/section.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { DeleteObject } from './delete-object.tsx'
import { type AnyObject, fieldOfObject, type ObjectCollection, useObject, useSchemas } from './object-api.ts'
import { ObjectForm } from './object-form.tsx'
import { Revisions } from './revisions.tsx'

interface ObjectScreenProps {
  kind: ObjectCollection
  /** Facts of the kind, above the settings. */
  facts?(object: AnyObject): ReactNode
  badge?(object: AnyObject): ReactNode
  actions?(object: AnyObject): ReactNode
}

/** One object: its facts, its settings to edit, and who changed it. */
export function ObjectScreen({ kind, facts, badge, actions }: ObjectScreenProps) {
  const { t } = useTranslation('forms')
  const navigate = useNavigate()
  const { ref: objectRef = '' } = useParams({ strict: false })
  const schemas = useSchemas()
  const { object: read, error, retry } = useObject(kind, objectRef)
  const schema = schemas.data?.[kind]
  const field = useMemo(() => schema && fieldOfObject(schema), [schema])
  const failure = error ?? schemas.error
  // What is being edited stays when it cannot be read once more.
  if (failure && !(read && field))
    return <ProblemAlert error={failure} onRetry={error ? retry : () => void schemas.refetch()} />
  if (!read || !field)
    return (
      <Stack maw={860} aria-busy>
        <Skeleton height={28} width={200} />
        <Skeleton height={320} />
      </Stack>
    )
  const { object, etag } = read
  const saved = ({ spec }: AnyObject) => {
    if (spec.name === objectRef) retry()
    else
      void navigate({
        to: `/${kind}/${encodeURIComponent(spec.name)}` as string,
        replace: true,
      })
  }
  return (
    <Page
      title={object.spec.name}
      badge={badge?.(object)}
      lead={
        <>
          {t('updated')} <Time at={object.updatedAt} />
        </>
      }
      actions={
        <>
          {actions?.(object)}
          <DeleteObject kind={kind} id={object.id} name={object.spec.name} etag={etag} />
        </>
      }
    >
      {facts?.(object)}
      <ObjectForm
        key={etag}
        kind={kind}
        field={field}
        initial={object.spec}
        edit={{ ref: object.id, etag, onReload: retry }}
        onSaved={saved}
        onCancel={() => void navigate({ to: `/${kind}` as string })}
      />
      <Section title={t('changes.title')}>
        <Revisions kind={kind} objectRef={object.id} />
      </Section>
    </Page>
  )
}
