import type { Status } from '@holdfast/contract'
import { Center, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import { Page } from '../../layout/page.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { ButtonLink } from '../../routing/links.ts'
import { useMay, useMe } from '../../session/me.ts'
import { ActiveRuns } from './active-runs.tsx'
import { Banner } from './banner.tsx'
import { Coverage } from './coverage.tsx'
import { Disks } from './disks.tsx'
import { Failures } from './failures.tsx'
import { OutcomeMatrix } from './outcome-matrix.tsx'
import { NextRuns, Workers } from './side-lists.tsx'
import { Vaults } from './vaults.tsx'

/** Can I sleep? The whole at a glance, the worst first. */
export function OverviewScreen() {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const status = useApi('GET /api/status')
  return (
    <Page title={t('title')} lead={status.data && t('asOf', { time: format.clock(status.data.at) })}>
      {status.error && <ProblemAlert error={status.error} onRetry={() => void status.refetch()} />}
      {status.data && <Whole status={status.data} />}
      {!status.data && !status.error && (
        <Stack aria-busy>
          <Skeleton height={64} />
          <Skeleton height={90} />
          <Skeleton height={240} />
        </Stack>
      )}
    </Page>
  )
}

function Whole({ status }: { status: Status }) {
  const isLimited = useMe().user.nodes !== null
  return (
    <>
      <Banner status={status} />
      {status.jobCount > 0 && <Coverage coverage={status.coverage} />}
      {status.jobCount === 0 && !isLimited && <FirstStep hasVault={status.vaults.length > 0} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Stack gap="md" style={{ minWidth: 0 }}>
          <ActiveRuns runs={status.activeRuns} />
          <Disks vaults={status.vaults} />
          <Failures failures={status.failures} />
        </Stack>
        <Stack gap="md" style={{ minWidth: 0 }}>
          <NextRuns runs={status.nextRuns} />
          <Vaults vaults={status.vaults} />
          {!isLimited && <Workers workers={status.workers} />}
        </Stack>
      </SimpleGrid>
      <OutcomeMatrix recent={status.recentRuns} at={status.at} />
    </>
  )
}

/** A job needs a vault, so that comes first. */
function FirstStep({ hasVault }: { hasVault: boolean }) {
  const { t } = useTranslation('overview')
  const may = useMay('configure')
  const icon = <IconPlus size={14} aria-hidden />
  return (
    <Center py="md">
      <Stack align="center" maw={520} ta="center" gap="sm">
        <Text size="sm">{t(hasVault ? 'start.hint' : 'start.vaultHint')}</Text>
        {may && (
          <Group gap="xs" justify="center">
            {!hasVault && (
              <ButtonLink to="/vaults/new" leftSection={icon}>
                {t('start.vault')}
              </ButtonLink>
            )}
            <ButtonLink to="/jobs/new" leftSection={icon} variant={hasVault ? 'filled' : 'default'}>
              {t('start.action')}
            </ButtonLink>
          </Group>
        )}
      </Stack>
    </Center>
  )
}
