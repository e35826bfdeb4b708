import { type Forecast, forecastPhrase, type TimeSpan } from '@holdfast/contract'

/** The forecast in words: "fills in 6 to 9 weeks", "shrinking", "not enough data (3 of 7 days)". */
export function forecastText(forecast: Forecast): string {
  const phrase = forecastPhrase(forecast)
  switch (phrase.word) {
    case 'full':
    case 'shrinking':
      return phrase.word
    case 'today':
      return 'may fill today'
    case 'steady':
      return 'not growing'
    case 'unknown':
      return 'growing, but the free space is not known'
    case 'data':
      return `not enough data (${phrase.have} of ${phrase.need} days)`
    case 'earliest':
      return `fills in ${amount(phrase.early)} at the earliest`
    case 'within':
      return `fills within ${amount(phrase.late)}`
    case 'exact':
      return `fills in ${amount(phrase.late)}`
    case 'between': {
      const { early, late } = phrase
      return `fills in ${early.unit === late.unit ? early.count : amount(early)} to ${amount(late)}`
    }
    case 'beyond':
      return `not within ${amount({ count: phrase.years, unit: 'year' })}`
  }
}

function amount({ count, unit }: TimeSpan): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
