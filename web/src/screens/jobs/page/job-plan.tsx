import { type PlanItem, phraseText } from '@holdfast/contract'
import { Alert, List, Skeleton, Stack, Text } from '@mantine/core'
import { IconHandStop, IconListCheck, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import { api } from '../../../api/client.ts'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { Said } from '../../../phrases/said.tsx'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import type { Column } from '../../../table/columns.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { EmptyState } from '../../../table/states.tsx'

/** What a run would do now. Made when the page is opened, and again on request; changes nothing. */
export function JobPlan({ id }: { id: string }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const missing = useMissingRight('operate')
  const columns = usePlanColumns()
  const unsized = useMemo(() => columns.filter(({ id }) => id !== 'bytes'), [columns])
  const plan = useQuery({
    queryKey: ['plan', id],
    queryFn: ({ signal }) => api('POST /api/jobs/{ref}/plan', { params: { ref: id } }, { signal }),
    enabled: missing === undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  })
  // Two of them may read alike.
  const items = useMemo(
    () => plan.data?.items.map((item, index): Numbered => ({ ...item, index })),
    [plan.data],
  )
  const again = (
    <ReasonButton
      variant="default"
      reason={missing}
      loading={plan.isFetching}
      leftSection={<IconRefresh size={14} aria-hidden />}
      onClick={() => void plan.refetch()}
    >
      {t('planAgain')}
    </ReasonButton>
  )
  return (
    <Section title={t('tab.plan')} lead={t('planLead')} actions={again}>
      {missing !== undefined && <Text size="sm">{missing}</Text>}
      {plan.error && <ProblemAlert error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.isFetching && !plan.data && <Skeleton height={120} aria-busy />}
      {plan.data && (
        <Stack>
          <Text size="sm">
            <Said phrase={plan.data.summary} />
            {plan.data.expectedBytes !== null &&
              ` · ${t('planBytes', { size: format.bytes(plan.data.expectedBytes) })}`}
          </Text>
          {plan.data.guards.length > 0 && (
            <Alert color="orange" variant="light" icon={<IconHandStop aria-hidden />} title={t('planHeld')}>
              <List size="sm">
                {plan.data.guards.map(({ code, message }) => (
                  <List.Item key={`${code} ${phraseText(message)}`}>
                    <Said phrase={message} />
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          <DataTable
            id="plan"
            label={t('tab.plan')}
            columns={plan.data.items.every(({ expectedBytes }) => expectedBytes === null) ? unsized : columns}
            rows={items}
            rowKey={({ index }) => String(index)}
            empty={<EmptyState icon={IconListCheck} title={t('planEmptyTitle')} hint={t('planEmptyHint')} />}
          />
        </Stack>
      )}
    </Section>
  )
}

type Numbered = PlanItem & { index: number }

function usePlanColumns(): Column<Numbered>[] {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'what',
        title: t('planWhat'),
        cell: ({ what }) => (
          <Text span inherit style={{ overflowWrap: 'anywhere' }}>
            <Said phrase={what} />
          </Text>
        ),
      },
      { id: 'reason', title: t('planReason'), cell: ({ reason }) => <Said phrase={reason} /> },
      {
        id: 'bytes',
        title: t('planSize'),
        isNumber: true,
        cell: ({ expectedBytes }) => (expectedBytes === null ? '' : format.bytes(expectedBytes)),
        sortBy: ({ expectedBytes }) => expectedBytes,
      },
    ],
    [t, format],
  )
}
