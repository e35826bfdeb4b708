import type { VaultStatus } from '@holdfast/contract'
import { Box, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { Section } from '../../layout/section.tsx'
import { AnchorLink } from '../../routing/links.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { COVERAGE } from '../../status/status-map.ts'
import { PlainTable } from '../../table/plain-table.tsx'
import { freeInBay, isBayEmpty } from '../vaults/disks/disk-model.ts'
import { useForecastText } from '../vaults/forecast-text.ts'
import { byFilling } from './model/fill-order.ts'

/** Those with the least room; the others are in the list of vaults. */
const SHOWN = 6

/** Will it fit? Free space and forecast of every vault. */
export function Vaults({ vaults }: { vaults: readonly VaultStatus[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const forecast = useForecastText()
  const freeText = ({ freeBytes, disks }: VaultStatus) => {
    const free = freeBytes ?? freeInBay(disks ?? [])
    return free === null ? '–' : format.bytes(free)
  }
  return (
    <Box id="vaults">
      <Section
        title={t('vaults.title')}
        actions={
          <AnchorLink to="/vaults" size="sm">
            {t('vaults.more')}
          </AnchorLink>
        }
      >
        {vaults.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('vaults.none')}
          </Text>
        ) : (
          <PlainTable
            label={t('vaults.title')}
            columns={[
              { title: t('vaults.name') },
              { title: t('vaults.used'), isNumber: true },
              { title: t('vaults.free'), isNumber: true },
            ]}
          >
            {byFilling(vaults)
              .slice(0, SHOWN)
              .map((vault) => (
                <Table.Tr key={vault.id}>
                  <Table.Td>
                    <AnchorLink to="/vaults/$ref" params={{ ref: vault.name }} size="sm">
                      {vault.name}
                    </AnchorLink>
                    <Text size="xs" c="dimmed">
                      {forecast(vault.forecast)}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                    {format.bytes(vault.sizeBytes)}
                  </Table.Td>
                  <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                    {vault.problem && !isBayEmpty(vault.problem) ? (
                      <StatusBadge look={COVERAGE.unknown} tip={t('vaults.unreachable')} />
                    ) : (
                      freeText(vault)
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
          </PlainTable>
        )}
      </Section>
    </Box>
  )
}
