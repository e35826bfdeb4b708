import { type Forecast, forecastPhrase, type TimeSpan } from '@holdfast/contract'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'

/** When a vault fills, in the language of the reader: "Fills in 6 to 9 weeks". */
export function useForecastText(): (forecast: Forecast) => string {
  const { t } = useTranslation('vaults')
  const { locale } = useFormat()
  return useCallback(
    (forecast) => {
      const phrase = forecastPhrase(forecast)
      switch (phrase.word) {
        case 'data':
          return t('forecastIs.data', { have: phrase.have, need: phrase.need })
        case 'beyond':
          return t('forecastIs.beyond', { years: spanText({ count: phrase.years, unit: 'year' }, locale) })
        case 'earliest':
          return t('forecastIs.earliest', { early: spanText(phrase.early, locale) })
        case 'within':
        case 'exact':
          return t(`forecastIs.${phrase.word}`, { late: spanText(phrase.late, locale) })
        case 'between': {
          const { early, late } = phrase
          const hasOneUnit = early.unit === late.unit
          return t('forecastIs.between', {
            early: hasOneUnit ? new Intl.NumberFormat(locale).format(early.count) : spanText(early, locale),
            late: spanText(late, locale),
          })
        }
        default:
          return t(`forecastIs.${phrase.word}`)
      }
    },
    [t, locale],
  )
}

/** "6 weeks" in the language of the reader. */
function spanText({ count, unit }: TimeSpan, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}
