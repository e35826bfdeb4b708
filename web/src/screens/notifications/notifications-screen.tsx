import { IconBell } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../layout/section.tsx'
import { StatusBadge } from '../../status/status-badge.tsx'
import { SWITCH } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import { type AnyObject, useVariantTitle } from '../objects/object-api.ts'
import { ObjectListScreen } from '../objects/object-list-screen.tsx'
import { DeliveryTable } from './delivery-table.tsx'

/** Who is told, and what was told. */
export function NotificationsScreen() {
  const { t } = useTranslation('notifications')
  return (
    <ObjectListScreen kind="notifications" icon={IconBell} columns={useNotificationColumns()}>
      <Section title={t('deliveries.title')} lead={t('deliveries.lead')}>
        <DeliveryTable />
      </Section>
    </ObjectListScreen>
  )
}

function useNotificationColumns(): Column<AnyObject>[] {
  const { t } = useTranslation(['notifications', 'shell'])
  const titleOf = useVariantTitle('notifications')
  return useMemo(
    () => [
      {
        id: 'enabled',
        title: t('notifications:state'),
        cell: ({ spec }) => <StatusBadge look={spec.enabled === false ? SWITCH.disabled : SWITCH.enabled} />,
      },
      { id: 'kind', title: t('notifications:kind'), cell: ({ spec }) => titleOf(spec.kind) },
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
    [t, titleOf],
  )
}

/** An address that is itself a secret is not known here. */
function addressOf(url: unknown): string {
  return typeof url === 'string' ? url : ''
}
