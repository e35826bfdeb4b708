import type { DiskStatus, VaultStatus } from '@holdfast/contract'
import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../format/time.tsx'
import { Section } from '../../../layout/section.tsx'
import { AnchorLink } from '../../../routing/links.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { COVERAGE, DISK, DISK_HEALTH } from '../../../status/status-map.ts'
import { byUrgency, isFailing } from './disk-model.ts'

/** Those that want a person most; the others are on the page of their vault. */
const SHOWN = 8

/** The disks of all disk sets, short: which is in use, which may go, which is missed. */
export function DiskStrip({ vaults }: { vaults: readonly VaultStatus[] }) {
  const { t } = useTranslation('overview')
  const sets = vaults.filter(({ disks }) => disks !== null)
  const all = sets.flatMap((vault) => (vault.disks ?? []).map((disk) => ({ ...disk, vault: vault.name })))
  return (
    <Section title={t('disks.title')}>
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {byUrgency(all)
          .slice(0, SHOWN)
          .map((disk) => (
            <li key={`${disk.vault} ${disk.uuid}`}>
              <DiskLine disk={disk} vault={disk.vault} hasManySets={sets.length > 1} />
            </li>
          ))}
      </Stack>
      {all.length > SHOWN && (
        <Text size="xs" c="dimmed">
          {t('disks.more', { count: all.length - SHOWN })}
        </Text>
      )}
    </Section>
  )
}

function DiskLine(props: { disk: DiskStatus; vault: string; hasManySets: boolean }) {
  const { disk, vault } = props
  const { t } = useTranslation('overview')
  return (
    <Group justify="space-between" gap={6}>
      <Group gap={6} style={{ minWidth: 0 }}>
        <AnchorLink
          to="/vaults/$ref"
          params={{ ref: vault }}
          size="sm"
          fw={600}
          style={{ overflowWrap: 'anywhere' }}
        >
          {disk.label}
        </AnchorLink>
        {props.hasManySets && (
          <Text size="xs" c="dimmed">
            {vault}
          </Text>
        )}
        <StatusBadge look={DISK[disk.state]} />
        {isFailing(disk) && <StatusBadge look={DISK_HEALTH.failing} />}
        {disk.overdue && <StatusBadge look={COVERAGE.missed} />}
      </Group>
      <Text size="xs" c="dimmed">
        {disk.lastCopyAt === null ? (
          t('disks.noCopy')
        ) : (
          <>
            {t('disks.lastCopy')} <Time at={disk.lastCopyAt} />
          </>
        )}
      </Text>
    </Group>
  )
}
