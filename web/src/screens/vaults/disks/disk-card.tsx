import type { DiskStatus, JobStatus, RunSummary } from '@holdfast/contract'
import { Box, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { AnchorLink, ButtonLink } from '../../../routing/links.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { COVERAGE, DISK } from '../../../status/status-map.ts'
import { DiskHealthView } from './disk-health.tsx'
import { dueOf, usedShare } from './disk-model.ts'
import { StartDisk } from './start-disk.tsx'

/** Little enough for the bar to warn. */
const NEARLY_FULL = 0.95

interface DiskCardProps {
  disk: DiskStatus
  vaultName: string
  carriers: readonly string[]
  /** Those that write to the vault, switched on. */
  jobs: readonly JobStatus[]
  /** The disk that a run would use instead of this one. */
  first: DiskStatus | undefined
  /** The run that uses it now. */
  run: RunSummary | undefined
}

/** One disk: what one wants to know before one reaches for it. */
export function DiskCard({ disk, vaultName, carriers, jobs, first, run }: DiskCardProps) {
  const { t } = useTranslation('vaults')
  const color = DISK[disk.state].color
  const isInBay = disk.state === 'present' || disk.state === 'safe'
  return (
    <Paper
      component="article"
      aria-label={disk.label}
      withBorder
      p="md"
      h="100%"
      style={{ borderInlineStart: `5px solid var(--mantine-color-${color}-filled)` }}
    >
      <Stack gap="sm" h="100%">
        <Group justify="space-between" gap="xs" align="flex-start">
          <Title order={3} fz="xl" style={{ overflowWrap: 'anywhere' }}>
            {disk.label}
          </Title>
          {disk.overdue && <StatusBadge look={COVERAGE.missed} />}
        </Group>
        <State disk={disk} />
        <DiskFacts disk={disk} vaultName={vaultName} carriers={carriers} />
        <Room disk={disk} />
        <DiskHealthView health={disk.health} at={disk.healthAt} />
        {(isInBay || run) && (
          <Group gap="xs" mt="auto">
            {run && (
              <ButtonLink to="/runs/$ref" params={{ ref: run.id }} variant="default">
                {t('disks.toRun')}
              </ButtonLink>
            )}
            {isInBay && <StartDisk disk={disk} jobs={jobs} first={first} />}
          </Group>
        )}
      </Stack>
    </Paper>
  )
}

/** May I unplug it? Readable from where the machine stands. */
function State({ disk }: { disk: DiskStatus }) {
  const { t } = useTranslation(['vaults', 'shell'])
  const look = DISK[disk.state]
  const Icon = look.icon
  return (
    <Box p="xs" bg={`var(--mantine-color-${look.color}-light)`} style={{ borderRadius: 4 }}>
      <Group gap="xs" wrap="nowrap" role="status">
        <Icon
          size={26}
          aria-hidden
          color={`var(--mantine-color-${look.color}-text)`}
          style={{ flexShrink: 0 }}
        />
        <Text fw={700} size="lg" lh={1.2}>
          {t(`shell:status.${look.word}`)}
        </Text>
      </Group>
      <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
        {disk.state === 'absent' ? (
          <LastSeen at={disk.seenAt} />
        ) : (
          t('vaults:disks.at', { host: disk.host ?? '?', device: disk.device ?? '?' })
        )}
      </Text>
    </Box>
  )
}

function LastSeen({ at }: { at: string | null }) {
  const { t } = useTranslation('vaults')
  if (at === null) return t('disks.neverSeen')
  return (
    <>
      {t('disks.seen')}: <Time at={at} />
    </>
  )
}

function DiskFacts({ disk, vaultName, carriers }: Pick<DiskCardProps, 'disk' | 'vaultName' | 'carriers'>) {
  const { t } = useTranslation('vaults')
  const format = useFormat()
  const due = dueOf(disk)
  const facts = [
    {
      name: t('disks.lastCopy'),
      value: disk.lastCopyAt === null ? t('disks.noCopy') : <Time at={disk.lastCopyAt} />,
    },
    {
      name: t('disks.due'),
      value:
        due.word === 'noRule' ? t('disks.noRule') : <Due at={due.at} isOverdue={due.word === 'overdue'} />,
    },
    {
      name: t('disks.points'),
      value:
        disk.pointCount === 0 ? (
          format.number(0)
        ) : (
          <AnchorLink to="/restore-points" search={{ vault: vaultName }} size="sm">
            {format.number(disk.pointCount)}
          </AnchorLink>
        ),
    },
    {
      name: t('disks.carrier'),
      value: carriers.length === 0 ? t('disks.nobody') : carriers.join(', '),
    },
    {
      name: t('disks.uuid'),
      value: (
        <Text span size="xs" ff="monospace">
          {disk.uuid}
        </Text>
      ),
    },
  ]
  return (
    <Stack component="dl" gap={4} m={0}>
      {facts.map(({ name, value }) => (
        <Group key={name} gap="xs" justify="space-between" align="baseline" wrap="wrap">
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}

function Due({ at, isOverdue }: { at: string | null; isOverdue: boolean }) {
  const { t } = useTranslation()
  if (!isOverdue) return <Time at={at} />
  return (
    <Text span inherit c="red" fw={600}>
      {t(`status.${COVERAGE.missed.word}`)}
      {at !== null && (
        <>
          {' · '}
          <Time at={at} />
        </>
      )}
    </Text>
  )
}

function Room({ disk }: { disk: DiskStatus }) {
  const { t } = useTranslation('vaults')
  const format = useFormat()
  const share = usedShare(disk)
  if (share === null || disk.freeBytes === null || disk.totalBytes === null)
    return (
      <Text size="sm" c="dimmed">
        {t('disks.roomUnknown')}
      </Text>
    )
  const text = t('disks.room', { free: format.bytes(disk.freeBytes), total: format.bytes(disk.totalBytes) })
  return (
    <Stack gap={4}>
      <Progress.Root size="md">
        <Progress.Section
          value={share * 100}
          color={share >= NEARLY_FULL ? 'red' : 'brand'}
          aria-label={text}
        />
      </Progress.Root>
      <Text size="sm">
        {text}
        {disk.state === 'absent' && (
          <Text span inherit c="dimmed">
            {' '}
            ({t('disks.roomSeen')})
          </Text>
        )}
      </Text>
    </Stack>
  )
}
