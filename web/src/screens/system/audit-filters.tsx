import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { usePrincipalText } from '../../session/principal.ts'
import { PeriodFilter } from '../../table/time-filter.tsx'
import { useTypedFilter } from '../../table/typed-filter.ts'
import type { AuditSearch } from './audit-search.ts'
import { ACTIONS, useActionText } from './audit-words.ts'

interface AuditFiltersProps {
  search: AuditSearch
  /** Who is in the entries that are there: accounts of the machine, users who are deleted by now. */
  seen: readonly string[]
  onChange(change: { [K in keyof AuditSearch]?: AuditSearch[K] | undefined }): void
}

/** Filters of the audit: who, what, to what, when. */
export function AuditFilters({ search, seen, onChange }: AuditFiltersProps) {
  const { t } = useTranslation('users')
  const { data: users = [] } = useApi('GET /api/users')
  const whoText = usePrincipalText()
  const actionText = useActionText()
  const object = useTypedFilter(search.object ?? '', (text) =>
    onChange({ object: text === '' ? undefined : text }),
  )
  const people = new Set([
    ...users.map(({ name }) => `user:${name}`),
    // What a token did is among what its user did.
    ...seen.filter((by) => !by.startsWith('token:')),
    ...(search.by === undefined ? [] : [search.by]),
  ])
  return (
    <>
      <Select
        size="xs"
        label={t('audit.by')}
        placeholder={t('audit.anyone')}
        data={[...people].map((by) => ({ value: by, label: whoText(by) }))}
        value={search.by ?? null}
        onChange={(by) => onChange({ by: by ?? undefined })}
        searchable
        clearable
        w={180}
      />
      <Select
        size="xs"
        label={t('audit.action')}
        placeholder={t('audit.anything')}
        data={ACTIONS.map((action) => ({ value: action, label: actionText(action) }))}
        value={search.action ?? null}
        onChange={(action) => onChange({ action: action ?? undefined })}
        searchable
        clearable
        w={220}
      />
      <TextInput
        size="xs"
        label={t('audit.object')}
        value={object.text}
        onChange={(event) => object.setText(event.currentTarget.value)}
        w={160}
      />
      <PeriodFilter
        fromLabel={t('audit.from')}
        toLabel={t('audit.to')}
        from={search.from}
        to={search.to}
        onChange={onChange}
      />
    </>
  )
}
