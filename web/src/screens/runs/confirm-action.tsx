import { Button, Group, Stack, Text } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../actions/dialog.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'

interface ConfirmActionProps {
  title: string
  /** Word of the button that does it. */
  action: string
  icon: TablerIcon
  color: string
  /** What follows from it. */
  children: ReactNode
  isPending: boolean
  error: unknown
  onConfirm(): void
  onClose(): void
}

/** Asks before something is decided that removes nothing. Render it while it is asked. */
export function ConfirmAction(props: ConfirmActionProps) {
  const { t } = useTranslation()
  const Icon = props.icon
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      <Stack>
        <Text size="sm" component="div">
          {props.children}
        </Text>
        {props.error !== null && props.error !== undefined && <ProblemAlert error={props.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t('action.back')}
          </Button>
          <Button
            color={props.color}
            loading={props.isPending}
            leftSection={<Icon size={14} aria-hidden />}
            onClick={props.onConfirm}
            data-autofocus
          >
            {props.action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
