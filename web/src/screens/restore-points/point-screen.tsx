import type { RestorePoint } from '@holdfast/contract'
import { Code, Skeleton, Stack, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../actions/copy-button.tsx'
import { useApi } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { Facts } from '../../layout/facts.tsx'
import { Page } from '../../layout/page.tsx'
import { Section } from '../../layout/section.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { AnchorLink } from '../../routing/links.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { VERIFIED } from '../../status/status-map.ts'
import { useKinds } from '../objects/use-kinds.ts'
import { DiskNeeded } from './disk-needed.tsx'
import { PointActions } from './point-actions.tsx'
import { useVerifiedText } from './point-columns.tsx'
import { ProtectSwitch } from './protect-switch.tsx'
import { verifiedState } from './verified.ts'

const route = getRouteApi('/shell/restore-points/$ref')

/** One restore point: what it is, how far it can be trusted, and what can be done with it. */
export function PointScreen() {
  const { ref } = route.useParams()
  const point = useApi('GET /api/restore-points/{ref}', { params: { ref } })
  if (point.data) return <Point point={point.data} />
  if (point.error) return <ProblemAlert error={point.error} onRetry={() => void point.refetch()} />
  return (
    <Stack aria-busy>
      <Skeleton height={28} width={280} />
      <Skeleton height={220} />
    </Stack>
  )
}

function Point({ point }: { point: RestorePoint }) {
  const { t } = useTranslation('points')
  const format = useFormat()
  return (
    <Page
      title={point.asset.name}
      badge={<StatusBadge look={VERIFIED[verifiedState(point)]} />}
      lead={
        <>
          {t('one.taken')} {format.dateTime(point.takenAt)} (<Time at={point.takenAt} />)
        </>
      }
      actions={<PointActions point={point} />}
    >
      <DiskNeeded point={point} />
      <Section title={t('one.check')}>
        <Text size="sm">{useVerifiedText(point)}</Text>
        <ProtectSwitch point={point} />
      </Section>
      <Section
        title={t('one.facts')}
        actions={<CopyButton value={point.location} label={t('one.copyPath')} />}
      >
        <PointFacts point={point} />
        {Object.keys(point.details).length > 0 && (
          <details>
            <Text component="summary" size="sm" c="dimmed" style={{ cursor: 'pointer' }}>
              {t('one.details')}
            </Text>
            <Code block mah={360} style={{ overflow: 'auto' }}>
              {JSON.stringify(point.details, null, 2)}
            </Code>
          </details>
        )}
      </Section>
    </Page>
  )
}

function PointFacts({ point }: { point: RestorePoint }) {
  const { t } = useTranslation('points')
  const format = useFormat()
  const { titleOf: kindTitle } = useKinds()
  const vaults = useApi('GET /api/vaults', { query: { limit: 200 } })
  const vault = vaults.data?.items.find(({ id }) => id === point.vaultId)?.spec.name ?? point.vaultId
  return (
    <Facts
      facts={[
        { name: t('one.asset'), value: point.asset.key },
        {
          name: t('one.job'),
          value: (
            <>
              <AnchorLink to="/jobs/$ref" params={{ ref: point.jobId }} size="sm">
                {point.jobName}
              </AnchorLink>{' '}
              · {kindTitle(point.jobKind)}
            </>
          ),
        },
        {
          name: t('one.run'),
          value: (
            <AnchorLink to="/runs/$ref" params={{ ref: point.runId }} size="sm">
              {t('one.runLink')}
            </AnchorLink>
          ),
        },
        {
          name: t('one.vault'),
          value: (
            <AnchorLink to="/vaults/$ref" params={{ ref: vault }} size="sm">
              {vault}
            </AnchorLink>
          ),
        },
        { name: t('one.disk'), value: point.disk && <span title={point.disk.uuid}>{point.disk.label}</span> },
        { name: t('one.size'), value: format.bytes(point.sizeBytes) },
        { name: t('one.added'), value: format.bytes(point.addedBytes) },
        { name: t('one.items'), value: format.number(point.itemCount) },
        { name: t('one.finished'), value: <Time at={point.finishedAt} isAbsolute /> },
        { name: t('one.confirmed'), value: <Time at={point.confirmedAt} /> },
        { name: t('one.location'), value: <Code>{point.location}</Code> },
        { name: t('one.id'), value: <Code>{point.id}</Code> },
      ]}
    />
  )
}
