import { TextInput } from '@mantine/core'
import { IconPlus, type TablerIcon } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { usePages } from '../../api/queries.ts'
import { Page } from '../../layout/page.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { useTypedFilter } from '../../table/typed-filter.ts'
import type { AnyObject, ObjectCollection } from './object-api.ts'

interface ObjectListScreenProps {
  /** Its texts are the namespace of the same name. */
  kind: ObjectCollection
  icon: TablerIcon
  /** Besides the name, which comes first. */
  columns: readonly Column<AnyObject>[]
  children?: ReactNode
}

/** All objects of a kind, to be filtered by name. */
export function ObjectListScreen({ kind, icon, columns, children }: ObjectListScreenProps) {
  // The namespaces of all kinds have these texts.
  const { t } = useTranslation([kind as 'nodes', 'shell'])
  const navigate = useNavigate()
  const { q = '' } = useSearch({ strict: false })
  const missing = useMissingRight('configure')
  const pages = usePages(`GET /api/${kind}` as 'GET /api/nodes', { query: q === '' ? {} : { q } })
  const setFilter = (text: string) =>
    void navigate({ to: `/${kind}` as string, search: text === '' ? {} : { q: text }, replace: true })
  const filter = useTypedFilter(q, setFilter)
  const all = useMemo(
    () => [
      {
        id: 'name',
        title: t('shell:common.name'),
        cell: ({ spec }: AnyObject) => spec.name,
        sortBy: ({ spec }: AnyObject) => spec.name,
      },
      ...columns,
    ],
    [t, columns],
  )
  const add = (
    <ReasonButton
      reason={missing}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => void navigate({ to: `/${kind}/new` as string })}
    >
      {t('new')}
    </ReasonButton>
  )
  return (
    <Page title={t('title')} lead={t('lead')} actions={add}>
      <DataTable
        id={kind}
        label={t('title')}
        columns={all}
        rows={pages.items as unknown as AnyObject[] | undefined}
        rowKey={({ id }) => id}
        rowLink={({ spec }) => ({ to: `/${kind}/$ref` as const, params: { ref: spec.name } })}
        error={pages.error}
        onRetry={pages.retry}
        paging={pages}
        filters={
          <TextInput
            size="xs"
            label={t('shell:common.name')}
            value={filter.text}
            onChange={(event) => filter.setText(event.currentTarget.value)}
          />
        }
        onClearFilter={q === '' ? undefined : () => setFilter('')}
        empty={<EmptyState icon={icon} title={t('emptyTitle')} hint={t('emptyHint')} action={add} />}
      />
      {children}
    </Page>
  )
}
