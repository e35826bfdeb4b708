import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import type { JsonObject } from '../../../forms/model/field.ts'
import { Section } from '../../../layout/section.tsx'
import { DiskCard } from './disk-card.tsx'
import { carriersOf, runOn, usedInstead } from './disk-model.ts'

/** Workers tell of what is plugged in and unplugged at once; this is for a change that nobody told. */
const LOOK_AGAIN_MS = 10_000

/** The disks of a disk set, each with where it is and whether it may be unplugged. */
export function DiskWall({ vaultId, spec }: { vaultId: string; spec: JsonObject }) {
  const { t } = useTranslation('vaults')
  const { data } = useApi('GET /api/status', {}, { refetchInterval: LOOK_AGAIN_MS })
  const jobs = useApi('GET /api/jobs', { query: { limit: 200 } })
  const vault = data?.vaults.find(({ id }) => id === vaultId)
  const disks = vault?.disks
  if (!vault || !disks) return null
  const starts = jobs.data?.items.filter((job) => job.vault === vault.name && job.enabled) ?? []
  return (
    <Section title={t('disks.title')} lead={t('disks.lead')}>
      <SimpleGrid
        component="ul"
        cols={{ base: 1, sm: 2, xl: 3 }}
        spacing="md"
        m={0}
        p={0}
        style={{ listStyle: 'none' }}
      >
        {disks.map((disk) => (
          <li key={disk.uuid} style={{ minWidth: 0 }}>
            <DiskCard
              disk={disk}
              vaultName={vault.name}
              jobs={starts}
              first={usedInstead(disks, disk)}
              carriers={carriersOf(spec, disk.uuid)}
              run={runOn(data?.activeRuns ?? [], disk.uuid)}
            />
          </li>
        ))}
      </SimpleGrid>
    </Section>
  )
}
