import { phraseText, type RestorePoint, type StoredPlan } from '@holdfast/contract'
import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconArrowLeft, IconRestore } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../../api/queries.ts'
import type { ApiInput } from '../../../api/types.ts'
import { Said } from '../../../phrases/said.tsx'
import { notifyDone } from '../../../problems/notify.tsx'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { PlanItems } from '../../runs/plan-items.tsx'

interface RestorePreviewProps {
  point: RestorePoint
  plan: StoredPlan
  request: ApiInput<'POST /api/restore-points/{ref}/restore'>['body']
  onBack(): void
}

/** What a restore would write and overwrite, before it may begin. */
export function RestorePreview({ point, plan, request, onBack }: RestorePreviewProps) {
  const { t } = useTranslation('points')
  const navigate = useNavigate()
  const restore = useChange('POST /api/restore-points/{ref}/restore', {
    showsProblem: true,
    onDone: (run) => {
      notifyDone(t('restore.started'))
      void navigate({ to: '/runs/$ref', params: { ref: run.id } })
    },
  })
  return (
    <Stack>
      <div>
        <Title order={2}>{t('restore.previewTitle')}</Title>
        <Text size="sm" c="dimmed">
          {t('restore.previewHint')}
        </Text>
      </div>
      {plan.guards.length > 0 && (
        <Alert
          color="orange"
          variant="light"
          title={t('restore.overwrites')}
          icon={<IconAlertTriangle aria-hidden />}
        >
          <List size="sm">
            {plan.guards.map(({ code, message }) => (
              <List.Item key={`${code} ${phraseText(message)}`}>
                <Said phrase={message} />
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <PlanItems plan={plan} />
      {restore.error && <ProblemAlert error={restore.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={onBack}>
          {t('restore.back')}
        </Button>
        <Button
          color="orange"
          loading={restore.isPending}
          leftSection={<IconRestore size={14} aria-hidden />}
          onClick={() => restore.mutate({ params: { ref: point.id }, body: request })}
        >
          {t('restore.start')}
        </Button>
      </Group>
    </Stack>
  )
}
