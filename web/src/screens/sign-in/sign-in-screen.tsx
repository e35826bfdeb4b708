import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApiProblem, isProblem } from '../../api/problem.ts'
import { useApi, useChange } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import { useNow } from '../../format/use-now.ts'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { meQuery } from '../../session/me.ts'
import { PasswordField } from './password-field.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

const route = getRouteApi('/sign-in')

export function SignInScreen() {
  const { t } = useTranslation(['account', 'shell'])
  const { to } = route.useSearch()
  const navigate = route.useNavigate()
  const queryClient = useQueryClient()
  const setup = useApi('GET /api/setup')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useChange('POST /api/auth/login', {
    showsProblem: true,
    onDone: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me)
      void navigate({ to: to ?? '/', replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ body: { name: name.trim(), password } }, { onError: () => setPassword('') })
  }
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  return (
    <SignInFrame title={t('account:signIn.title')}>
      <form onSubmit={submit}>
        <Stack>
          {to !== undefined && !signIn.error && (
            <Text size="sm" c="dimmed">
              {t('account:signIn.ended')}
            </Text>
          )}
          {signIn.error && <SignInProblem problem={signIn.error} />}
          <TextInput
            label={t('account:signIn.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
          />
          <PasswordField
            label={t('account:signIn.password')}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
          />
          <Button type="submit" size="sm" fullWidth loading={signIn.isPending}>
            {t('account:signIn.submit')}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  )
}

/** A wrong name and a wrong password are told alike. */
function SignInProblem({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation('account')
  const format = useFormat()
  const now = useNow()
  if (isProblem(problem, 'sign-in-failed'))
    return (
      <Alert
        role="alert"
        color="red"
        variant="light"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('signIn.failed')}
      >
        {t('signIn.failedHint')}
      </Alert>
    )
  if (isProblem(problem, 'sign-in-locked')) {
    const at = problem.retryAt?.toISOString()
    return (
      <Alert
        role="alert"
        color="orange"
        variant="light"
        icon={<IconLock aria-hidden />}
        title={t('signIn.locked')}
      >
        {at === undefined
          ? t('signIn.lockedHint')
          : t('signIn.lockedUntil', { time: format.relative(at, now), clock: format.clock(at) })}
      </Alert>
    )
  }
  return <ProblemAlert error={problem} />
}
