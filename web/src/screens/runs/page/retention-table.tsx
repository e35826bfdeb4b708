import type { RetentionLine } from '@holdfast/contract'
import { Button, Group, Table } from '@mantine/core'
import { IconShieldCheck, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { AnchorLink } from '../../../routing/links.ts'

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
      <Table.ScrollContainer minWidth={480} type="native">
        <Table fz="sm" aria-label={t('report.retention')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('report.point')}</Table.Th>
              <Table.Th scope="col">{t('report.fate')}</Table.Th>
              <Table.Th scope="col">{t('report.reasons')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
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
                <Table.Td lang="en">{line.reasons.join(', ')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
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
