import { Anchor } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ObjectScreen } from '../objects/object-screen.tsx'

const route = getRouteApi('/shell/nodes/$ref')

/** One managed system. */
export function NodeScreen() {
  const { t } = useTranslation('nodes')
  const { ref } = route.useParams()
  return (
    <ObjectScreen
      kind="nodes"
      objectRef={ref}
      facts={({ spec }) => (
        <Anchor
          size="sm"
          w="fit-content"
          renderRoot={(props) => <Link {...props} to="/jobs" search={{ node: spec.name }} />}
        >
          {t('jobs')}
        </Anchor>
      )}
    />
  )
}
