import { Button, Group, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeaveGuard } from '../../actions/leave-guard.tsx'
import { useChange } from '../../api/queries.ts'
import { Section } from '../../layout/section.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { passwordProblem } from '../../problems/problem-text.ts'
import { useMe } from '../../session/me.ts'
import { NewPasswordFields, useNewPassword } from '../sign-in/new-password.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'

export function PasswordForm() {
  const { t } = useTranslation(['account', 'forms'])
  const queryClient = useQueryClient()
  const { user } = useMe()
  const [current, setCurrent] = useState('')
  const password = useNewPassword()
  const [isChecked, setIsChecked] = useState(false)
  const leave = useLeaveGuard(current !== '' || password.value !== '')
  const change = useChange('POST /api/auth/password', {
    showsProblem: true,
    onDone: () => {
      setCurrent('')
      setIsChecked(false)
      password.clear()
      notifyDone(t('account:password.changed'))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/auth/sessions'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (password.check() && current !== '') change.mutate({ body: { current, password: password.value } })
  }
  const atPassword = passwordProblem(change.error)
  return (
    <Section title={t('account:password.title')} lead={t('account:password.hint')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {/* Tells password managers whose password it is. */}
          <input type="text" name="username" autoComplete="username" value={user.name} readOnly hidden />
          <PasswordField
            label={t('account:password.current')}
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
            error={atPassword ?? (isChecked && current === '' && t('forms:problem.required'))}
          />
          <NewPasswordFields
            password={password}
            label={t('account:password.next')}
            repeatLabel={t('account:password.repeat')}
          />
          {change.error && atPassword === undefined && <ProblemAlert error={change.error} />}
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('account:password.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
      {leave.dialog}
    </Section>
  )
}
