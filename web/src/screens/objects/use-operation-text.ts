import type { RunSummary } from '@holdfast/contract'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useKinds } from './use-kinds.ts'

/** What a run does, in a word: not every job makes backups. */
export function useOperationText(): (run: Pick<RunSummary, 'operation' | 'jobKind'>) => string {
  const { t } = useTranslation('runs')
  const { doesProtect } = useKinds()
  return useCallback(
    ({ operation, jobKind }) =>
      operation === 'job' && !doesProtect(jobKind) ? t('plainRun') : t(`operation.${operation}`),
    [t, doesProtect],
  )
}
