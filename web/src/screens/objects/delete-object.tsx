import type { ObjectKind } from '@holdfast/contract'
import { IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDelete } from '../../actions/confirm-delete.tsx'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import { useObjectChanges } from './object-api.ts'

interface DeleteObjectProps {
  kind: ObjectKind
  id: string
  name: string
  etag: string | null
}

/** The button that deletes an object, after its name was typed. */
export function DeleteObject({ kind, id, name, etag }: DeleteObjectProps) {
  const { t } = useTranslation(['forms', 'shell'])
  const navigate = useNavigate()
  const missing = useMissingRight('configure')
  const [isAsked, setIsAsked] = useState(false)
  const { remove } = useObjectChanges(kind)
  const confirm = () =>
    remove.mutate(
      { params: { ref: id }, ifMatch: etag },
      {
        onSuccess: () => {
          notifyDone(t('forms:remove.done', { name }))
          void navigate({ to: `/${kind}` as string, ignoreBlocker: true })
        },
      },
    )
  return (
    <>
      <ReasonButton
        variant="light"
        color="red"
        reason={missing}
        leftSection={<IconTrash size={14} aria-hidden />}
        onClick={() => setIsAsked(true)}
      >
        {t('shell:action.delete')}
      </ReasonButton>
      {isAsked && (
        <ConfirmDelete
          title={t('forms:remove.title', { name })}
          name={name}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={confirm}
          onClose={() => setIsAsked(false)}
        >
          {t('forms:remove.hint')}
        </ConfirmDelete>
      )}
    </>
  )
}
