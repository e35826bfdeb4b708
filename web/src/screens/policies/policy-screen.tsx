import { useTranslation } from 'react-i18next'
import { useDurationText } from '../../forms/widgets/duration-text.ts'
import { Facts } from '../../layout/facts.tsx'
import { ObjectScreen } from '../objects/object-screen.tsx'
import { RetentionText } from './retention-text.tsx'
import { VerificationText } from './verification-text.tsx'

/** One policy, told in words above its settings. */
export function PolicyScreen() {
  const { t } = useTranslation(['policies', 'shell'])
  const durationText = useDurationText()
  return (
    <ObjectScreen
      kind="policies"
      facts={({ spec }) => (
        <Facts
          facts={[
            { name: t('policies:retention'), value: <RetentionText retention={spec.retention} /> },
            {
              name: t('policies:rpo'),
              value: typeof spec.rpo === 'string' ? durationText(spec.rpo) : t('shell:common.none'),
            },
            {
              name: t('policies:verification'),
              value: <VerificationText verification={spec.verification} />,
            },
          ]}
        />
      )}
    />
  )
}
