import { IconPlayerPlay } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../api/queries.ts'
import { Page } from '../../layout/page.tsx'
import { ButtonLink } from '../../routing/links.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { RunFilters } from './filters/run-filters.tsx'
import { parseRunSearch } from './filters/run-search.ts'
import { useRunColumns } from './run-columns.tsx'

const route = getRouteApi('/shell/runs/')

/** All runs, newest first. */
export function RunsScreen() {
  const { t } = useTranslation('runs')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const pages = usePages('GET /api/runs', { query: search })
  const columns = useRunColumns(pages.items)
  const isFiltered = Object.keys(search).length > 0
  return (
    <Page title={t('list.title')} lead={t('list.lead')}>
      <DataTable
        id="runs"
        label={t('list.title')}
        columns={columns}
        rows={pages.items}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/runs/$ref', params: { ref: id } })}
        error={pages.error}
        onRetry={pages.retry}
        paging={pages}
        filters={
          <RunFilters
            search={search}
            onChange={(change) =>
              void navigate({ search: (before) => parseRunSearch({ ...before, ...change }), replace: true })
            }
          />
        }
        onClearFilter={isFiltered ? () => void navigate({ search: {}, replace: true }) : undefined}
        empty={
          <EmptyState
            icon={IconPlayerPlay}
            title={t('list.emptyTitle')}
            hint={t('list.emptyHint')}
            action={<ButtonLink to="/jobs">{t('list.emptyAction')}</ButtonLink>}
          />
        }
      />
    </Page>
  )
}
