import { Select, TextInput } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi, usePages } from '../../api/queries.ts'
import { Page } from '../../layout/page.tsx'
import { ButtonLink } from '../../routing/links.ts'
import { EmptyState } from '../../table/states.tsx'
import { PeriodFilter } from '../../table/time-filter.tsx'
import { useTypedFilter } from '../../table/typed-filter.ts'
import { JobFilter } from '../runs/filters/job-filter.tsx'
import { type PointSearch, parsePointSearch } from './point-search.ts'
import { PointTable } from './point-table.tsx'

const route = getRouteApi('/shell/restore-points/')

/** Everything that can be restored, newest first. */
export function PointsScreen() {
  const { t } = useTranslation('points')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const pages = usePages('GET /api/restore-points', { query: search })
  const isFiltered = Object.keys(search).length > 0
  return (
    <Page title={t('list.title')} lead={t('list.lead')}>
      <PointTable
        id="restore-points"
        label={t('list.title')}
        pages={pages}
        filters={
          <PointFilters
            search={search}
            onChange={(change) =>
              void navigate({ search: (before) => parsePointSearch({ ...before, ...change }), replace: true })
            }
          />
        }
        onClearFilter={isFiltered ? () => void navigate({ search: {}, replace: true }) : undefined}
        empty={
          <EmptyState
            icon={IconHistory}
            title={t('list.emptyTitle')}
            hint={t('list.emptyHint')}
            action={<ButtonLink to="/jobs">{t('list.emptyAction')}</ButtonLink>}
          />
        }
      />
    </Page>
  )
}

interface PointFiltersProps {
  search: PointSearch
  /** Undefined takes a filter away. */
  onChange(change: { [K in keyof PointSearch]?: string | undefined }): void
}

function PointFilters({ search, onChange }: PointFiltersProps) {
  const { t } = useTranslation(['points', 'runs'])
  const q = useTypedFilter(search.q ?? '', (text) => onChange({ q: text }))
  const vaults = useApi('GET /api/vaults', { query: { limit: 200 } })
  const names = new Set(vaults.data?.items.map(({ spec }) => spec.name))
  if (search.vault !== undefined) names.add(search.vault)
  return (
    <>
      <TextInput
        size="xs"
        type="search"
        label={t('points:list.search')}
        value={q.text}
        onChange={(event) => q.setText(event.currentTarget.value)}
      />
      <JobFilter value={search.job} onChange={(job) => onChange({ job })} />
      <Select
        size="xs"
        label={t('points:list.vault')}
        placeholder={t('points:list.anyVault')}
        data={[...names]}
        value={search.vault ?? null}
        onChange={(vault) => onChange({ vault: vault ?? undefined })}
        searchable
        clearable
        w={150}
      />
      <PeriodFilter
        fromLabel={t('runs:list.from')}
        toLabel={t('runs:list.to')}
        from={search.from}
        to={search.to}
        onChange={onChange}
      />
    </>
  )
}
