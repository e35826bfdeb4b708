import { Group, Skeleton, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { DeleteObject } from '../../objects/delete-object.tsx'
import { useObject, useSchemas } from '../../objects/object-api.ts'
import { ObjectForm } from '../../objects/object-form.tsx'
import { fieldOfJob } from '../job-field.ts'
import { useCopyTexts } from '../use-copy-texts.ts'

/** The settings of a job. */
export function JobEdit({ id }: { id: string }) {
  const copyTexts = useCopyTexts()
  const navigate = useNavigate()
  const schemas = useSchemas()
  const { object: read, error, retry } = useObject('jobs', id)
  const kindName = read?.object.spec.kind
  const field = useMemo(() => {
    const kind = schemas.data?.kinds.find((one) => one.kind === kindName)
    return schemas.data && kind && fieldOfJob(schemas.data.jobs, kind, copyTexts)
  }, [schemas.data, kindName, copyTexts])
  const failure = error ?? schemas.error
  // What is being edited stays when it cannot be read once more.
  if (failure && !(read && field))
    return <ProblemAlert error={failure} onRetry={error ? retry : () => void schemas.refetch()} />
  if (!read || !field) return <Skeleton height={320} maw={860} aria-busy />
  const { object, etag } = read
  return (
    <Stack>
      <ObjectForm
        key={etag}
        kind="jobs"
        field={field}
        initial={object.spec}
        edit={{ ref: id, etag, onReload: retry }}
        onSaved={({ spec }) => void navigate({ to: '/jobs/$ref', params: { ref: spec.name } })}
        onCancel={() => void navigate({ to: '/jobs/$ref', params: { ref: object.spec.name } })}
      />
      <Group>
        <DeleteObject kind="jobs" id={id} name={object.spec.name} etag={etag} />
      </Group>
    </Stack>
  )
}
