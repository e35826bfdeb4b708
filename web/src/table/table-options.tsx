import { ActionIcon, Button, Checkbox, Popover, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Column } from './columns.ts'
import { NO_SETTINGS, type TableSettings } from './settings.ts'

interface TableOptionsProps<T> {
  columns: readonly Column<T>[]
  shown: Record<string, boolean>
  settings: TableSettings
  onChange(change: Partial<TableSettings>): void
}

/** Which columns are shown, and how dense. The first column names the row and always stays. */
export function TableOptions<T>({ columns, shown, settings, onChange }: TableOptionsProps<T>) {
  const { t } = useTranslation()
  return (
    <Popover position="top-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t('table.columns')} title={t('table.columns')}>
          <IconAdjustmentsHorizontal size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text size="xs" fw={600}>
            {t('table.shown')}
          </Text>
          {columns.slice(1).map(({ id, title }) => (
            <Checkbox
              key={id}
              size="xs"
              label={title}
              checked={shown[id] ?? true}
              onChange={(event) =>
                onChange({ columns: { ...settings.columns, [id]: event.currentTarget.checked } })
              }
            />
          ))}
          <Text size="xs" fw={600}>
            {t('table.density')}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('table.density')}
            value={settings.isCompact ? 'compact' : 'comfortable'}
            onChange={(value) => onChange({ isCompact: value === 'compact' })}
            data={[
              { value: 'compact', label: t('table.compact') },
              { value: 'comfortable', label: t('table.comfortable') },
            ]}
          />
          <Button variant="default" onClick={() => onChange(NO_SETTINGS)}>
            {t('table.reset')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
