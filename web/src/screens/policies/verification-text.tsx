import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'

/** How restore points are checked after a run, in words. */
export function VerificationText({ verification }: { verification: unknown }) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const rules = (verification ?? {}) as { afterRun?: 'none' | 'sample' | 'full'; samplePercent?: number }
  if (rules.afterRun === 'none') return t('check.none')
  if (rules.afterRun === 'full') return t('check.full')
  return t('check.sample', { share: format.number(rules.samplePercent ?? 5) })
}
