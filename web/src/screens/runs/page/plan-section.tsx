import type { StoredPlan } from '@holdfast/contract'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../layout/section.tsx'
import { PlanItems } from '../plan-items.tsx'

export function PlanSection({ plan }: { plan: StoredPlan }) {
  const { t } = useTranslation('runs')
  return (
    <Section title={t('plan.title')} lead={t('plan.lead')}>
      <PlanItems plan={plan} />
    </Section>
  )
}
