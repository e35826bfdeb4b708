import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'

/** A filter by job: finds jobs as one types, since there may be thousands. */
export function JobFilter({ value, onChange }: { value: string | undefined; onChange(job?: string): void }) {
  const { t } = useTranslation('runs')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, 250)
  const isChosen = q === value
  const { data } = useApi(
    'GET /api/jobs',
    { query: { limit: 50, ...(q === '' || isChosen ? {} : { q }) } },
    { keepPrevious: true },
  )
  const names = new Set(data?.items.map(({ name }) => name))
  if (value !== undefined) names.add(value)
  return (
    <Select
      size="xs"
      label={t('list.job')}
      placeholder={t('list.anyJob')}
      data={[...names]}
      value={value ?? null}
      onChange={(job) => onChange(job ?? undefined)}
      onSearchChange={setTyped}
      searchable
      clearable
      w={180}
    />
  )
}
