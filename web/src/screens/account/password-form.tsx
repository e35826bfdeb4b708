import { Button, Group, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../api/queries.ts'
import { Section } from '../../layout/section.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { useMe } from '../../session/me.ts'
import { NewPasswordFields, useNewPassword } from '../sign-in/new-password.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'

export function PasswordForm() {
  const { t } = useTranslation('account')
  const queryClient = useQueryClient()
  const { user } = useMe()
  const [current, setCurrent] = useState('')
  const password = useNewPassword()
  const change = useChange('POST /api/auth/password', {
    showsProblem: true,
    onDone: () => {
      setCurrent('')
      password.clear()
      notifyDone(t('password.changed'))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/auth/sessions'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (password.check()) change.mutate({ body: { current, password: password.value } })
  }
  return (
    <Section title={t('password.title')} lead={t('password.hint')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {change.error && <ProblemAlert error={change.error} />}
          {/* Tells password managers whose password it is. */}
          <input type="text" name="username" autoComplete="username" value={user.name} readOnly hidden />
          <PasswordField
            label={t('password.current')}
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
          />
          <NewPasswordFields
            password={password}
            label={t('password.next')}
            repeatLabel={t('password.repeat')}
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('password.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
