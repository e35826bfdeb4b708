import type { Delivery } from '@holdfast/contract'
import { Anchor, Text } from '@mantine/core'
import { IconMailFast } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { DELIVERY } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'

/** What was told to whom, newest first; of one notification, or of all. */
export function DeliveryTable({ notification }: { notification?: string }) {
  const { t } = useTranslation('notifications')
  const pages = usePages('GET /api/deliveries', {
    query: notification === undefined ? {} : { notification },
  })
  const columns = useDeliveryColumns()
  return (
    <DataTable
      id="deliveries"
      label={t('deliveries.title')}
      columns={columns}
      rows={pages.items}
      rowKey={({ id }) => id}
      error={pages.error}
      onRetry={pages.retry}
      paging={pages}
      empty={
        <EmptyState icon={IconMailFast} title={t('deliveries.emptyTitle')} hint={t('deliveries.emptyHint')} />
      }
    />
  )
}

function useDeliveryColumns(): Column<Delivery>[] {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  return useMemo(
    () => [
      { id: 'at', title: t('deliveries.at'), cell: ({ createdAt }) => <Time at={createdAt} /> },
      {
        id: 'to',
        title: t('deliveries.notification'),
        cell: ({ notification }) => notification,
        isBrief: true,
      },
      {
        id: 'subject',
        title: t('deliveries.subject'),
        cell: ({ subject, event, jobName, runId }) => (
          <>
            {t(`deliveries.about.${subject}`)}{' '}
            {(subject === 'disk-overdue' || subject === 'lock-timeout') && event}
            {runId !== null && (
              <Anchor component={Link} to={`/runs/${runId}` as string} size="sm">
                {jobName ?? runId}
              </Anchor>
            )}
          </>
        ),
      },
      {
        id: 'state',
        title: t('deliveries.state'),
        cell: ({ state, problem }) => (
          <>
            <StatusBadge look={DELIVERY[state]} />
            {problem !== null && (
              <Text size="xs" c="dimmed" lang="en" style={{ overflowWrap: 'anywhere' }}>
                {format.inText(problem)}
              </Text>
            )}
          </>
        ),
        isBrief: true,
      },
      { id: 'attempts', title: t('deliveries.attempts'), isNumber: true, cell: ({ attempts }) => attempts },
      {
        id: 'tried',
        title: t('deliveries.tried'),
        cell: ({ lastTriedAt }) => <Time at={lastTriedAt} />,
        isExtra: true,
      },
    ],
    [t, format],
  )
}
