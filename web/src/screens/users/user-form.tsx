import type { User } from '@holdfast/contract'
import { Button, Group, Paper, Stack, Switch } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConflictAlert } from '../../actions/conflict-alert.tsx'
import { useLeaveGuard } from '../../actions/leave-guard.tsx'
import { isProblem } from '../../api/problem.ts'
import { useChange } from '../../api/queries.ts'
import { isSame } from '../../forms/model/values.ts'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { meQuery } from '../../session/me.ts'
import { PasswordField } from '../sign-in/password-field.tsx'
import { isDraftValid, type UserDraft, UserFields } from './user-fields.tsx'

interface UserFormProps {
  user: User
  etag: string | null
  onReload(): void
}

export function UserForm({ user, etag, onReload }: UserFormProps) {
  const { t } = useTranslation(['users', 'shell'])
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState<UserDraft>(user)
  const [isDisabled, setIsDisabled] = useState(user.isDisabled)
  const [password, setPassword] = useState('')
  const [first] = useState(draft)
  const isDirty = !isSame({ ...draft }, { ...first }) || isDisabled !== user.isDisabled || password !== ''
  const leave = useLeaveGuard(isDirty)
  const save = useChange('PUT /api/users/{ref}', {
    showsProblem: true,
    onDone: ({ name }) => {
      leave.release()
      notifyDone(t('users:form.saved', { name }))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/users'] })
      void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
      void navigate({ to: '/users' })
    },
  })
  const send = (ifMatch: string | null) => {
    const { name, role, nodes, language, timeZone } = draft
    const body = { name, role, nodes, language, timeZone, isDisabled }
    save.mutate({
      params: { ref: user.id },
      body: password === '' ? body : { ...body, password },
      ifMatch,
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isDraftValid(draft)) send(etag)
  }
  return (
    <Paper withBorder p="md" maw={560}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <UserFields draft={draft} isChecked onChange={setDraft} />
          <Switch
            size="sm"
            label={t('users:form.disabled')}
            description={t('users:form.disabledHint')}
            checked={isDisabled}
            onChange={(event) => setIsDisabled(event.currentTarget.checked)}
          />
          <PasswordField
            label={t('users:form.newPassword')}
            description={t('users:form.newPasswordHint')}
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            isOptional
          />
          {isProblem(save.error, 'edit-conflict') ? (
            <ConflictAlert onReload={onReload} onOverwrite={() => send('*')} />
          ) : (
            save.error && <ProblemAlert error={save.error} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" component={Link} to="/users">
              {t('shell:action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('shell:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {leave.dialog}
    </Paper>
  )
}
