import { phraseText, type RunReport as Report, type Run } from '@holdfast/contract'
import { Alert, Badge, Code, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { Said, Title } from '../../../phrases/said.tsx'
import { usePhrases } from '../../../phrases/use-phrases.ts'
import { AnchorLink } from '../../../routing/links.ts'
import { ReportTable } from './report-table.tsx'
import { RetentionTable } from './retention-table.tsx'

interface RunReportProps {
  run: Pick<Run, 'id' | 'jobKind' | 'operation'>
  report: Report
}

/** What a finished run tells. */
export function RunReport({ run, report }: RunReportProps) {
  const { id: runId, jobKind: kind, operation } = run
  const { t } = useTranslation('runs')
  const format = useFormat()
  const { inOrder } = usePhrases()
  return (
    <>
      <Section title={t('report.title')}>
        <Stack gap="sm">
          <Text size="sm">
            <Said phrase={report.summary} />
          </Text>
          <Group gap="xs">
            {inOrder(kind, 'count', Object.keys(report.counts))
              .map((name): [string, number] => [name, report.counts[name] ?? 0])
              .filter(([, count]) => count !== 0)
              .map(([name, count]) => (
                <Badge key={name} variant="default" radius="sm" tt="none" fw={500}>
                  <Title kind={kind} group="count" name={name} />: {format.number(count)}
                </Badge>
              ))}
          </Group>
          {report.warnings.length > 0 && (
            <Alert
              color="yellow"
              variant="light"
              title={t('report.warnings')}
              icon={<IconAlertTriangle aria-hidden />}
            >
              <List size="sm">
                {report.warnings.map((warning) => (
                  <List.Item key={phraseText(warning)} style={{ overflowWrap: 'anywhere' }}>
                    <Said phrase={warning} />
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          {report.restorePointIds.length > 0 && (
            <Text size="sm" component="div">
              {t(`report.pointsOf.${operation}`)}:{' '}
              {report.restorePointIds.map((id) => (
                <AnchorLink key={id} to="/restore-points/$ref" params={{ ref: id }} size="sm" mr="xs">
                  {id}
                </AnchorLink>
              ))}
            </Text>
          )}
          {Object.keys(report.details).length > 0 && (
            <details>
              <Text component="summary" size="sm" c="dimmed" style={{ cursor: 'pointer' }}>
                {t('report.details')}
              </Text>
              <Code block>{JSON.stringify(report.details, null, 2)}</Code>
            </details>
          )}
        </Stack>
      </Section>
      {report.table && report.table.rows.length > 0 && (
        <ReportTable runId={runId} kind={kind} table={report.table} />
      )}
      {report.retention.length > 0 && <RetentionTable lines={report.retention} />}
    </>
  )
}
