import type { Permission } from '@holdfast/contract'
import { Alert, Button, Checkbox, Code, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconEyeExclamation } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../actions/copy-button.tsx'
import { Dialog } from '../../actions/dialog.tsx'
import { useChange } from '../../api/queries.ts'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { passwordProblem } from '../../problems/problem-text.ts'
import { useMe } from '../../session/me.ts'
import { PasswordField } from '../sign-in/password-field.tsx'

const EXPIRIES = [30, 90, 365] as const
const NEVER = 'never'

/** Makes an API token and shows its value, once. */
export function NewToken({ onClose }: { onClose(): void }) {
  const { t } = useTranslation(['account', 'shell'])
  const queryClient = useQueryClient()
  const create = useChange('POST /api/auth/tokens', {
    showsProblem: true,
    onDone: () => void queryClient.invalidateQueries({ queryKey: ['GET /api/auth/tokens'] }),
  })
  const value = create.data?.value
  return (
    <Dialog
      onClose={onClose}
      // A press beside the dialog must not lose the value, which nobody can show again.
      closeOnClickOutside={value === undefined}
      closeOnEscape={value === undefined}
      withCloseButton={value === undefined}
      title={value === undefined ? t('account:tokens.new') : t('account:tokens.valueTitle')}
    >
      {value === undefined ? (
        <TokenForm
          isPending={create.isPending}
          error={create.error}
          onSubmit={(body) => create.mutate({ body })}
          onClose={onClose}
        />
      ) : (
        <Stack>
          <Alert variant="light" color="orange" icon={<IconEyeExclamation aria-hidden />}>
            {t('account:tokens.valueHint')}
          </Alert>
          <Code
            block
            aria-label={t('account:tokens.valueLabel')}
            style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
          >
            {value}
          </Code>
          <Group justify="flex-end" gap="xs">
            <CopyButton value={value} label={t('account:tokens.copy')} />
            <Button onClick={onClose}>{t('account:tokens.kept')}</Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  )
}

interface TokenFormProps {
  isPending: boolean
  error: unknown
  onSubmit(body: {
    name: string
    permissions: Permission[]
    expiresInDays: number | null
    password?: string
  }): void
  onClose(): void
}

function TokenForm({ isPending, error, onSubmit, onClose }: TokenFormProps) {
  const { t } = useTranslation(['account', 'forms', 'shell'])
  const own = useMe().permissions
  const [name, setName] = useState('')
  const [permissions, setPermissions] = useState<Permission[]>(['read'])
  const [expiry, setExpiry] = useState('365')
  const [password, setPassword] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (name.trim() === '' || permissions.length === 0) return
    onSubmit({
      name: name.trim(),
      permissions,
      expiresInDays: expiry === NEVER ? null : Number(expiry),
      ...(password === '' ? {} : { password }),
    })
  }
  const atPassword = passwordProblem(error)
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t('account:tokens.name')}
          description={t('account:tokens.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          error={isChecked && name.trim() === '' && t('forms:problem.required')}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Checkbox.Group
          label={t('account:tokens.scopes')}
          value={permissions}
          error={isChecked && permissions.length === 0 && t('forms:problem.required')}
          onChange={(chosen) => setPermissions(own.filter((permission) => chosen.includes(permission)))}
        >
          <Stack gap={6} mt={6}>
            {own.map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                size="xs"
                label={
                  <>
                    {t(`shell:permission.${permission}`)}{' '}
                    <Text span inherit c="dimmed">
                      <code>{permission}</code>
                    </Text>
                  </>
                }
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label={t('account:tokens.expiresIn')}
          {...(expiry === NEVER ? { description: t('account:tokens.neverHint') } : {})}
          value={expiry}
          onChange={(value) => value && setExpiry(value)}
          allowDeselect={false}
          data={[
            ...EXPIRIES.map((days) => ({
              value: String(days),
              label: t('account:tokens.days', { count: days }),
            })),
            { value: NEVER, label: t('account:tokens.never') },
          ]}
        />
        {/* The server wants it only some time after the sign-in. */}
        <PasswordField
          label={t('account:password.current')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={atPassword}
          isOptional
        />
        {error !== null && atPassword === undefined && <ProblemAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell:action.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('account:tokens.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
