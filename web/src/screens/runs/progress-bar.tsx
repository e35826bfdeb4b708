import type { RunProgress } from '@holdfast/contract'
import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** How much is done, from 0 to 1: by bytes, else by items; null while nobody knows. */
export function progressShare(progress: RunProgress): number | null {
  const { doneBytes, totalBytes, doneItems, totalItems } = progress
  const [done, total] = totalBytes ? [doneBytes, totalBytes] : [doneItems, totalItems]
  return total ? Math.min((done ?? 0) / total, 1) : null
}

/** A bar that says how far a run is; striped and moving while the total is unknown. */
export function ProgressBar({ progress }: { progress: RunProgress | null }) {
  const { t } = useTranslation('runs')
  const share = progress ? progressShare(progress) : null
  return (
    <Progress.Root size="md">
      <Progress.Section
        value={share === null ? 100 : share * 100}
        striped={share === null}
        animated={share === null}
        color={share === null ? 'gray' : 'blue'}
        aria-label={t('progress.label')}
        {...(share === null ? { 'aria-valuenow': undefined } : {})}
      />
    </Progress.Root>
  )
}
