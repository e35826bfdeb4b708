import { Modal, type ModalProps } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { rememberFocus } from './focus.ts'

/**
 * The one dialog of all pages. Render it while it is open: each time starts anew. Closed, it gives the focus back to
 * what had it before, or to the page when that is gone.
 */
export function Dialog({ closeButtonProps, ...props }: Omit<ModalProps, 'opened'>) {
  const { t } = useTranslation()
  useEffect(rememberFocus, [])
  return (
    <Modal
      {...props}
      opened
      returnFocus={false}
      closeButtonProps={{ 'aria-label': t('action.close'), ...closeButtonProps }}
    />
  )
}
