import type { JsonValue } from '@holdfast/contract'
import { Code, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../actions/copy-button.tsx'

/** The fingerprint of a certificate that an error tells, to be compared and copied; nothing for other errors. */
export function Fingerprint({ details }: { details: Readonly<Record<string, JsonValue>> | undefined }) {
  const { t } = useTranslation()
  const fingerprint = details?.fingerprint
  if (typeof fingerprint !== 'string') return null
  return (
    <Group gap="xs">
      <Code style={{ overflowWrap: 'anywhere' }}>{fingerprint}</Code>
      <CopyButton value={fingerprint} label={t('problem.copyFingerprint')} />
    </Group>
  )
}
