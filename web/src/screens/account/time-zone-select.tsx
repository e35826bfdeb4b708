import { Anchor, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

interface TimeZoneSelectProps {
  label: string
  description?: string
  value: string
  onChange(timeZone: string): void
}

/** Every time zone the browser knows, found by typing; the browser's own is one press away. */
export function TimeZoneSelect({ value, onChange, ...props }: TimeZoneSelectProps) {
  const { t } = useTranslation('account')
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Stack gap={4}>
      <Select
        {...props}
        data={ZONES.includes(value) ? ZONES : [value, ...ZONES]}
        value={value}
        onChange={(zone) => zone && onChange(zone)}
        searchable
        allowDeselect={false}
        limit={100}
      />
      {here !== value && (
        <Anchor component="button" type="button" size="xs" ta="left" onClick={() => onChange(here)}>
          {t('page.useBrowser', { zone: here })}
        </Anchor>
      )}
    </Stack>
  )
}
