import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi, useChange } from '../../api/queries.ts'
import { isLanguage } from '../../language/language.ts'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { meQuery } from '../../session/me.ts'
import { isUserName } from '../users/user-name.ts'
import { NewPasswordFields, useNewPassword } from './new-password.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

/** The first user, with the token of the set-up link: it stands behind a `#`, so it never reaches a log on the way. */
export function SetupScreen() {
  const { t } = useTranslation('account')
  const setup = useApi('GET /api/setup')
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'))
  if (setup.error)
    return (
      <SignInFrame title={t('setup.title')}>
        <ProblemAlert error={setup.error} onRetry={() => void setup.refetch()} />
      </SignInFrame>
    )
  if (setup.data && !setup.data.needed)
    return (
      <SignInFrame title={t('setup.doneTitle')}>
        <Text size="sm">{t('setup.doneHint')}</Text>
        <Anchor component={Link} to="/sign-in">
          {t('signIn.title')}
        </Anchor>
      </SignInFrame>
    )
  if (token === null || token === '')
    return (
      <SignInFrame title={t('setup.title')}>
        <Alert variant="light" color="blue" icon={<IconLink aria-hidden />} title={t('setup.noToken')}>
          {t('setup.noTokenHint')}
        </Alert>
      </SignInFrame>
    )
  return <SetupForm token={token} />
}

function SetupForm({ token }: { token: string }) {
  const { t, i18n } = useTranslation(['account', 'users'])
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const password = useNewPassword()
  const setUp = useChange('POST /api/setup', {
    showsProblem: true,
    onDone: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me)
      void navigate({ to: '/', replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    const isPasswordGood = password.check()
    if (!isUserName(name) || !isPasswordGood) return
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const language = isLanguage(i18n.language) ? i18n.language : 'en'
    setUp.mutate({ body: { token, name, password: password.value, language, timeZone } })
  }
  return (
    <SignInFrame title={t('account:setup.title')} lead={t('account:setup.lead')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('account:setup.name')}
            description={t('account:setup.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isChecked && !isUserName(name) && t('users:form.nameInvalid')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
          />
          <NewPasswordFields
            password={password}
            label={t('account:setup.password')}
            repeatLabel={t('account:setup.repeat')}
          />
          {setUp.error && <ProblemAlert error={setUp.error} />}
          <Button type="submit" size="sm" fullWidth loading={setUp.isPending}>
            {t('account:setup.submit')}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  )
}
