import { Group, Loader, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The connection is lost: discreet, since what is on screen can still be read. */
export function LiveBanner() {
  const { t } = useTranslation()
  return (
    <Paper withBorder px="sm" py={6} mb="sm" role="status" bg="var(--mantine-color-yellow-light)">
      <Group gap="sm">
        <Loader size={14} color="yellow" aria-hidden />
        <Text size="sm" fw={500}>
          {t('live.lost')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('live.stale')}
        </Text>
      </Group>
    </Paper>
  )
}
