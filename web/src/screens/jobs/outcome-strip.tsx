import type { RunOutcome } from '@holdfast/contract'
import { useTranslation } from 'react-i18next'
import { RUN_OUTCOME } from '../../status/status-map.ts'

const BAR = 5
const GAP = 2
const HEIGHT = 18
const WORST = 9

/** Outcomes of the last runs, oldest at the left. The worse, the taller: told by form as well as by colour. */
export function OutcomeStrip({ outcomes }: { outcomes: readonly RunOutcome[] }) {
  const { t } = useTranslation(['jobs', 'shell'])
  if (outcomes.length === 0) return null
  const counts = Map.groupBy(outcomes, (outcome) => outcome)
  const words = [...counts].map(([outcome, { length }]) => {
    return `${t(`shell:status.${RUN_OUTCOME[outcome].word}`)} ${length}`
  })
  const label = `${t('jobs:strip', { count: outcomes.length })}: ${words.join(', ')}`
  return (
    <svg role="img" aria-label={label} width={outcomes.length * (BAR + GAP)} height={HEIGHT}>
      <title>{label}</title>
      {outcomes.map((outcome, index) => {
        const look = RUN_OUTCOME[outcome]
        const height = Math.round(HEIGHT * (0.4 + (0.6 * look.rank) / WORST))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity but their place
            key={index}
            x={index * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            rx={1}
            fill={`var(--mantine-color-${look.color}-${look.color === 'gray' ? 5 : 6})`}
          />
        )
      })}
    </svg>
  )
}
