import type { JobKind, RestorePoint } from '@holdfast/contract'
import { Button, Group, Paper, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { type FormEvent, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../../api/queries.ts'
import type { JsonObject } from '../../../forms/model/field.ts'
import { readSchema } from '../../../forms/model/read-schema.ts'
import { emptyValue, isObject } from '../../../forms/model/values.ts'
import { SchemaFields } from '../../../forms/schema-fields.tsx'
import { useSchemaForm } from '../../../forms/use-schema-form.ts'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { RestorePreview } from './restore-preview.tsx'
import {
  isTarget,
  optionsProblem,
  pathsIn,
  proposedTarget,
  type RestoreDraft,
  requestOf,
} from './restore-request.ts'
import { FolderTarget, NodeTarget } from './target-fields.tsx'

interface RestoreFormProps {
  point: RestorePoint
  /** Chosen already; without any, everything is proposed. */
  paths: readonly string[]
  schema: NonNullable<JobKind['restore']>
  /** Kinds of node that it goes to; null for a folder. */
  nodeKinds: JobKind['restoreNodeKinds']
  onClose(): void
}

/** Where to, what and how; then the preview takes its place, and leads back without anything lost. */
export function RestoreForm({ point, paths, schema, nodeKinds, onClose }: RestoreFormProps) {
  const { t } = useTranslation(['points', 'shell'])
  const [draft, setDraft] = useState<RestoreDraft>({
    target: nodeKinds ? '' : proposedTarget(point),
    isNode: nodeKinds !== null,
    isWhole: paths.length === 0,
    paths: '',
    chosen: paths,
  })
  const [isChecked, setIsChecked] = useState(false)
  const preview = useChange('POST /api/restore-points/{ref}/restore/plan', { showsProblem: true })
  const field = useMemo(() => readSchema(schema), [schema])
  const failure = useMemo(() => optionsProblem(preview.error), [preview.error])
  const options = useSchemaForm(field, initialOf(field), { failure })
  const hasOptions = field.shape !== 'group' || field.fields.length > 0
  const { value: chosen } = options.state
  const { reset } = preview
  // What was said about other settings than these would only mislead.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings are what it waits for
  useEffect(reset, [draft, chosen, reset])
  const pathsWrong = draft.isWhole || pathsIn(draft).length > 0 ? undefined : t('points:restore.pathsMissing')
  const target = {
    target: draft.target,
    isChecked,
    onChange: (value: string) => setDraft({ ...draft, target: value }),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    const value = options.submit()
    if (!isTarget(draft) || pathsWrong !== undefined || value === null) return
    preview.mutate({ params: { ref: point.id }, body: requestOf(draft, hasOptions ? value : null) })
  }
  if (preview.data && preview.variables?.body)
    return (
      <RestorePreview
        point={point}
        plan={preview.data}
        request={preview.variables.body}
        onBack={() => preview.reset()}
      />
    )
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {nodeKinds ? <NodeTarget {...target} kinds={nodeKinds} /> : <FolderTarget {...target} />}
        <div>
          <Text size="sm" fw={500} mb={4} id="restore-what">
            {t('points:restore.what')}
          </Text>
          <SegmentedControl
            aria-labelledby="restore-what"
            size="xs"
            data={[
              { value: 'whole', label: t('points:restore.whole') },
              { value: 'some', label: t('points:restore.some') },
            ]}
            value={draft.isWhole ? 'whole' : 'some'}
            onChange={(value) => setDraft({ ...draft, isWhole: value === 'whole' })}
          />
        </div>
        {!draft.isWhole && paths.length > 0 && <ChosenPaths paths={paths} />}
        {!draft.isWhole && paths.length === 0 && (
          <Textarea
            label={t('points:restore.paths')}
            description={t('points:restore.pathsHint')}
            value={draft.paths}
            onChange={(event) => setDraft({ ...draft, paths: event.currentTarget.value })}
            error={isChecked ? pathsWrong : undefined}
            autosize
            minRows={3}
            maxRows={10}
            spellCheck={false}
            required
          />
        )}
        {hasOptions && <SchemaFields field={field} form={options} />}
        {preview.error && <ProblemAlert error={preview.error} />}
        {preview.isPending && (
          <Text size="sm" c="dimmed" role="status">
            {t('points:restore.previewing')}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell:action.cancel')}
          </Button>
          <Button type="submit" loading={preview.isPending} leftSection={<IconEye size={14} aria-hidden />}>
            {t('points:restore.preview')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What was chosen, to be read once more. Names are shown as they are. */
function ChosenPaths({ paths }: { paths: readonly string[] }) {
  const { t } = useTranslation('points')
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id="restore-chosen">
        {t('browse.chosen', { count: paths.length })}
      </Text>
      <Paper withBorder p="xs" mah={200} style={{ overflow: 'auto' }}>
        <Stack
          component="ul"
          gap={2}
          m={0}
          p={0}
          style={{ listStyle: 'none' }}
          aria-labelledby="restore-chosen"
        >
          {paths.map((path) => (
            <Text
              key={path}
              component="li"
              size="sm"
              style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
            >
              {path}
            </Text>
          ))}
        </Stack>
      </Paper>
    </div>
  )
}

function initialOf(field: Parameters<typeof emptyValue>[0]): JsonObject {
  const value = emptyValue(field)
  return isObject(value) ? value : {}
}
