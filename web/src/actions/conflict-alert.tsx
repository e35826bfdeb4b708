import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface ConflictAlertProps {
  /** Throws away what was entered and shows the present state. */
  onReload(): void
  /** Saves what was entered over what somebody else has changed. */
  onOverwrite(): void
}

/** For `edit-conflict`: somebody else was faster. What was entered stays until the reader decides. */
export function ConflictAlert({ onReload, onOverwrite }: ConflictAlertProps) {
  const { t } = useTranslation()
  return (
    <Alert
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
