import type { User } from '@holdfast/contract'
import { Button, Stack, Text } from '@mantine/core'
import { IconKey, IconPlus, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { LANGUAGES } from '../../language/language.ts'
import { Page } from '../../layout/page.tsx'
import { Section } from '../../layout/section.tsx'
import { useMe } from '../../session/me.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { SWITCH } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { TokenTable } from '../account/token-table.tsx'

export function UsersScreen() {
  const { t } = useTranslation('users')
  const users = useApi('GET /api/users')
  const columns = useUserColumns()
  const add = (
    <Button component={Link} to="/users/new" leftSection={<IconPlus size={14} aria-hidden />}>
      {t('list.new')}
    </Button>
  )
  return (
    <Page title={t('list.title')} lead={t('list.lead')} actions={add}>
      <Stack gap="xl">
        <DataTable
          id="users"
          label={t('list.title')}
          columns={columns}
          rows={users.data}
          rowKey={({ id }) => id}
          rowLink={({ name }) => ({ to: '/users/$ref', params: { ref: name } })}
          error={users.error}
          onRetry={() => void users.refetch()}
          empty={
            <EmptyState
              icon={IconUsers}
              title={t('list.emptyTitle')}
              hint={t('list.emptyHint')}
              action={add}
            />
          }
        />
        <Section title={t('tokens.title')}>
          <TokenTable
            whose="all"
            label={t('tokens.title')}
            empty={<EmptyState icon={IconKey} title={t('tokens.emptyTitle')} hint={t('tokens.emptyHint')} />}
          />
        </Section>
      </Stack>
    </Page>
  )
}

function useUserColumns(): Column<User>[] {
  const { t } = useTranslation(['users', 'shell'])
  const me = useMe().user.id
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('users:list.name'),
        cell: ({ id, name }) => (
          <>
            {name}{' '}
            {id === me && (
              <Text span inherit fw={400} c="dimmed">
                ({t('users:list.you')})
              </Text>
            )}
          </>
        ),
        sortBy: ({ name }) => name,
      },
      {
        id: 'role',
        title: t('users:list.role'),
        cell: ({ role }) => t(`shell:role.${role}`),
        sortBy: ({ role }) => role,
      },
      {
        id: 'nodes',
        title: t('users:list.nodes'),
        cell: ({ nodes }) => nodes?.join(', ') ?? t('users:list.allNodes'),
      },
      {
        id: 'state',
        title: t('users:list.state'),
        cell: ({ isDisabled }) => <StatusBadge look={isDisabled ? SWITCH.disabled : SWITCH.enabled} />,
        sortBy: ({ isDisabled }) => Number(isDisabled),
      },
      {
        id: 'signed-in',
        title: t('users:list.lastSignIn'),
        cell: ({ lastSignInAt }) => <Time at={lastSignInAt} />,
        sortBy: ({ lastSignInAt }) => (lastSignInAt === null ? null : Date.parse(lastSignInAt)),
      },
      {
        id: 'created',
        title: t('users:list.created'),
        cell: ({ createdAt }) => <Time at={createdAt} />,
        sortBy: ({ createdAt }) => Date.parse(createdAt),
        isExtra: true,
      },
      {
        id: 'language',
        title: t('users:list.language'),
        cell: ({ language }) => LANGUAGES[language],
        isExtra: true,
      },
      { id: 'zone', title: t('users:list.timeZone'), cell: ({ timeZone }) => timeZone, isExtra: true },
    ],
    [t, me],
  )
}
