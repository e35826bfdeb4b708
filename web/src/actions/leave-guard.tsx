import { Button, Group, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'

interface LeaveGuard {
  /** To be drawn with the form. */
  dialog: ReactNode
  /** What was entered is kept: the form may be left without a question. */
  release(): void
}

/** Asks before what was entered in a form is lost with the page, whichever way it is left. */
export function useLeaveGuard(isDirty: boolean): LeaveGuard {
  const { t } = useTranslation()
  const isReleased = useRef(false)
  useEffect(() => {
    if (!isDirty) isReleased.current = false
  }, [isDirty])
  const shouldBlockFn = useCallback(
    ({ current, next }: { current: Place; next: Place }) =>
      !isReleased.current &&
      (current.pathname !== next.pathname || JSON.stringify(current.search) !== JSON.stringify(next.search)),
    [],
  )
  const enableBeforeUnload = useCallback(() => !isReleased.current, [])
  const blocker = useBlocker({ shouldBlockFn, enableBeforeUnload, disabled: !isDirty, withResolver: true })
  const dialog = blocker.status === 'blocked' && (
    <Dialog title={t('leave.title')} onClose={blocker.reset}>
      <Stack>
        <Text size="sm">{t('leave.body')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" color="red" onClick={blocker.proceed}>
            {t('leave.leave')}
          </Button>
          <Button onClick={blocker.reset} data-autofocus>
            {t('leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
  return {
    dialog,
    release: () => {
      isReleased.current = true
    },
  }
}

interface Place {
  pathname: string
  search: unknown
}
