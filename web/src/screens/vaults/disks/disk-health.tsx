import type { DiskHealth } from '@holdfast/contract'
import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Format } from '../../../format/format.ts'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { DISK_HEALTH } from '../../../status/status-map.ts'
import { FIGURES, type FigureWriter, figureText } from './figures.ts'

/** What the disk says about itself; its figures for those who want them. */
export function DiskHealthView({ health, at }: { health: DiskHealth | null; at: string | null }) {
  const { t } = useTranslation('vaults')
  const writer = figureWriter(useFormat())
  const status = health?.status ?? 'unknown'
  const figures = FIGURES.flatMap((name) => {
    const text = health === null ? null : figureText(name, health[name], writer)
    return text === null ? [] : [{ name, text }]
  })
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t('disks.smart')}
        </Text>
        <StatusBadge
          look={DISK_HEALTH[status]}
          {...(status === 'unknown' ? { tip: t('disks.smartNone') } : {})}
        />
      </Group>
      {figures.length > 0 && (
        <details open={status === 'failing'}>
          <Text component="summary" size="sm" c="dimmed" style={{ cursor: 'pointer' }}>
            {t('disks.smartFigures')}
          </Text>
          <Stack component="dl" gap={2} m={0} mt={4}>
            {figures.map(({ name, text }) => (
              <Figure key={name} name={t(`disks.figures.${name}`)}>
                {text}
              </Figure>
            ))}
            {at !== null && (
              <Figure name={t('disks.smartAt')}>
                <Time at={at} />
              </Figure>
            )}
          </Stack>
        </details>
      )}
    </Stack>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="xs" m={0} ta="right">
        {children}
      </Text>
    </Group>
  )
}

function figureWriter(format: Format): FigureWriter {
  const unit = (name: string) => (value: number) =>
    new Intl.NumberFormat(format.locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  return {
    count: format.number,
    celsius: unit('celsius'),
    hours: unit('hour'),
    share: format.percent,
  }
}
