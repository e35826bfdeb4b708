import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useDurationText } from '../../forms/widgets/duration-text.ts'
import { Facts } from '../objects/facts.tsx'
import { ObjectScreen } from '../objects/object-screen.tsx'
import { RetentionText } from './retention-text.tsx'
import { VerificationText } from './verification-text.tsx'

const route = getRouteApi('/shell/policies/$ref')

/** One policy, told in words above its settings. */
export function PolicyScreen() {
  const { t } = useTranslation(['policies', 'shell'])
  const durationText = useDurationText()
  const { ref } = route.useParams()
  return (
    <ObjectScreen
      kind="policies"
      objectRef={ref}
      facts={({ spec }) => (
        <Facts
          facts={[
            [t('policies:retention'), <RetentionText key="retention" retention={spec.retention} />],
            [
              t('policies:rpo'),
              typeof spec.rpo === 'string' ? durationText(spec.rpo) : t('shell:common.none'),
            ],
            [
              t('policies:verification'),
              <VerificationText key="verification" verification={spec.verification} />,
            ],
          ]}
        />
      )}
    />
  )
}
