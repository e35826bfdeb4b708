import type { User } from '@holdfast/contract'
import { IconLogout, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDelete } from '../../actions/confirm-delete.tsx'
import { ReasonButton } from '../../actions/reason-button.tsx'
import { useChange } from '../../api/queries.ts'
import { notifyDone } from '../../problems/notify.tsx'
import { useMe } from '../../session/me.ts'

/** Ending the sessions of a user, and deleting the user. */
export function UserActions({ user }: { user: User }) {
  const { t } = useTranslation('users')
  const [asked, setAsked] = useState<'sessions' | 'remove' | null>(null)
  const isSelf = useMe().user.id === user.id
  const close = () => setAsked(null)
  return (
    <>
      <ReasonButton
        variant="default"
        leftSection={<IconLogout size={14} aria-hidden />}
        onClick={() => setAsked('sessions')}
      >
        {t('sessions.end')}
      </ReasonButton>
      <ReasonButton
        variant="light"
        color="red"
        leftSection={<IconTrash size={14} aria-hidden />}
        reason={isSelf ? t('remove.self') : undefined}
        onClick={() => setAsked('remove')}
      >
        {t('remove.action')}
      </ReasonButton>
      {asked === 'sessions' && <EndSessions user={user} onClose={close} />}
      {asked === 'remove' && <DeleteUser user={user} onClose={close} />}
    </>
  )
}

function EndSessions({ user, onClose }: { user: User; onClose(): void }) {
  const { t } = useTranslation('users')
  const end = useChange('DELETE /api/users/{ref}/sessions', {
    showsProblem: true,
    onDone: () => {
      notifyDone(t('sessions.ended', { name: user.name }))
      onClose()
    },
  })
  return (
    <ConfirmDelete
      title={t('sessions.ask', { name: user.name })}
      actionLabel={t('sessions.end')}
      isPending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate({ params: { ref: user.id } })}
      onClose={onClose}
    >
      {t('sessions.hint')}
    </ConfirmDelete>
  )
}

function DeleteUser({ user, onClose }: { user: User; onClose(): void }) {
  const { t } = useTranslation('users')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const remove = useChange('DELETE /api/users/{ref}', {
    showsProblem: true,
    onDone: () => {
      notifyDone(t('remove.done', { name: user.name }))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/users'] })
      void navigate({ to: '/users' })
    },
  })
  return (
    <ConfirmDelete
      title={t('remove.title', { name: user.name })}
      name={user.name}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ params: { ref: user.id } })}
      onClose={onClose}
    >
      {t('remove.hint')}
    </ConfirmDelete>
  )
}
