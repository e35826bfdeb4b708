import type { Run } from '@holdfast/contract'
import { IconBan } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import { useChange } from '../../../api/queries.ts'
import { notifyDone } from '../../../problems/notify.tsx'
import { ConfirmAction } from '../confirm-action.tsx'

export function CancelRun({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const [isAsked, setIsAsked] = useState(false)
  const missing = useMissingRight('operate')
  const cancel = useChange('POST /api/runs/{ref}/cancel', {
    showsProblem: true,
    onDone: () => {
      notifyDone(t('cancel.done'))
      setIsAsked(false)
    },
  })
  const asked = run.canceledBy === null ? undefined : t('cancel.already', { by: run.canceledBy })
  return (
    <>
      <ReasonButton
        variant="default"
        leftSection={<IconBan size={14} aria-hidden />}
        reason={missing ?? asked}
        onClick={() => setIsAsked(true)}
      >
        {t('cancel.action')}
      </ReasonButton>
      {isAsked && (
        <ConfirmAction
          title={t('cancel.title')}
          action={t('cancel.action')}
          icon={IconBan}
          color="red"
          isPending={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate({ params: { ref: run.id } })}
          onClose={() => setIsAsked(false)}
        >
          {t('cancel.body')}
        </ConfirmAction>
      )}
    </>
  )
}
