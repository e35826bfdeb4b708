import type { Finding } from '@holdfast/contract'
import { Button, Text } from '@mantine/core'
import { IconRefresh, IconStethoscope } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { ProseText } from '../../format/prose-text.tsx'
import { useFormat } from '../../format/use-format.ts'
import { Page } from '../../layout/page.tsx'
import { worstLook } from '../../status/look.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { FINDING } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'

/** Checks of everything, the worst first. */
export function DoctorScreen() {
  const { t } = useTranslation('users')
  const doctor = useApi('GET /api/doctor')
  const columns = useFindingColumns()
  const rows = useMemo(
    () => doctor.data?.toSorted((a, b) => FINDING[b.level].rank - FINDING[a.level].rank),
    [doctor.data],
  )
  const worst = worstLook(rows?.map(({ level }) => FINDING[level]) ?? [])
  return (
    <Page
      title={t('doctor.title')}
      lead={worst === FINDING.ok ? t('doctor.allGood') : t('doctor.lead')}
      badge={worst && <StatusBadge look={worst} />}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={doctor.isFetching}
          onClick={() => void doctor.refetch()}
        >
          {t('doctor.again')}
        </Button>
      }
    >
      <DataTable
        id="doctor"
        label={t('doctor.title')}
        columns={columns}
        rows={rows}
        rowKey={({ subject, message }) => `${subject} ${message}`}
        error={doctor.error}
        onRetry={() => void doctor.refetch()}
        empty={
          <EmptyState icon={IconStethoscope} title={t('doctor.emptyTitle')} hint={t('doctor.emptyHint')} />
        }
      />
    </Page>
  )
}

function useFindingColumns(): Column<Finding>[] {
  const { t } = useTranslation('users')
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'level',
        title: t('doctor.level'),
        cell: ({ level }) => <StatusBadge look={FINDING[level]} />,
        width: 120,
      },
      { id: 'subject', title: t('doctor.subject'), cell: ({ subject }) => subject, isBrief: true },
      {
        id: 'message',
        title: t('doctor.message'),
        isBrief: true,
        cell: ({ message, hint }) => (
          <div lang="en">
            {format.inText(message)}
            {hint !== undefined && (
              <Text size="xs" c="dimmed">
                <ProseText text={format.inText(hint)} />
              </Text>
            )}
          </div>
        ),
      },
    ],
    [t, format],
  )
}
