import type { JobKind } from '@holdfast/contract'
import { Box, Radio, Skeleton, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMissingRight } from '../../actions/reason-button.tsx'
import { useChange } from '../../api/queries.ts'
import type { Schema } from '../../forms/model/field.ts'
import { Page } from '../../layout/page.tsx'
import { Section } from '../../layout/section.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { useSchemas } from '../objects/object-api.ts'
import { ObjectForm, type SaveAction } from '../objects/object-form.tsx'
import { fieldOfJob } from './job-field.ts'
import { useCopyTexts } from './use-copy-texts.ts'

/** Chooses the kind, then asks for what a job of this kind needs. */
export function NewJobScreen() {
  const { t } = useTranslation('jobs')
  const schemas = useSchemas()
  const kinds = schemas.data?.kinds ?? []
  const [picked, setPicked] = useState<string | null>(null)
  const kind = kinds.find((one) => one.kind === picked) ?? (kinds.length === 1 ? kinds[0] : undefined)
  return (
    <Page title={t('new')}>
      {schemas.error && <ProblemAlert error={schemas.error} onRetry={() => void schemas.refetch()} />}
      {schemas.isPending && <Skeleton height={320} maw={860} aria-busy />}
      {kinds.length > 0 && (
        <Box maw={860}>
          <Section title={t('chooseKind')}>
            <Radio.Group value={kind?.kind ?? null} onChange={setPicked} aria-label={t('chooseKind')}>
              <Stack gap="xs">
                {kinds.map((one) => (
                  <Radio key={one.kind} value={one.kind} label={one.title} description={one.kind} size="sm" />
                ))}
              </Stack>
            </Radio.Group>
          </Section>
        </Box>
      )}
      {kind && schemas.data && <NewJobForm key={kind.kind} kind={kind} schema={schemas.data.jobs} />}
    </Page>
  )
}

function NewJobForm({ kind, schema }: { kind: JobKind; schema: Schema }) {
  const { t } = useTranslation('jobs')
  const navigate = useNavigate()
  const copyTexts = useCopyTexts()
  const field = useMemo(() => fieldOfJob(schema, kind, copyTexts), [schema, kind, copyTexts])
  const mayNotRun = useMissingRight('operate') !== undefined
  const run = useChange('POST /api/jobs/{ref}/run', {
    onDone: ({ id }) => void navigate({ to: `/runs/${id}` as string }),
  })
  const show = (name: string) => void navigate({ to: '/jobs/$ref', params: { ref: name } })
  const actions: SaveAction[] = [
    { label: t('saveDisabled'), change: (spec) => ({ ...spec, enabled: false }) },
    {
      label: t('saveAndRun'),
      // The job is made even when it cannot be started now: its page is where to try again.
      onSaved: ({ id, spec }) => run.mutate({ params: { ref: id } }, { onError: () => show(spec.name) }),
    },
  ]
  return (
    <ObjectForm
      kind="jobs"
      field={field}
      initial={{ kind: kind.kind }}
      actions={mayNotRun ? actions.slice(0, 1) : actions}
      onSaved={({ spec }) => show(spec.name)}
      onCancel={() => void navigate({ to: '/jobs' })}
    />
  )
}
