import type { LockStatus } from '@holdfast/contract'
import { Code } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { Page } from '../../layout/page.tsx'
import { AnchorLink } from '../../routing/links.ts'
import { usePrincipalText } from '../../session/principal.ts'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'

/** Every lock that is held. */
export function LocksScreen() {
  const { t } = useTranslation('users')
  const whoText = usePrincipalText()
  const locks = useApi('GET /api/locks')
  const columns = useMemo<Column<LockStatus>[]>(
    () => [
      {
        id: 'name',
        title: t('locks.name'),
        cell: ({ name }) => <Code>{name}</Code>,
        sortBy: ({ name }) => name,
      },
      {
        id: 'mode',
        title: t('locks.mode'),
        cell: ({ mode }) => t(`locks.${mode}`),
        sortBy: ({ mode }) => mode,
      },
      {
        id: 'holder',
        title: t('locks.holder'),
        cell: ({ holder }) =>
          holder.startsWith('run_') ? (
            <AnchorLink to="/runs/$ref" params={{ ref: holder }} size="sm">
              {holder}
            </AnchorLink>
          ) : (
            whoText(holder)
          ),
        sortBy: ({ holder }) => holder,
      },
      {
        id: 'since',
        title: t('locks.since'),
        cell: ({ since }) => <Time at={since} />,
        sortBy: ({ since }) => Date.parse(since),
      },
      {
        id: 'expires',
        title: t('locks.expires'),
        cell: ({ expiresAt }) => <Time at={expiresAt} absent={t('locks.expiresNever')} />,
        sortBy: ({ expiresAt }) => (expiresAt === null ? null : Date.parse(expiresAt)),
      },
    ],
    [t, whoText],
  )
  return (
    <Page title={t('locks.title')} lead={t('locks.lead')}>
      <DataTable
        id="locks"
        label={t('locks.title')}
        columns={columns}
        rows={locks.data}
        rowKey={({ name, holder }) => `${name} ${holder}`}
        error={locks.error}
        onRetry={() => void locks.refetch()}
        empty={<EmptyState icon={IconLockOpen} title={t('locks.emptyTitle')} hint={t('locks.emptyHint')} />}
      />
    </Page>
  )
}
