import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApiProblem, isProblem } from '../../api/problem.ts'
import { useApi, useChange } from '../../api/queries.ts'
import type { Format } from '../../format/format.ts'
import { useFormat } from '../../format/use-format.ts'
import { useNow } from '../../format/use-now.ts'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { meQuery } from '../../session/me.ts'
import { PasswordField } from './password-field.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

const MINUTE_MS = 60_000

const route = getRouteApi('/sign-in')

export function SignInScreen() {
  const { t } = useTranslation(['account', 'forms', 'shell'])
  const { to } = route.useSearch()
  const navigate = route.useNavigate()
  const queryClient = useQueryClient()
  const setup = useApi('GET /api/setup')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const signIn = useChange('POST /api/auth/login', {
    showsProblem: true,
    onDone: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me)
      void navigate({ to: to ?? '/', replace: true })
    },
  })
  const askAgain = () => {
    setPassword('')
    setIsChecked(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (name.trim() === '' || password === '') return
    signIn.mutate({ body: { name: name.trim(), password } }, { onError: askAgain })
  }
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  return (
    <SignInFrame title={t('account:signIn.title')}>
      <form onSubmit={submit} noValidate>
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
            error={isChecked && name.trim() === '' && t('forms:problem.required')}
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
            error={isChecked && password === '' && t('forms:problem.required')}
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
    const until = problem.retryAt
    return (
      <Alert
        role="alert"
        color="orange"
        variant="light"
        icon={<IconLock aria-hidden />}
        title={t('signIn.locked')}
      >
        {until === null ? t('signIn.lockedHint') : t('signIn.lockedUntil', lockEnd(format, until, now))}
      </Alert>
    )
  }
  return <ProblemAlert error={problem} />
}

/** The last minute counts as a whole one: "now" would be said before it is true. */
function lockEnd(format: Format, until: Date, now: number): { time: string; clock: string } {
  const at = until.toISOString()
  const end = until.getTime()
  const time = format.relative(at, now < end ? Math.min(now, end - MINUTE_MS) : end)
  return { time, clock: format.clock(at) }
}
