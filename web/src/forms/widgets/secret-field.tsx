import { Alert, Button, Collapse, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../api/queries.ts'
import { notifyDone } from '../../problems/notify.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { useMay } from '../../session/me.ts'
import { useFormParts } from '../form-context.ts'
import type { Branch, FieldOf } from '../model/field.ts'
import { branchOf } from '../model/values.ts'
import { Branched } from './frames.tsx'
import type { WidgetProps } from './props.ts'

/** Where a secret is read from. Its value is never part of the form: a new one goes to the store of secrets. */
export function SecretField({ field, ...props }: WidgetProps & { field: FieldOf<'secret'> }) {
  const { FieldView } = useFormParts()
  const { t } = useTranslation('forms')
  const kept = field.branches.findIndex(isKept)
  const [picked, setPicked] = useState(() => {
    const present = branchOf(field.branches, props.value)
    return present >= 0 ? present : Math.max(kept, 0)
  })
  const branch = field.branches[picked]
  const mayKeep = useMay('configure') && !props.isReadOnly
  const inner = branch?.field.shape === 'group' ? branch.field.fields : []
  return (
    <Branched
      field={props}
      label={t('secret.where')}
      branches={ordered(field.branches)}
      picked={picked}
      onPick={(index) => {
        setPicked(index)
        props.onChange(undefined)
      }}
    >
      {inner.map((one) => (
        <FieldView
          key={one.name}
          field={{ ...one, isRequired: props.isRequired }}
          path={[...props.path, one.name]}
        />
      ))}
      {picked === kept && mayKeep && <NewSecret onKept={(name) => props.onChange({ secret: name })} />}
    </Branched>
  )
}

function isKept({ field }: Branch): boolean {
  return (
    field.shape === 'group' && field.fields.some((one) => one.shape === 'reference' && one.to === 'secrets')
  )
}

/** What Holdfast keeps itself comes first: it is the best place for most. */
function ordered(branches: readonly Branch[]): [title: string, index: number][] {
  return branches
    .map((branch, index): [string, number, boolean] => [branch.title, index, isKept(branch)])
    .sort((a, b) => Number(b[2]) - Number(a[2]))
    .map(([title, index]) => [title, index])
}

function NewSecret({ onKept }: { onKept(name: string): void }) {
  const { t } = useTranslation('forms')
  const queryClient = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const put = useChange('PUT /api/secrets/{name}', {
    showsProblem: true,
    onDone: (_, { params }) => {
      notifyDone(t('secret.kept', { name: params.name }))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/secrets'] })
      onKept(params.name)
      setIsOpen(false)
      setName('')
      setValue('')
    },
  })
  if (!isOpen)
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconKey size={14} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        {t('secret.new')}
      </Button>
    )
  return (
    <Collapse expanded={isOpen}>
      <Alert variant="light" color="gray" p="sm">
        <Stack gap="xs">
          {put.error && <ProblemAlert error={put.error} />}
          <TextInput
            label={t('secret.name')}
            description={t('secret.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
          />
          <PasswordInput
            label={t('secret.value')}
            description={t('secret.valueHint')}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            autoComplete="new-password"
          />
          <Group gap="xs">
            <Button
              loading={put.isPending}
              disabled={name === '' || value === ''}
              onClick={() => put.mutate({ params: { name }, body: { value } })}
            >
              {t('secret.keep')}
            </Button>
            <Button variant="default" onClick={() => setIsOpen(false)}>
              {t('secret.cancel')}
            </Button>
          </Group>
        </Stack>
      </Alert>
    </Collapse>
  )
}
