import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CopyTexts } from './job-field.ts'

/** The words for the form of a job that copies from one node to another. */
export function useCopyTexts(): CopyTexts {
  const { t } = useTranslation('jobs')
  return useMemo(
    () => ({
      sourceNode: t('sourceNode'),
      sourceNodeHint: t('sourceNodeHint'),
      otherVaultHint: t('otherVaultHint'),
    }),
    [t],
  )
}
