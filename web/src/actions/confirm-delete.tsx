import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../problems/problem-alert.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmDeleteProps {
  /** What is asked: "Delete the vault disk-set-a?" */
  title: string
  /** What becomes of it and of what depends on it. */
  children: ReactNode
  /** Has to be typed; without it, a press of the button is enough (for what is easily made again). */
  name?: string
  /** Word of the button; "Delete" without it. */
  actionLabel?: string
  isPending: boolean
  error: unknown
  onConfirm(): void
  onClose(): void
}

/** Asks before something is gone. Render it while it is asked, so that each time starts anew. */
export function ConfirmDelete(props: ConfirmDeleteProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const isConfirmed = props.name === undefined || typed.trim() === props.name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isConfirmed) props.onConfirm()
  }
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" component="div">
            {props.children}
          </Text>
          {props.name !== undefined && (
            <TextInput
              label={t('confirm.type', { name: props.name })}
              description={t('confirm.undone')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
          )}
          {props.error !== null && props.error !== undefined && <ProblemAlert error={props.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t('action.cancel')}
            </Button>
            <Button
              type="submit"
              color="red"
              disabled={!isConfirmed}
              loading={props.isPending}
              leftSection={<IconTrash size={14} aria-hidden />}
            >
              {props.actionLabel ?? t('action.delete')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
