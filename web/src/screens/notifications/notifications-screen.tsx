import { IconBell } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../layout/section.tsx'
import { StatusBadge } from '../../status/status-badge.tsx'
import { SWITCH } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import type { AnyObject } from '../objects/object-api.ts'
import { ObjectListScreen } from '../objects/object-list-screen.tsx'
import { DeliveryTable } from './delivery-table.tsx'

const route = getRouteApi('/shell/notifications/')

/** Who is told, and what was told. */
export function NotificationsScreen() {
  const { t } = useTranslation('notifications')
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useNotificationColumns()
  return (
    <ObjectListScreen
      kind="notifications"
      icon={IconBell}
      texts={{
        title: t('title'),
        lead: t('lead'),
        new: t('new'),
        emptyTitle: t('emptyTitle'),
        emptyHint: t('emptyHint'),
      }}
      columns={columns}
      q={q}
      onFilter={(text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true })}
    >
      <Section title={t('deliveries.title')} lead={t('deliveries.lead')}>
        <DeliveryTable />
      </Section>
    </ObjectListScreen>
  )
}

function useNotificationColumns(): Column<AnyObject>[] {
  const { t } = useTranslation(['notifications', 'shell'])
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('shell:common.name'),
        cell: ({ spec }) => spec.name,
        sortBy: ({ spec }) => spec.name,
      },
      {
        id: 'enabled',
        title: t('notifications:state'),
        cell: ({ spec }) => <StatusBadge look={spec.enabled === false ? SWITCH.disabled : SWITCH.enabled} />,
      },
      { id: 'kind', title: t('notifications:kind'), cell: ({ spec }) => String(spec.kind ?? '') },
      {
        id: 'to',
        title: t('notifications:to'),
        cell: ({ spec }) => (Array.isArray(spec.to) ? spec.to.join(', ') : addressOf(spec.url)),
      },
      {
        id: 'digest',
        title: t('notifications:digest'),
        cell: ({ spec }) => (spec.digest === undefined ? t('shell:common.no') : t('shell:common.yes')),
      },
    ],
    [t],
  )
}

/** An address that is itself a secret is not known here. */
function addressOf(url: unknown): string {
  return typeof url === 'string' ? url : ''
}
