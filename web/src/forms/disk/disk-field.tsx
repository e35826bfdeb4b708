import type { BayDisk } from '@holdfast/contract'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import { useMay } from '../../session/me.ts'
import { DISK } from '../../status/status-map.ts'
import { useFormState } from '../form-context.ts'
import type { FieldOf } from '../model/field.ts'
import { isObject, valueAt } from '../model/values.ts'
import { inputProps, type WidgetProps } from '../widgets/props.ts'
import { inBay } from './bay-model.ts'
import { BayPicker } from './bay-picker.tsx'

/** What a label may hold; the one on the disk may be anything. */
const LABEL = /^[\p{L}\p{N}][\p{L}\p{N} ._+-]{0,99}$/u

/** The UUID of a disk: typed, or taken from one that is plugged in now. */
export function DiskField(props: WidgetProps & { field: FieldOf<'text'> }) {
  const { field, value, onChange, path } = props
  const { t } = useTranslation('forms')
  const { value: whole, set } = useFormState()
  const may = useMay('configure') && !props.isReadOnly
  const [isPicking, setIsPicking] = useState(false)
  const bay = useApi('GET /api/bay', {}, { enabled: may })
  const current = typeof value === 'string' ? value : ''
  const found = inBay(bay.data, current)
  const take = (disk: BayDisk) => {
    onChange(disk.uuid)
    const labelPath = [...path.slice(0, -1), 'label']
    const label = valueAt(whole, labelPath)
    // What stands on the disk already is most often what it is called.
    if ((label === undefined || label === '') && disk.label !== null && LABEL.test(disk.label))
      set(labelPath, disk.label)
    setIsPicking(false)
  }
  return (
    <Stack gap={4}>
      <TextInput
        {...inputProps(props)}
        value={current}
        placeholder={field.example ?? ''}
        onChange={(event) => {
          const text = event.currentTarget.value.trim()
          onChange(text === '' ? undefined : text)
        }}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      {found && <Found disk={found} />}
      {may && (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          leftSection={<DISK.present.icon size={14} aria-hidden />}
          onClick={() => setIsPicking(true)}
        >
          {t('bay.choose')}
        </Button>
      )}
      {isPicking && (
        <BayPicker
          known={{ vault: nameOf(whole), listed: othersOf(whole, path) }}
          onTake={take}
          onClose={() => setIsPicking(false)}
        />
      )}
    </Stack>
  )
}

/** That what was typed is right, as far as it is plugged in. */
function Found({ disk }: { disk: BayDisk }) {
  const { t } = useTranslation('forms')
  const format = useFormat()
  const facts = [
    t('bay.at', { host: disk.host, device: disk.device }),
    format.bytes(disk.sizeBytes),
    disk.model,
  ]
  return (
    <Text size="xs" c="dimmed" role="status" style={{ overflowWrap: 'anywhere' }}>
      {facts.filter((fact) => fact !== null).join(' · ')}
    </Text>
  )
}

function nameOf(whole: Parameters<typeof valueAt>[0]): string | undefined {
  return isObject(whole) && typeof whole.name === 'string' ? whole.name : undefined
}

/** What stands in the same field of the other rows of the list. */
function othersOf(whole: Parameters<typeof valueAt>[0], path: WidgetProps['path']): string[] {
  const row = path.at(-2)
  const rows = valueAt(whole, path.slice(0, -2))
  if (!Array.isArray(rows)) return []
  return rows.flatMap((one, index) => {
    const uuid = isObject(one) && index !== row ? one[String(path.at(-1))] : undefined
    return typeof uuid === 'string' ? [uuid] : []
  })
}
