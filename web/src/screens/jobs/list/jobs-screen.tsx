import type { CoverageState, JobStatus } from '@holdfast/contract'
import { MultiSelect, Select, TextInput } from '@mantine/core'
import { IconCalendarTime, IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import { usePages } from '../../../api/queries.ts'
import { Page } from '../../../layout/page.tsx'
import { COVERAGE } from '../../../status/status-map.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { EmptyState } from '../../../table/states.tsx'
import { useTypedFilter } from '../../../table/typed-filter.ts'
import { useKinds } from '../../objects/use-kinds.ts'
import type { JobsSearch } from '../search.ts'
import { BulkActions } from './bulk-actions.tsx'
import { useJobColumns } from './job-columns.tsx'

const route = getRouteApi('/shell/jobs/')
const STATES = Object.keys(COVERAGE) as CoverageState[]

const idOf = ({ id }: JobStatus) => id

/** What is configured and how it behaves. */
export function JobsScreen() {
  const { t } = useTranslation('jobs')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const missing = useMissingRight('configure')
  const columns = useJobColumns()
  const pages = usePages('GET /api/jobs', { query: search })
  const isFiltered = Object.keys(search).length > 0
  const add = (
    <ReasonButton
      reason={missing}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => void navigate({ to: '/jobs/new' })}
    >
      {t('new')}
    </ReasonButton>
  )
  return (
    <Page title={t('title')} lead={t('lead')} actions={add}>
      <DataTable
        id="jobs"
        label={t('title')}
        columns={columns}
        rows={pages.items}
        rowKey={idOf}
        bulk={{
          nameOf: ({ name }) => name,
          actions: (selection) => <BulkActions rows={selection.rows} onDone={selection.clear} />,
        }}
        rowLink={({ name }) => ({ to: '/jobs/$ref', params: { ref: name } })}
        error={pages.error}
        onRetry={pages.retry}
        paging={pages}
        filters={
          <JobFilters search={search} onChange={(next) => void navigate({ search: next, replace: true })} />
        }
        onClearFilter={isFiltered ? () => void navigate({ search: {}, replace: true }) : undefined}
        empty={
          <EmptyState icon={IconCalendarTime} title={t('emptyTitle')} hint={t('emptyHint')} action={add} />
        }
      />
    </Page>
  )
}

function JobFilters({ search, onChange }: { search: JobsSearch; onChange(search: JobsSearch): void }) {
  const { t } = useTranslation(['jobs', 'shell'])
  const { kinds } = useKinds()
  const change = (part: { [K in keyof JobsSearch]: JobsSearch[K] | undefined }) => {
    const entries = Object.entries({ ...search, ...part })
    onChange(Object.fromEntries(entries.filter(([, value]) => value !== undefined)))
  }
  const typed = useTypedFilter(search.q ?? '', (text) => change({ q: text === '' ? undefined : text }))
  return (
    <>
      <TextInput
        size="xs"
        label={t('shell:common.name')}
        value={typed.text}
        onChange={(event) => typed.setText(event.currentTarget.value)}
      />
      <MultiSelect
        size="xs"
        label={t('jobs:coverage')}
        placeholder={search.coverage ? '' : t('shell:common.all')}
        data={STATES.map((state) => ({
          value: state,
          label: t(`shell:status.${COVERAGE[state].word}`),
        }))}
        value={search.coverage ?? []}
        onChange={(states) => {
          const chosen = STATES.filter((state) => states.includes(state))
          change({ coverage: chosen.length === 0 ? undefined : chosen })
        }}
        miw={150}
      />
      <Select
        size="xs"
        label={t('jobs:kind')}
        placeholder={t('shell:common.all')}
        data={(kinds ?? []).map(({ kind, title }) => ({ value: kind, label: title }))}
        value={search.kind ?? null}
        onChange={(kind) => change({ kind: kind ?? undefined })}
        clearable
      />
      <Select
        size="xs"
        label={t('jobs:state')}
        placeholder={t('shell:common.all')}
        data={[
          { value: 'true', label: t('shell:status.enabled') },
          { value: 'false', label: t('shell:status.disabled') },
        ]}
        value={search.enabled ?? null}
        onChange={(value) => change({ enabled: value === 'true' || value === 'false' ? value : undefined })}
        clearable
        w={130}
      />
    </>
  )
}
