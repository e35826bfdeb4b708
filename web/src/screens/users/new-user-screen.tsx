import { Button, Group, Paper, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeaveGuard } from '../../actions/leave-guard.tsx'
import { useChange } from '../../api/queries.ts'
import { isSame } from '../../forms/model/values.ts'
import { Page } from '../../layout/page.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { useMe } from '../../session/me.ts'
import { NewPasswordFields, useNewPassword } from '../sign-in/new-password.tsx'
import { isDraftValid, type UserDraft, UserFields } from './user-fields.tsx'

export function NewUserScreen() {
  const { t } = useTranslation(['users', 'account', 'shell'])
  const me = useMe().user
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState<UserDraft>({
    name: '',
    role: 'viewer',
    nodes: null,
    language: me.language,
    timeZone: me.timeZone,
  })
  const [first] = useState(draft)
  const [isChecked, setIsChecked] = useState(false)
  const password = useNewPassword()
  const leave = useLeaveGuard(!isSame({ ...draft }, { ...first }) || password.value !== '')
  const create = useChange('POST /api/users', {
    showsProblem: true,
    onDone: ({ name }) => {
      leave.release()
      notifyDone(t('users:form.created', { name }))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/users'] })
      void navigate({ to: '/users' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    const isPasswordGood = password.check()
    if (isDraftValid(draft) && isPasswordGood) create.mutate({ body: { ...draft, password: password.value } })
  }
  return (
    <Page title={t('users:form.newTitle')}>
      <Paper withBorder p="md" maw={560}>
        <form onSubmit={submit} noValidate>
          <Stack>
            <UserFields draft={draft} isChecked={isChecked} onChange={setDraft} />
            <NewPasswordFields
              password={password}
              label={t('account:setup.password')}
              repeatLabel={t('account:setup.repeat')}
            />
            {create.error && <ProblemAlert error={create.error} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" component={Link} to="/users">
                {t('shell:action.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('shell:action.create')}
              </Button>
            </Group>
          </Stack>
        </form>
        {leave.dialog}
      </Paper>
    </Page>
  )
}
