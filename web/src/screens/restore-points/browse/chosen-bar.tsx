import { Button, Group, Paper, Text } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import type { Chosen } from './paths.ts'

/** As many as one restore takes. */
const MOST = 10_000

/** What is chosen, wherever it lies; stays in sight while the list is long. */
export function ChosenBar(props: { chosen: Chosen; onClear(): void; onRestore(): void }) {
  const { t } = useTranslation('points')
  const missing = useMissingRight('operate')
  const { chosen } = props
  const tooMany = chosen.size > MOST ? t('browse.tooMany', { count: MOST }) : undefined
  return (
    <Paper
      withBorder
      shadow="md"
      p="xs"
      role="group"
      aria-label={t('browse.chosen', { count: chosen.size })}
      style={{ position: 'sticky', bottom: 8, zIndex: 2 }}
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} role="status">
          {t('browse.chosen', { count: chosen.size })}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={props.onClear}>
            {t('browse.clear')}
          </Button>
          <ReasonButton
            leftSection={<IconRestore size={14} aria-hidden />}
            reason={missing ?? tooMany}
            onClick={props.onRestore}
          >
            {t('browse.restore')}
          </ReasonButton>
        </Group>
      </Group>
    </Paper>
  )
}
