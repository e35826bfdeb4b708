import type { AuditEntry } from '@holdfast/contract'
import { Text } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { Page } from '../../layout/page.tsx'
import { usePrincipalText } from '../../session/principal.ts'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { AuditDetails } from './audit-details.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { auditQuery, parseAuditSearch } from './audit-search.ts'
import { useActionText } from './audit-words.ts'

const route = getRouteApi('/shell/audit')

/** Who did what when. */
export function AuditScreen() {
  const { t } = useTranslation('users')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const pages = usePages('GET /api/audit', { query: auditQuery(search) })
  const columns = useAuditColumns()
  const isFiltered = Object.keys(search).length > 0
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <DataTable
        id="audit"
        label={t('audit.title')}
        columns={columns}
        rows={pages.items}
        rowKey={({ id }) => id}
        error={pages.error}
        onRetry={pages.retry}
        paging={pages}
        filters={
          <AuditFilters
            search={search}
            seen={pages.items?.map(({ by }) => by) ?? []}
            onChange={(change) =>
              void navigate({ search: (before) => parseAuditSearch({ ...before, ...change }), replace: true })
            }
          />
        }
        onClearFilter={isFiltered ? () => void navigate({ search: {}, replace: true }) : undefined}
        empty={
          <EmptyState icon={IconListDetails} title={t('audit.emptyTitle')} hint={t('audit.emptyHint')} />
        }
      />
    </Page>
  )
}

function useAuditColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation('users')
  const whoText = usePrincipalText()
  const actionText = useActionText()
  return useMemo(
    () => [
      { id: 'at', title: t('audit.at'), cell: ({ at }) => <Time at={at} isAbsolute />, width: 170 },
      { id: 'by', title: t('audit.by'), cell: ({ by }) => whoText(by), isBrief: true },
      {
        id: 'action',
        title: t('audit.action'),
        cell: ({ action }) => <span title={action}>{actionText(action)}</span>,
        isBrief: true,
      },
      {
        id: 'object',
        title: t('audit.object'),
        cell: ({ object, objectId }) =>
          (object ?? objectId) !== null && (
            <Text span inherit title={objectId ?? undefined} style={{ overflowWrap: 'break-word' }}>
              {object ?? objectId}
            </Text>
          ),
        isBrief: true,
      },
      { id: 'object-id', title: t('audit.objectId'), cell: ({ objectId }) => objectId ?? '', isExtra: true },
      {
        id: 'details',
        title: t('audit.details'),
        cell: ({ details }) => <AuditDetails details={details} />,
      },
    ],
    [t, whoText, actionText],
  )
}
