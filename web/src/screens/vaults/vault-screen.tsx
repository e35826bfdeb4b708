import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import { Facts } from '../objects/facts.tsx'
import { ObjectScreen } from '../objects/object-screen.tsx'

const route = getRouteApi('/shell/vaults/$ref')

/** One vault. */
export function VaultScreen() {
  const { ref } = route.useParams()
  return <ObjectScreen kind="vaults" objectRef={ref} facts={({ id }) => <VaultFacts id={id} />} />
}

function VaultFacts({ id }: { id: string }) {
  const { t } = useTranslation(['vaults', 'shell'])
  const format = useFormat()
  const { data } = useApi('GET /api/status')
  const vault = data?.vaults.find((one) => one.id === id)
  if (!vault) return null
  return (
    <Facts
      facts={[
        [t('vaults:points'), format.number(vault.pointCount)],
        [t('vaults:size'), format.bytes(vault.sizeBytes)],
        [
          t('vaults:free'),
          vault.freeBytes === null ? t('vaults:unreachable') : format.bytes(vault.freeBytes),
        ],
        [
          t('vaults:forecast'),
          <span key="forecast" lang="en">
            {vault.forecast}
          </span>,
        ],
      ]}
    />
  )
}
