import type { RetentionLine } from '@holdfast/contract'
import { Button, Group, Table } from '@mantine/core'
import { IconShieldCheck, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { Said } from '../../../phrases/said.tsx'
import { AnchorLink } from '../../../routing/links.ts'
import { PlainTable } from '../../../table/plain-table.tsx'

const SHOWN = 30

/** Which older restore points were kept or removed, and why each. */
export function RetentionTable({ lines }: { lines: readonly RetentionLine[] }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const [isWhole, setIsWhole] = useState(false)
  // What is gone interests more than what stayed.
  const sorted = [...lines].sort((a, b) => Number(a.keep) - Number(b.keep))
  const shown = isWhole ? sorted : sorted.slice(0, SHOWN)
  return (
    <Section title={t('report.retention')}>
      <PlainTable
        label={t('report.retention')}
        minWidth={480}
        columns={[{ title: t('report.point') }, { title: t('report.fate') }, { title: t('report.reasons') }]}
      >
        {shown.map((line) => (
          <Table.Tr key={line.restorePointId}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              {line.keep ? (
                <AnchorLink to="/restore-points/$ref" params={{ ref: line.restorePointId }} size="sm">
                  {format.dateTime(line.takenAt)}
                </AnchorLink>
              ) : (
                format.dateTime(line.takenAt)
              )}
            </Table.Td>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                {line.keep ? (
                  <IconShieldCheck size={14} aria-hidden color="var(--mantine-color-green-text)" />
                ) : (
                  <IconTrash size={14} aria-hidden color="var(--mantine-color-red-text)" />
                )}
                {line.keep ? t('report.keep') : t('report.remove')}
              </Group>
            </Table.Td>
            <Table.Td>
              <Said phrase={line.reasons.flat()} />
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
      {shown.length < lines.length && (
        <div>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            {t('report.all', { total: format.number(lines.length) })}
          </Button>
        </div>
      )}
    </Section>
  )
}
