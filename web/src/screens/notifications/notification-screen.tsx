import { Alert, Group, Stack, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { useChange } from '../../api/queries.ts'
import { Section } from '../../layout/section.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { StatusBadge } from '../../status/status-badge.tsx'
import { DELIVERY, SWITCH } from '../../status/status-map.ts'
import { ObjectScreen } from '../objects/object-screen.tsx'
import { DeliveryTable } from './delivery-table.tsx'

/** One notification: try it out, edit it, and see what it has told. */
export function NotificationScreen() {
  const { t } = useTranslation('notifications')
  const queryClient = useQueryClient()
  const missing = useMissingRight('configure')
  const test = useChange('POST /api/notifications/{ref}/test', {
    showsProblem: true,
    onDone: () => void queryClient.invalidateQueries({ queryKey: ['GET /api/deliveries'] }),
  })
  return (
    <ObjectScreen
      kind="notifications"
      badge={({ spec }) => <StatusBadge look={spec.enabled === false ? SWITCH.disabled : SWITCH.enabled} />}
      actions={({ id }) => (
        <ReasonButton
          reason={missing}
          variant="default"
          loading={test.isPending}
          leftSection={<IconSend size={14} aria-hidden />}
          onClick={() => test.mutate({ params: { ref: id } })}
        >
          {t('test')}
        </ReasonButton>
      )}
      facts={({ spec }) => (
        <Stack>
          {test.error && <ProblemAlert error={test.error} />}
          {test.data && (
            <Alert role="status" variant="light" color={DELIVERY[test.data.state].color} title={t('tested')}>
              <Group gap="sm">
                <StatusBadge look={DELIVERY[test.data.state]} />
                {test.data.problem !== null && (
                  <Text size="sm" lang="en">
                    {test.data.problem}
                  </Text>
                )}
              </Group>
            </Alert>
          )}
          <Section title={t('deliveries.title')}>
            <DeliveryTable notification={spec.name} />
          </Section>
        </Stack>
      )}
    />
  )
}
