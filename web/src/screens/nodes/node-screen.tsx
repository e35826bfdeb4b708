import { useTranslation } from 'react-i18next'
import { AnchorLink } from '../../routing/links.ts'
import { ObjectScreen } from '../objects/object-screen.tsx'

/** One managed system. */
export function NodeScreen() {
  const { t } = useTranslation('nodes')
  return (
    <ObjectScreen
      kind="nodes"
      facts={({ spec }) => (
        <AnchorLink to="/jobs" search={{ node: spec.name }} size="sm" w="fit-content">
          {t('jobs')}
        </AnchorLink>
      )}
    />
  )
}
