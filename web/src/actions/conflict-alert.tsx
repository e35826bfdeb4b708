import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useInSight } from '../problems/use-in-sight.ts'

interface ConflictAlertProps {
  /** Throws away what was entered and shows the present state. */
  onReload(): void
  /** Saves what was entered over what somebody else has changed. */
  onOverwrite(): void
}

/** For `edit-conflict`: somebody else was faster. What was entered stays until the reader decides. */
export function ConflictAlert({ onReload, onOverwrite }: ConflictAlertProps) {
  const { t } = useTranslation()
  const ref = useInSight()
  return (
    <Alert
      ref={ref}
      style={{ scrollMarginBlock: 72 }}
      role="alert"
      color="orange"
      variant="light"
      icon={<IconGitMerge aria-hidden />}
      title={t('conflict.title')}
    >
      <Stack gap="xs">
        <Text size="sm">{t('conflict.hint')}</Text>
        <Group gap="xs">
          <Button variant="default" onClick={onReload}>
            {t('conflict.reload')}
          </Button>
          <Button variant="light" color="orange" onClick={onOverwrite}>
            {t('conflict.overwrite')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
