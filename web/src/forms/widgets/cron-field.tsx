import { Box, Group, List, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { ApiProblem } from '../../api/problem.ts'
import { createFormat } from '../../format/format.ts'
import { useFormat } from '../../format/use-format.ts'
import { useFormState } from '../form-context.ts'
import type { FieldOf } from '../model/field.ts'
import { valueAt } from '../model/values.ts'
import classes from './cron-field.module.css'
import { inputProps, type WidgetProps } from './props.ts'

const EXAMPLES = [
  ['0 * * * *', 'hourly'],
  ['0 */4 * * *', 'fourHours'],
  ['30 2 * * *', 'nightly'],
  ['0 22 * * 1-5', 'workdays'],
  ['0 3 * * 0', 'sundays'],
  ['0 4 1 * *', 'monthly'],
] as const
const SHOWN = 7
const PAUSE_MS = 400

/** A schedule as cron expression: ready ones in words, and the next times as the server computes them. */
export function CronField(props: WidgetProps & { field: FieldOf<'text'> }) {
  const { t } = useTranslation('forms')
  const { value: whole } = useFormState()
  const zone = valueAt(whole, [...props.path.slice(0, -1), 'timeZone'])
  const cron = typeof props.value === 'string' ? props.value : ''
  return (
    <Stack gap="xs">
      <TextInput
        {...inputProps(props)}
        value={cron}
        placeholder={props.field.example ?? ''}
        onChange={(event) =>
          props.onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
        }
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        autoComplete="off"
        spellCheck={false}
      />
      {!props.isReadOnly && (
        <Group gap={6} role="group" aria-label={t('cron.examples')}>
          {EXAMPLES.map(([expression, word]) => (
            <UnstyledButton
              key={expression}
              className={classes.example ?? ''}
              data-active={expression === cron || undefined}
              aria-pressed={expression === cron}
              onClick={() => props.onChange(expression)}
            >
              {t(`cron.${word}`)}
            </UnstyledButton>
          ))}
        </Group>
      )}
      <NextTimes cron={cron} timeZone={typeof zone === 'string' ? zone : 'UTC'} />
    </Stack>
  )
}

function NextTimes({ cron, timeZone }: { cron: string; timeZone: string }) {
  const { t } = useTranslation('forms')
  const { locale } = useFormat()
  const [asked] = useDebouncedValue(cron.trim(), PAUSE_MS)
  const preview = useQuery<{ times: string[] }, ApiProblem>({
    queryKey: ['schedule-preview', asked, timeZone],
    queryFn: ({ signal }) =>
      api(
        'POST /api/schedule/preview',
        { body: { schedule: { cron: asked, timeZone }, count: SHOWN } },
        { signal },
      ),
    enabled: asked !== '',
    retry: false,
    staleTime: 60_000,
  })
  if (asked === '') return null
  if (preview.error instanceof ApiProblem)
    return (
      <Text size="xs" c="red" role="status" lang="en">
        {preview.error.detail}
      </Text>
    )
  // The zone may be half typed; the server refuses it, and then nothing is shown.
  const format = createFormat(locale, timeZone)
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone })
  return (
    <Box aria-live="polite">
      <Text size="xs" fw={600}>
        {t('cron.next', { zone: timeZone })}
      </Text>
      <List size="xs" mt={2}>
        {preview.data?.times.map((at) => (
          <List.Item key={at}>
            {weekday.format(new Date(at))} {format.dateTime(at)}
          </List.Item>
        ))}
      </List>
    </Box>
  )
}
