import type { AuditEntry } from '@holdfast/contract'
import { Code, Text, TextInput } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { Page } from '../../layout/page.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { useTypedFilter } from '../../table/typed-filter.ts'

const route = getRouteApi('/shell/audit')

/** Who did what when. */
export function AuditScreen() {
  const { t } = useTranslation('users')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const pages = usePages('GET /api/audit', { query: search })
  const columns = useAuditColumns()
  const by = useTypedFilter(
    search.by ?? '',
    (text) =>
      void navigate({
        search: ({ by: _, ...rest }) => (text === '' ? rest : { ...rest, by: text }),
        replace: true,
      }),
  )
  const isFiltered = search.by !== undefined || search.objectId !== undefined
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
          <TextInput
            size="xs"
            label={t('audit.filterBy')}
            placeholder={t('audit.filterByPlaceholder')}
            value={by.text}
            onChange={(event) => by.setText(event.currentTarget.value)}
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
  return useMemo(
    () => [
      { id: 'at', title: t('audit.at'), cell: ({ at }) => <Time at={at} isAbsolute />, width: 170 },
      { id: 'by', title: t('audit.by'), cell: ({ by }) => by },
      { id: 'action', title: t('audit.action'), cell: ({ action }) => <Code>{action}</Code> },
      {
        id: 'object',
        title: t('audit.object'),
        cell: ({ object, objectId }) => (
          <Text span inherit title={objectId ?? undefined}>
            {object ?? objectId ?? ''}
          </Text>
        ),
      },
      { id: 'object-id', title: t('audit.objectId'), cell: ({ objectId }) => objectId ?? '', isExtra: true },
      {
        id: 'details',
        title: t('audit.details'),
        cell: ({ details }) =>
          Object.keys(details).length === 0 ? null : (
            <Text span ff="monospace" size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {JSON.stringify(details)}
            </Text>
          ),
      },
    ],
    [t],
  )
}
