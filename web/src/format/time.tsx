import { Text, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from './use-format.ts'
import { useNow } from './use-now.ts'

/** An instant as "3 hours ago", with date, time and zone in the tip. `absent` stands for null: "Never" without it. */
export function Time({
  at,
  absent,
  isAbsolute,
  hasSeconds = false,
}: {
  at: string | null
  absent?: string
  isAbsolute?: boolean
  /** Of an absolute one. */
  hasSeconds?: boolean
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  if (at === null) return <span>{absent ?? t('common.never')}</span>
  return (
    <Tooltip label={isAbsolute ? format.relative(at, now) : format.full(at)}>
      <Text component="time" inherit span dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {isAbsolute ? format.dateTime(at, { seconds: hasSeconds }) : format.relative(at, now)}
      </Text>
    </Tooltip>
  )
}
