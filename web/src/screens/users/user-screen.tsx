import { Skeleton, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useEditable } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { Page } from '../../layout/page.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { StatusBadge } from '../../status/status-badge.tsx'
import { SWITCH } from '../../status/status-map.ts'
import { UserActions } from './user-actions.tsx'
import { UserForm } from './user-form.tsx'

const route = getRouteApi('/shell/users/$ref')

/** One user, to edit. */
export function UserScreen() {
  const { t } = useTranslation('users')
  const { ref } = route.useParams()
  const user = useEditable('GET /api/users/{ref}', { params: { ref } })
  if (user.error) return <ProblemAlert error={user.error} onRetry={() => void user.refetch()} />
  if (!user.data)
    return (
      <Stack maw={560} aria-busy>
        <Skeleton height={28} width={200} />
        <Skeleton height={320} />
      </Stack>
    )
  const { data, etag } = user.data
  return (
    <Page
      title={data.name}
      badge={<StatusBadge look={data.isDisabled ? SWITCH.disabled : SWITCH.enabled} />}
      lead={
        <>
          {t('list.lastSignIn')}: <Time at={data.lastSignInAt} />
        </>
      }
      actions={<UserActions user={data} />}
    >
      <UserForm key={etag} user={data} etag={etag} onReload={() => void user.refetch()} />
    </Page>
  )
}
