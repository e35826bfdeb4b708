import type { Run } from '@holdfast/contract'
import { IconBan } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import { useChange } from '../../../api/queries.ts'
import { usePrincipalText } from '../../../session/principal.ts'
import { ConfirmAction } from '../confirm-action.tsx'

export function CancelRun({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const [isAsked, setIsAsked] = useState(false)
  const whoText = usePrincipalText()
  const missing = useMissingRight('operate')
  const cancel = useChange('POST /api/runs/{ref}/cancel', {
    showsProblem: true,
    onDone: () => setIsAsked(false),
  })
  const by = cancel.data?.canceledBy ?? run.canceledBy
  const asked = by === null ? undefined : t('cancel.already', { by: whoText(by) })
  return (
    <>
      <ReasonButton
        variant="default"
        leftSection={<IconBan size={14} aria-hidden />}
        reason={missing ?? asked}
        onClick={() => setIsAsked(true)}
      >
        {by === null ? t('cancel.action') : t('cancel.stopping')}
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
