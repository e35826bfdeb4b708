import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../layout/facts.tsx'
import { AnchorLink } from '../../routing/links.ts'
import { useVariantTitle } from '../objects/object-api.ts'
import { ObjectScreen } from '../objects/object-screen.tsx'
import { addressOf } from './node-address.ts'

/** One managed system. */
export function NodeScreen() {
  const { t } = useTranslation('nodes')
  const titleOf = useVariantTitle('nodes')
  return (
    <ObjectScreen
      kind="nodes"
      facts={({ spec }) => (
        <Stack gap="xs">
          <Facts
            facts={[
              { name: t('kind'), value: titleOf(spec.kind) },
              { name: t('address'), value: addressOf(spec) },
            ]}
          />
          <AnchorLink to="/jobs" search={{ node: spec.name }} size="sm" w="fit-content">
            {t('jobs')}
          </AnchorLink>
        </Stack>
      )}
    />
  )
}
