import type { Run } from '@holdfast/contract'
import { Alert, Group } from '@mantine/core'
import { IconReplace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import { AnchorLink } from '../../../routing/links.ts'

const DAY_MS = 86_400_000

/** Leads from a run that replaces a lost one to that, and back. */
export function ReplacedRun({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const lostAt = run.finishedAt ?? run.createdAt
  const { data } = useApi(
    'GET /api/runs',
    {
      query: {
        job: run.jobId,
        operation: run.operation,
        from: run.createdAt,
        to: new Date(Date.parse(lostAt) + DAY_MS).toISOString(),
        limit: 200,
      },
    },
    { enabled: run.outcome === 'lost' },
  )
  const successor = data?.items.find(({ recoversRunId }) => recoversRunId === run.id)
  return (
    <>
      {run.recoversRunId !== null && (
        <Hint text={t('one.recovers')} link={t('one.recoversLink')} runId={run.recoversRunId} />
      )}
      {successor && <Hint text={t('one.replaced')} link={t('one.replacedLink')} runId={successor.id} />}
    </>
  )
}

function Hint({ text, link, runId }: { text: string; link: string; runId: string }) {
  return (
    <Alert color="gray" variant="light" p="xs" icon={<IconReplace aria-hidden />}>
      <Group gap="xs">
        {text}
        <AnchorLink to="/runs/$ref" params={{ ref: runId }} size="sm">
          {link}
        </AnchorLink>
      </Group>
    </Alert>
  )
}
