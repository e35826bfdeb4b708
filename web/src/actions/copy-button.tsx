import { Button, CopyButton as MantineCopy } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Copies a text and says that it did. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation()
  return (
    <MantineCopy value={value} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        >
          {copied ? t('action.copied') : label}
        </Button>
      )}
    </MantineCopy>
  )
}
