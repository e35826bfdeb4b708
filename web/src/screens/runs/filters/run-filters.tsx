import type { RunOperation } from '@holdfast/contract'
import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RUN_OUTCOME, RUN_STATUS } from '../../../status/status-map.ts'
import { PeriodFilter } from '../../../table/time-filter.tsx'
import { useKinds } from '../../objects/use-kinds.ts'
import { JobFilter } from './job-filter.tsx'
import { known, OPERATIONS, OUTCOMES, type RunSearch, STATUSES } from './run-search.ts'

/** A change of some filters; undefined takes one away. */
export type RunSearchChange = { [K in keyof RunSearch]?: RunSearch[K] | undefined }

interface RunFiltersProps {
  search: RunSearch
  onChange(change: RunSearchChange): void
}

export function RunFilters({ search, onChange }: RunFiltersProps) {
  const { t } = useTranslation(['runs', 'shell'])
  const { kinds } = useKinds()
  const states = [
    ...STATUSES.filter((status) => status !== 'finished').map((status) => ({
      value: status,
      label: t(`shell:status.${RUN_STATUS[status].word}`),
    })),
    ...OUTCOMES.map((outcome) => ({ value: outcome, label: t(`shell:status.${RUN_OUTCOME[outcome].word}`) })),
  ]
  return (
    <>
      <JobFilter value={search.job} onChange={(job) => onChange({ job })} />
      <MultiSelect
        size="xs"
        label={t('runs:list.state')}
        placeholder={search.status || search.outcome ? '' : t('runs:list.any')}
        data={states}
        value={[...(search.status ?? []), ...(search.outcome ?? [])]}
        onChange={(values) => {
          // The server joins both with "and", and an outcome belongs to finished runs only: the kind chosen last wins.
          const status = known(values, STATUSES)
          const outcome = known(values, OUTCOMES)
          const isOutcome = outcome.includes(values.at(-1) as never)
          onChange({
            status: isOutcome || status.length === 0 ? undefined : status,
            outcome: isOutcome ? outcome : undefined,
          })
        }}
        clearable
        miw={160}
        maw={340}
      />
      <Select
        size="xs"
        label={t('runs:list.operation')}
        placeholder={t('runs:list.any')}
        data={OPERATIONS.map((operation) => ({
          value: operation,
          label: t(`runs:operation.${operation}`),
        }))}
        value={search.operation ?? null}
        onChange={(operation: RunOperation | null) => onChange({ operation: operation ?? undefined })}
        clearable
        w={150}
      />
      <Select
        size="xs"
        label={t('runs:list.kind')}
        placeholder={t('runs:list.any')}
        data={(kinds ?? []).map(({ kind, title }) => ({ value: kind, label: title }))}
        value={search.kind ?? null}
        onChange={(kind) => onChange({ kind: kind ?? undefined })}
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
