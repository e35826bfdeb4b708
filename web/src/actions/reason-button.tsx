import type { Permission } from '@holdfast/contract'
import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ComponentPropsWithoutRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'

interface ReasonButtonProps extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  /** Why it cannot be pressed now; undefined when it can. */
  reason?: string | undefined
}

/** A button that says why it is disabled. It stays reachable by keyboard, so that the reason can be read. */
export function ReasonButton({ reason, onClick, ...props }: ReasonButtonProps) {
  if (reason === undefined) return <Button {...props} onClick={onClick} />
  return (
    <Tooltip label={reason}>
      <Button
        {...props}
        type="button"
        data-disabled
        aria-disabled
        onClick={(event) => event.preventDefault()}
      />
    </Tooltip>
  )
}

/** The reason for a button that needs a right: undefined for those who have it. `undefined` goes on to the next reason. */
export function useMissingRight(permission: Permission): string | undefined {
  const { t } = useTranslation()
  const may = useMay(permission)
  return may ? undefined : t('forbidden.action', { permission: t(`permission.${permission}`) })
}
