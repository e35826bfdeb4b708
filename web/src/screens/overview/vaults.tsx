import type { VaultStatus } from '@holdfast/contract'
import { Box, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { Section } from '../../layout/section.tsx'
import { AnchorLink } from '../../routing/links.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { COVERAGE } from '../../status/status-map.ts'
import { forecastWords, type Span, spanText } from './model/forecast-words.ts'

/** Will it fit? Free space and forecast of every vault. */
export function Vaults({ vaults }: { vaults: readonly VaultStatus[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const forecast = useForecast()
  return (
    <Box id="vaults">
      <Section title={t('vaults.title')}>
        {vaults.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('vaults.none')}
          </Text>
        ) : (
          <Table.ScrollContainer minWidth={300} type="native">
            <Table fz="sm" aria-label={t('vaults.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('vaults.name')}</Table.Th>
                  <Table.Th scope="col" ta="right">
                    {t('vaults.used')}
                  </Table.Th>
                  <Table.Th scope="col" ta="right">
                    {t('vaults.free')}
                  </Table.Th>
                  <Table.Th scope="col">{t('vaults.forecast')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {vaults.map((vault) => (
                  <Table.Tr key={vault.id}>
                    <Table.Td>
                      <AnchorLink to="/vaults/$ref" params={{ ref: vault.name }} size="sm">
                        {vault.name}
                      </AnchorLink>
                    </Table.Td>
                    <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                      {format.bytes(vault.sizeBytes)}
                    </Table.Td>
                    <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                      {vault.freeBytes === null ? (
                        <StatusBadge look={COVERAGE.unknown} tip={t('vaults.unreachable')} />
                      ) : (
                        format.bytes(vault.freeBytes)
                      )}
                    </Table.Td>
                    <Table.Td>{forecast(vault.forecast)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Section>
    </Box>
  )
}

/** A forecast of the server in the language of the reader. */
function useForecast(): (text: string) => string {
  const { t } = useTranslation('overview')
  const { locale } = useFormat()
  const span = (value: Span) => spanText(value, locale)
  return (text) => {
    const words = forecastWords(text)
    if (words === null) return text
    switch (words.word) {
      case 'data':
        return t('forecast.data', { have: words.have, need: words.need })
      case 'beyond':
        return t('forecast.beyond', { years: span(words.years) })
      case 'earliest':
        return t('forecast.earliest', { early: span(words.early) })
      case 'within':
      case 'exact':
        return t(`forecast.${words.word}`, { late: span(words.late) })
      case 'between':
        return t('forecast.between', {
          early:
            words.early.unit === words.late.unit
              ? new Intl.NumberFormat(locale).format(words.early.count)
              : span(words.early),
          late: span(words.late),
        })
      default:
        return t(`forecast.${words.word}`)
    }
  }
}
