import type { BayDisk } from '@holdfast/contract'
import { Badge, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDeviceUsb } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../actions/dialog.tsx'
import { useApi } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { type BayObstacle, byUse, isEncrypted, isSuited, obstacleOf } from './bay-model.ts'

/** So soon a disk that was just plugged in appears. */
const LOOK_AGAIN_MS = 3000

interface BayPickerProps {
  known: Parameters<typeof obstacleOf>[2]
  onTake(disk: BayDisk): void
  onClose(): void
}

/** What is plugged in now, on every machine with a worker; what cannot be taken says why. */
export function BayPicker({ known, onTake, onClose }: BayPickerProps) {
  const { t } = useTranslation('forms')
  const isPhone = useMediaQuery('(max-width: 36em)')
  const { data: bay, error, refetch } = useApi('GET /api/bay', {}, { refetchInterval: LOOK_AGAIN_MS })
  const found = byUse((bay ?? []).map((disk) => ({ disk, obstacle: obstacleOf(disk, bay ?? [], known) })))
  return (
    <Dialog onClose={onClose} size="lg" fullScreen={isPhone ?? false} title={t('bay.title')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('bay.hint')}
        </Text>
        {error && !bay && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {!bay && !error && <Skeleton height={140} aria-busy />}
        {bay && found.length === 0 && (
          <Text size="sm" role="status">
            {t('bay.nothing')}
          </Text>
        )}
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
          {found.map(({ disk, obstacle }) => (
            <li key={`${disk.host} ${disk.device}`}>
              <Choice disk={disk} obstacle={obstacle} onTake={() => onTake(disk)} />
            </li>
          ))}
        </Stack>
      </Stack>
    </Dialog>
  )
}

function Choice({ disk, obstacle, onTake }: { disk: BayDisk; obstacle: BayObstacle; onTake(): void }) {
  const { t } = useTranslation('forms')
  const format = useFormat()
  const facts = [format.bytes(disk.sizeBytes), disk.model, disk.serial].filter((fact) => fact !== null)
  const isFree = obstacle === null
  return (
    <Paper
      component="button"
      type="button"
      withBorder
      p="sm"
      w="100%"
      aria-disabled={!isFree || undefined}
      style={isFree ? {} : { cursor: 'not-allowed', background: 'var(--mantine-color-default-hover)' }}
      onClick={() => isFree && onTake()}
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconDeviceUsb
          size={22}
          aria-hidden
          style={{ flexShrink: 0 }}
          color={isFree ? 'var(--mantine-primary-color-filled)' : 'var(--mantine-color-dimmed)'}
        />
        <Stack gap={2} style={{ minWidth: 0 }} flex={1}>
          <Group gap="xs">
            <Text
              size="sm"
              fw={600}
              {...(isFree ? {} : { c: 'dimmed' })}
              style={{ overflowWrap: 'anywhere' }}
            >
              {disk.label ?? t('bay.noLabel')}
            </Text>
            <Badge variant="default" radius="sm" tt="none">
              {isEncrypted(disk) ? t('bay.encrypted') : disk.fileSystem}
            </Badge>
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {disk.device} · {disk.host}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {facts.join(' · ')}
          </Text>
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {disk.uuid}
          </Text>
          {obstacle !== null && (
            <Text size="xs" fw={600}>
              {t(`bay.obstacle.${obstacle}`, { vault: disk.vault ?? '' })}
            </Text>
          )}
          {isFree && !isSuited(disk) && (
            <Text size="xs" c="orange" fw={600}>
              {t('bay.unsuited')}
            </Text>
          )}
          {isFree && isEncrypted(disk) && <Text size="xs">{t('bay.encryptedHint')}</Text>}
        </Stack>
      </Group>
    </Paper>
  )
}
