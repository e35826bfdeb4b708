import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../actions/dialog.tsx'
import { useChange } from '../../api/queries.ts'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Keeps a new secret, or another value under a name that there is. Values are never shown again. */
export function SecretForm({ name: fixed, onClose }: { name?: string; onClose(): void }) {
  const { t } = useTranslation(['secrets', 'shell'])
  const queryClient = useQueryClient()
  const [name, setName] = useState(fixed ?? '')
  const [value, setValue] = useState('')
  const put = useChange('PUT /api/secrets/{name}', {
    showsProblem: true,
    onDone: () => {
      notifyDone(t('secrets:kept', { name }))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/secrets'] })
      onClose()
    },
  })
  const isNameGood = NAME.test(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isNameGood && value !== '') put.mutate({ params: { name }, body: { value } })
  }
  return (
    <Dialog
      onClose={onClose}
      title={fixed === undefined ? t('secrets:new') : t('secrets:replaceTitle', { name: fixed })}
    >
      <form onSubmit={submit}>
        <Stack>
          {put.error && <ProblemAlert error={put.error} />}
          {fixed === undefined && (
            <TextInput
              label={t('shell:common.name')}
              description={t('secrets:nameHint')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={name !== '' && !isNameGood && t('secrets:nameInvalid')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              data-autofocus
            />
          )}
          <PasswordInput
            label={t('secrets:value')}
            description={t('secrets:valueHint')}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            autoComplete="new-password"
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:action.cancel')}
            </Button>
            <Button type="submit" disabled={!isNameGood || value === ''} loading={put.isPending}>
              {t('shell:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
