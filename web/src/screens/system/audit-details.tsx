import type { AuditEntry, JsonValue } from '@holdfast/contract'
import { Text } from '@mantine/core'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { AnchorLink } from '../../routing/links.ts'
import { useDetailTitle } from './audit-words.ts'
import { detailValues, plainText } from './detail-values.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** What else is known of an entry: a line for each fact. */
export function AuditDetails({ details }: Pick<AuditEntry, 'details'>) {
  const titleOf = useDetailTitle()
  return detailValues(details).map(([name, value]) => (
    <Text key={name} size="xs" c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
      {titleOf(name)}: <Value name={name} value={value} />
    </Text>
  ))
}

function Value({ name, value }: { name: string; value: JsonValue }) {
  const { t } = useTranslation(['shell', 'runs'])
  const format = useFormat()
  if (value === true) return t('shell:common.yes')
  if (typeof value === 'number') return format.number(value)
  if (typeof value !== 'string') return plainText(value)
  if (INSTANT.test(value)) return <Time at={value} isAbsolute />
  if (name === 'runId')
    return (
      <AnchorLink to="/runs/$ref" params={{ ref: value }} size="xs">
        {value}
      </AnchorLink>
    )
  if (name === 'point')
    return (
      <AnchorLink to="/restore-points/$ref" params={{ ref: value }} size="xs">
        {value}
      </AnchorLink>
    )
  if (name === 'permissions')
    return value
      .split(', ')
      .map((one) => word(`shell:permission.${one}`, one))
      .join(', ')
  if (name === 'role') return word(`shell:role.${value}`, value)
  if (name === 'kind') return word(`shell:menu.${value}`, value)
  if (name === 'operation') return word(`runs:operation.${value}`, value)
  return value
}

/** The text of a key that is put together from what was written down; what was written down without one. */
function word(key: string, written: string): string {
  return i18next.exists(key) ? String(i18next.t(key as 'shell:common.yes')) : written
}
