import type { ObjectKind } from '@holdfast/contract'
import { TextInput } from '@mantine/core'
import { IconPlus, type TablerIcon } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { usePages } from '../../api/queries.ts'
import { Page } from '../../layout/page.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { useTypedFilter } from '../../table/typed-filter.ts'
import type { AnyObject } from './object-api.ts'

interface ObjectListScreenProps {
  kind: Exclude<ObjectKind, 'jobs'>
  icon: TablerIcon
  texts: { title: string; lead: string; new: string; emptyTitle: string; emptyHint: string }
  columns: readonly Column<AnyObject>[]
  /** The filter by name, as the address of the page has it. */
  q: string
  onFilter(q: string): void
  children?: ReactNode
}

/** All objects of a kind. */
export function ObjectListScreen(props: ObjectListScreenProps) {
  const { kind, texts, q } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const missing = useMissingRight('configure')
  const key = `GET /api/${kind}` as 'GET /api/nodes'
  const pages = usePages(key, { query: q === '' ? {} : { q } })
  const filter = useTypedFilter(q, props.onFilter)
  const add = (
    <ReasonButton
      reason={missing}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => void navigate({ to: `/${kind}/new` as string })}
    >
      {texts.new}
    </ReasonButton>
  )
  return (
    <Page title={texts.title} lead={texts.lead} actions={add}>
      <DataTable
        id={kind}
        label={texts.title}
        columns={props.columns}
        rows={pages.items as unknown as AnyObject[] | undefined}
        rowKey={({ id }) => id}
        rowLink={({ spec }) => ({ to: `/${kind}/$ref` as const, params: { ref: spec.name } })}
        error={pages.error}
        onRetry={pages.retry}
        paging={pages}
        filters={
          <TextInput
            size="xs"
            label={t('common.name')}
            value={filter.text}
            onChange={(event) => filter.setText(event.currentTarget.value)}
          />
        }
        onClearFilter={q === '' ? undefined : () => props.onFilter('')}
        empty={<EmptyState icon={props.icon} title={texts.emptyTitle} hint={texts.emptyHint} action={add} />}
      />
      {props.children}
    </Page>
  )
}
