import type { StoredPlan } from '@holdfast/contract'
import { Button, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { Said } from '../../phrases/said.tsx'
import { PlainTable } from '../../table/plain-table.tsx'

const SHOWN = 50

/** What a plan does, each thing with its reason and the bytes to expect. */
export function PlanItems({ plan }: { plan: StoredPlan }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const [isWhole, setIsWhole] = useState(false)
  const items = isWhole ? plan.items : plan.items.slice(0, SHOWN)
  const hasBytes = plan.items.some(({ expectedBytes }) => expectedBytes !== null)
  return (
    <>
      <Text size="sm" fw={600}>
        <Said phrase={plan.summary} />
      </Text>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('plan.none')}
        </Text>
      ) : (
        <PlainTable
          label={t('plan.title')}
          minWidth={hasBytes ? 420 : 0}
          columns={[
            { title: t('plan.what') },
            { title: t('plan.reason') },
            ...(hasBytes ? [{ title: t('plan.bytes'), isNumber: true }] : []),
          ]}
        >
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a plan never changes, and two items may read alike
            <Table.Tr key={index}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Said phrase={item.what} />
              </Table.Td>
              <Table.Td miw={120} style={{ overflowWrap: 'anywhere' }}>
                <Said phrase={item.reason} />
              </Table.Td>
              {hasBytes && (
                <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                  {item.expectedBytes === null ? '' : format.bytes(item.expectedBytes)}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </PlainTable>
      )}
      {items.length < plan.items.length && (
        <div>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            {t('plan.all', { total: format.number(plan.items.length) })}
          </Button>
        </div>
      )}
      {plan.expectedBytes !== null && (
        <Text size="sm" c="dimmed">
          {t('plan.total', { bytes: format.bytes(plan.expectedBytes) })}
        </Text>
      )}
    </>
  )
}
