import type { Session } from '@holdfast/contract'
import { Badge, Group, Text, Tooltip } from '@mantine/core'
import { IconDevices } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton } from '../../actions/reason-button.tsx'
import { useApi, useChange } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { Section } from '../../layout/section.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { browserName } from './browser-name.ts'

export function SessionList() {
  const { t } = useTranslation('account')
  const sessions = useApi('GET /api/auth/sessions')
  const columns = useSessionColumns()
  return (
    <Section title={t('sessions.title')} lead={t('sessions.lead')}>
      <DataTable
        id="sessions"
        label={t('sessions.title')}
        columns={columns}
        rows={sessions.data}
        rowKey={({ id }) => id}
        error={sessions.error}
        onRetry={() => void sessions.refetch()}
        empty={<EmptyState icon={IconDevices} title={t('sessions.title')} hint={t('sessions.lead')} />}
      />
    </Section>
  )
}

function useSessionColumns(): Column<Session>[] {
  const { t } = useTranslation('account')
  const queryClient = useQueryClient()
  const { mutate } = useChange('DELETE /api/auth/sessions/{id}', {
    onDone: () => {
      notifyDone(t('sessions.ended'))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/auth/sessions'] })
    },
  })
  return useMemo(
    () => [
      {
        id: 'browser',
        title: t('sessions.browser'),
        cell: ({ userAgent, isCurrent }) => (
          <Group gap="xs" wrap="nowrap">
            <Tooltip label={userAgent}>
              <Text span inherit>
                {browserName(userAgent) ?? t('sessions.unknownBrowser')}
              </Text>
            </Tooltip>
            {isCurrent && (
              <Badge variant="light" tt="none">
                {t('sessions.current')}
              </Badge>
            )}
          </Group>
        ),
      },
      {
        id: 'address',
        title: t('sessions.address'),
        cell: ({ address }) => address,
        sortBy: (row) => row.address,
      },
      {
        id: 'started',
        title: t('sessions.started'),
        cell: ({ createdAt }) => <Time at={createdAt} />,
        sortBy: ({ createdAt }) => Date.parse(createdAt),
      },
      {
        id: 'seen',
        title: t('sessions.seen'),
        cell: ({ lastSeenAt }) => <Time at={lastSeenAt} />,
        sortBy: ({ lastSeenAt }) => Date.parse(lastSeenAt),
      },
      {
        id: 'expires',
        title: t('sessions.expires'),
        cell: ({ expiresAt }) => <Time at={expiresAt} isAbsolute />,
        sortBy: ({ expiresAt }) => Date.parse(expiresAt),
      },
      {
        id: 'actions',
        title: '',
        isNumber: true,
        cell: ({ id, address, isCurrent }) => (
          <ReasonButton
            size="compact-xs"
            variant="default"
            aria-label={t('sessions.revokeOne', { address })}
            reason={isCurrent ? t('sessions.currentHint') : undefined}
            onClick={() => mutate({ params: { id } })}
          >
            {t('sessions.revoke')}
          </ReasonButton>
        ),
      },
    ],
    [t, mutate],
  )
}
