import type { JobStatus } from '@holdfast/contract'
import { Code, Text, Tooltip } from '@mantine/core'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { scheduleWords, type TimeOfDay } from './schedule-words.ts'

type Schedule = NonNullable<JobStatus['schedule']>

/** A schedule in words, with the expression in the tip; the zone is told where it is not the reader's own. */
export function ScheduleText({ schedule }: { schedule: Schedule | null }) {
  const { t } = useTranslation('jobs')
  const { timeZone } = useFormat()
  const say = useScheduleSentence()
  if (!schedule) return t('unscheduled')
  const sentence = say(schedule.cron)
  const zone = schedule.timeZone !== timeZone && (
    <Text span size="xs" c="dimmed">
      {` ${schedule.timeZone}`}
    </Text>
  )
  if (sentence === null)
    return (
      <>
        <Code style={{ whiteSpace: 'nowrap' }}>{schedule.cron}</Code>
        {zone}
      </>
    )
  return (
    <Tooltip label={`${schedule.cron} · ${schedule.timeZone}`}>
      <Text span inherit tabIndex={0}>
        {sentence}
        {zone}
      </Text>
    </Tooltip>
  )
}

/** "Every day at 02:30" for a cron expression; null where there is no short sentence. */
function useScheduleSentence(): (cron: string) => string | null {
  const { t } = useTranslation('jobs')
  const { locale } = useFormat()
  return useCallback(
    (cron) => {
      const words = scheduleWords(cron)
      if (!words) return null
      const list = new Intl.ListFormat(locale, { type: 'conjunction' })
      const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
      const times = (all: TimeOfDay[]) =>
        list.format(all.map(({ hour, minute }) => clock.format(Date.UTC(2024, 0, 1, hour, minute))))
      switch (words.word) {
        case 'minutes':
          return t('when.minutes', { count: words.step })
        case 'hours':
          return words.minute === 0
            ? t('when.hours', { count: words.step })
            : t('when.hoursAt', { count: words.step, minute: words.minute })
        case 'daily':
          return t('when.daily', { times: times(words.times) })
        case 'weekly':
          return t('when.weekly', { days: weekdays(words.days, locale), times: times(words.times) })
        case 'monthly':
          return t('when.monthly', { days: list.format(words.days.map(String)), times: times(words.times) })
      }
    },
    [t, locale],
  )
}

/** "Mon–Fri" or "Mon and Wed". */
function weekdays(days: readonly number[], locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  // The first of September 2024 was a Sunday.
  const names = days.map((day) => name.format(Date.UTC(2024, 8, 1 + day)))
  const first = days[0] ?? 0
  const isRun = days.length > 2 && days.every((day, index) => day === (first + index) % 7)
  return isRun ? `${names[0]}–${names.at(-1)}` : new Intl.ListFormat(locale).format(names)
}
