import { Button, Group, Select, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeaveGuard } from '../../actions/leave-guard.tsx'
import { useChange } from '../../api/queries.ts'
import { changeLanguage, isLanguage, LANGUAGES, type Language } from '../../language/language.ts'
import { Section } from '../../layout/section.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { meQuery, useMe } from '../../session/me.ts'
import { TimeZoneSelect } from './time-zone-select.tsx'

const LANGUAGE_CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))

export function ProfileForm() {
  const { t } = useTranslation(['account', 'shell'])
  const { user } = useMe()
  const queryClient = useQueryClient()
  const [language, setLanguage] = useState<Language>(user.language)
  const [timeZone, setTimeZone] = useState(user.timeZone)
  const leave = useLeaveGuard(language !== user.language || timeZone !== user.timeZone)
  const save = useChange('PUT /api/auth/me', {
    showsProblem: true,
    onDone: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me)
      void changeLanguage(me.user.language).then(() => notifyDone(t('account:page.saved')))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ body: { language, timeZone } })
  }
  return (
    <Section title={t('account:page.profile')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {save.error && <ProblemAlert error={save.error} />}
          <Select
            label={t('account:page.language')}
            data={LANGUAGE_CHOICES}
            value={language}
            onChange={(value) => isLanguage(value) && setLanguage(value)}
            allowDeselect={false}
          />
          <TimeZoneSelect
            label={t('account:page.timeZone')}
            description={t('account:page.timeZoneHint')}
            value={timeZone}
            onChange={setTimeZone}
          />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('shell:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {leave.dialog}
    </Section>
  )
}
