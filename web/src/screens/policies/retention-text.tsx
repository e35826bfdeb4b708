import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { keptBy } from './retention-words.ts'

/** "Keeps 14 daily, 8 weekly and 12 monthly" */
export function RetentionText({ retention }: { retention: unknown }) {
  const { t } = useTranslation('policies')
  const { locale } = useFormat()
  const kept = keptBy(retention)
  if (kept.length === 0) return t('keepsAll')
  const list = new Intl.ListFormat(locale).format(kept.map(({ word, count }) => t(`keep.${word}`, { count })))
  return t('keeps', { list })
}
